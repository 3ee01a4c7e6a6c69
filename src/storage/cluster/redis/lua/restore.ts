// Scripts of a restore: each puts one thing back as it was and counts what waits in its lane. No bot is at work meanwhile.
import { luaScript, WAITS } from './script.js';

/** KEYS events, waiting, state. ARGV position, id, lane, acceptedAt, payload. Pre: the positions of a partition come in order. */
export const PUT_EVENT = luaScript(
  '',
  WAITS,
  `
redis.call('XADD', KEYS[1], ARGV[1], 'i', ARGV[2], 'l', ARGV[3], 'a', ARGV[4], 'p', ARGV[5])
waits(KEYS[2], KEYS[3], ARGV[3], 1)
return 1
`,
);

/** KEYS events. ARGV position. Post: new events get later positions, also when none is there. */
export const PUT_POSITION = luaScript(
  '',
  `
if ARGV[1] == '0-0' then return 0 end
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('XSETID', KEYS[1], ARGV[1])
else
  redis.call('XADD', KEYS[1], ARGV[1], 'i', '')
  redis.call('XDEL', KEYS[1], ARGV[1])
end
return 1
`,
);

/**
 * KEYS hash, the same by score, waiting, state. ARGV field, packed, score, lane. For outbox items and timers.
 * Post: the field stands there; what waits was counted when it did not before (a scan may show a field twice).
 */
export const PUT_WAITING = luaScript(
  '',
  WAITS,
  `
if redis.call('HSET', KEYS[1], ARGV[1], ARGV[2]) == 0 then return 0 end
redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
waits(KEYS[3], KEYS[4], ARGV[4], 1)
return 1
`,
);

/** KEYS state, waiting. ARGV lane, packed. Post: the state stands there; idle ones expire at their own time. */
export const PUT_STATE = luaScript(
  '',
  `
redis.call('SET', KEYS[1], ARGV[2])
if string.sub(ARGV[2], 1, 1) == 'b' and redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then
  redis.call('PEXPIREAT', KEYS[1], string.sub(ARGV[2], 2, 14))
end
return 1
`,
);
