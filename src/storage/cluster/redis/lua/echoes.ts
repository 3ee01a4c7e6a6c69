// Scripts of the platforms' echoes: one small hash per lane, gone an hour after the last. A field is an echo's best key, its
// value when it was seen and all its keys, one a line; or `+` and a key, when the echo was confirmed before it came.
import { luaScript } from './script.js';

/** `tidy(echoes, at, life)`: nothing older than the life once there is much; so a lane that never falls silent does not grow without end. */
const TIDY = `
local function tidy(echoes, at, life)
  if redis.call('HLEN', echoes) > 64 then
    local all = redis.call('HGETALL', echoes)
    for n = 1, #all, 2 do
      if tonumber(string.match(all[n + 1], '^%d+') or 0) < at - life then redis.call('HDEL', echoes, all[n]) end
    end
  end
  redis.call('PEXPIRE', echoes, life)
end
`;

/** `confirm(echoes, key, at, life)`: the echo with that best key says nothing more, whether it came before or is yet to come. */
export const CONFIRM = `
${TIDY.trim()}
local function confirm(echoes, key, at, life)
  if redis.call('HDEL', echoes, key) == 1 then return end
  redis.call('HSET', echoes, '+' .. key, at)
  tidy(echoes, at, life)
end
`;

/**
 * KEYS echoes of the lane. ARGV when it was seen, life in ms, echo keys, the best first.
 * Post: the echo was seen then, unless it was confirmed before; all of it goes when its life passes without another.
 */
export const NOTE_ECHO = luaScript(
  '',
  TIDY,
  `
if redis.call('HDEL', KEYS[1], '+' .. ARGV[3]) == 1 then return 0 end
redis.call('HSET', KEYS[1], ARGV[3], ARGV[1] .. '\\n' .. table.concat(ARGV, '\\n', 3))
tidy(KEYS[1], ARGV[1], ARGV[2])
return 1
`,
);

/** KEYS echoes of the lane. ARGV since, keys, the best first. Post: 1 and an echo with the best key, seen at or after `since`, is used up; otherwise 0. */
export const TAKE_ECHO = luaScript(
  'allow-oom',
  `
local all = redis.call('HGETALL', KEYS[1])
for k = 2, #ARGV do
  for n = 1, #all, 2 do
    local at = string.match(all[n + 1], '^%d+')
    local known = string.sub(all[n], 1, 1) ~= '+' and at and tonumber(at) >= tonumber(ARGV[1])
    local lines = all[n + 1] .. '\\n'
    if known and (all[n] == ARGV[k] or string.find(lines, '\\n' .. ARGV[k] .. '\\n', 1, true)) then
      redis.call('HDEL', KEYS[1], all[n])
      return 1
    end
  end
end
return 0
`,
);
