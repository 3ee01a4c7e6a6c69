// Scripts of a back-up: what waits in all partitions is copied at one moment, inside Redis; states, which are many, are
// copied by whoever changes them first (COMMIT in turns.ts). The copies go by themselves when nobody keeps them.
// These scripts touch several partitions at once, which a Redis Cluster would refuse.
import { luaScript } from './script.js';

/**
 * KEYS per partition: events, tries, outbox, timers, then the copies of events, tries, outbox, timers, states.
 * ARGV token of the back-up, life of the copies in ms.
 * Post: nil and nothing changed while another back-up has copies; otherwise every copy is what its original is at this
 * moment, commits keep the states of before from now on, and the last position given to an event is returned per partition.
 */
export const BEGIN_COPY = luaScript(
  '',
  `
for n = 9, #KEYS, 9 do
  if redis.call('EXISTS', KEYS[n]) == 1 then return nil end
end
local positions = {}
for first = 1, #KEYS, 9 do
  for n = first, first + 3 do
    redis.call('DEL', KEYS[n + 4])
    if redis.call('COPY', KEYS[n], KEYS[n + 4]) == 1 then redis.call('PEXPIRE', KEYS[n + 4], ARGV[2]) end
  end
  redis.call('HSET', KEYS[first + 8], '', ARGV[1])
  redis.call('PEXPIRE', KEYS[first + 8], ARGV[2])
  local position = '0-0'
  if redis.call('EXISTS', KEYS[first]) == 1 then
    local info = redis.call('XINFO', 'STREAM', KEYS[first])
    for n = 1, #info, 2 do
      if info[n] == 'last-generated-id' then position = info[n + 1] end
    end
  end
  positions[#positions + 1] = position
end
return positions
`,
);

/**
 * KEYS per partition: the copies of states, events, tries, outbox, timers. ARGV token, life in ms.
 * Post: 1 and all of them live that long from now; 0 and nothing changed when one is no longer this back-up's.
 */
export const KEEP_COPY = luaScript(
  'allow-oom',
  `
for n = 1, #KEYS, 5 do
  if redis.call('HGET', KEYS[n], '') ~= ARGV[1] then return 0 end
end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[2]) end
return 1
`,
);

/** KEYS and ARGV[1] as KEEP_COPY. Post: 1 and none of them is there; 0 and nothing changed when one is no longer this back-up's. */
export const END_COPY = luaScript(
  'allow-oom',
  `
for n = 1, #KEYS, 5 do
  if redis.call('HGET', KEYS[n], '') ~= ARGV[1] then return 0 end
end
redis.call('UNLINK', unpack(KEYS))
return 1
`,
);
