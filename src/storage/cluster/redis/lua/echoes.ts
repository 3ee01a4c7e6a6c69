// Scripts of the platforms' echoes: one small hash per lane, gone an hour after the last.
import { luaScript } from './script.js';

/**
 * KEYS echoes of the lane. ARGV when it was seen, life in ms, echo keys.
 * Post: each key was seen then; the hash goes when its life passes without another. Keys older than the life are dropped
 * once there are many, so that a lane that never falls silent does not grow without end.
 */
export const NOTE_ECHO = luaScript(
  '',
  `
for n = 3, #ARGV do redis.call('HSET', KEYS[1], ARGV[n], ARGV[1]) end
if redis.call('HLEN', KEYS[1]) > 64 then
  local all = redis.call('HGETALL', KEYS[1])
  for n = 1, #all, 2 do
    if tonumber(all[n + 1]) < ARGV[1] - ARGV[2] then redis.call('HDEL', KEYS[1], all[n]) end
  end
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
`,
);

/** KEYS echoes of the lane. ARGV since, echo keys. Post: 1 and the first key seen at or after `since` is used up; otherwise 0. */
export const TAKE_ECHO = luaScript(
  'allow-oom',
  `
for n = 2, #ARGV do
  local at = redis.call('HGET', KEYS[1], ARGV[n])
  if at and tonumber(at) >= tonumber(ARGV[1]) then
    redis.call('HDEL', KEYS[1], ARGV[n])
    return 1
  end
end
return 0
`,
);
