// Scripts that take events in and count what went wrong with them.
import { HOLDS, luaScript, WAITS } from './script.js';

/**
 * KEYS events, waiting, wake, then per event: its accepted id, its lane's state.
 * ARGV per event: id, lane, acceptedAt, life of the id in ms (> 0), payload.
 * Pre: all events belong to the tag's partition.
 * Post: every event whose id was unknown stands at the end of the stream, its id is known for its life, its lane waits;
 * nothing changed for a known id. Returns 1 (accepted) or 0 (duplicate) per event; a follower is woken when any was accepted.
 */
export const ACCEPT = luaScript(
  '',
  WAITS,
  `
local outcomes = {}
local fresh = false
for n = 0, #ARGV / 5 - 1 do
  local accepted, state = KEYS[4 + 2 * n], KEYS[5 + 2 * n]
  local id, lane, at = ARGV[1 + 5 * n], ARGV[2 + 5 * n], ARGV[3 + 5 * n]
  if redis.call('EXISTS', accepted) == 1 then
    outcomes[n + 1] = 0
  else
    local position = redis.call('XADD', KEYS[1], '*', 'i', id, 'l', lane, 'a', at, 'p', ARGV[5 + 5 * n])
    redis.call('SET', accepted, position, 'PX', ARGV[4 + 5 * n])
    waits(KEYS[2], state, lane, 1)
    outcomes[n + 1] = 1
    fresh = true
  end
end
if fresh then redis.call('SPUBLISH', KEYS[3], '') end
return outcomes
`,
);

/**
 * KEYS lease, events, tries. ARGV owner, epoch, position, field.
 * Post: the field's count grew by one and is returned; 0 and nothing changed when the lease is lost or the event is done.
 */
export const NOTE_TRY = luaScript(
  'allow-oom',
  HOLDS,
  `
if not holds(KEYS[1], ARGV[1], ARGV[2]) then return 0 end
if #redis.call('XRANGE', KEYS[2], ARGV[3], ARGV[3]) == 0 then return 0 end
return redis.call('HINCRBY', KEYS[3], ARGV[4], 1)
`,
);

/**
 * KEYS lease, outbox, tries. ARGV owner, epoch, item id, field.
 * Post: the field's count grew by one and is returned; 0 and nothing changed when the lease is lost or the item is settled.
 */
export const NOTE_RESEND = luaScript(
  'allow-oom',
  HOLDS,
  `
if not holds(KEYS[1], ARGV[1], ARGV[2]) then return 0 end
if redis.call('HEXISTS', KEYS[2], ARGV[3]) == 0 then return 0 end
return redis.call('HINCRBY', KEYS[3], ARGV[4], 1)
`,
);
