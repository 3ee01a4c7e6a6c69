// Scripts of the counters: one sorted set of hits per counter, by the server's time; gone when its window is empty.
import { luaScript, NOW } from './script.js';

/**
 * KEYS counter. ARGV limit, window in ms, hit.
 * Post: {1, left} and the hit stands in the window (once, however often it is repeated); or {0, retryAt} and nothing was
 * counted, because `limit` hits stand in the window already.
 */
export const TAKE_HIT = luaScript(
  '',
  NOW,
  `
local limit, window, now = tonumber(ARGV[1]), tonumber(ARGV[2]), now_ms()
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local count = redis.call('ZCARD', KEYS[1])
if redis.call('ZSCORE', KEYS[1], ARGV[3]) then return { 1, math.max(0, limit - count) } end
if count >= limit then
  local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return { 0, (tonumber(oldest[2]) or now) + window }
end
redis.call('ZADD', KEYS[1], now, ARGV[3])
redis.call('PEXPIRE', KEYS[1], window)
return { 1, limit - count - 1 }
`,
);

/** KEYS counter. ARGV limit, window in ms. Post: as TAKE_HIT would answer a new hit, but `left` counts it in; nothing changed. */
export const PEEK_HITS = luaScript(
  'no-writes',
  NOW,
  `
local limit, window, now = tonumber(ARGV[1]), tonumber(ARGV[2]), now_ms()
local from = '(' .. string.format('%.0f', now - window)
local count = redis.call('ZCOUNT', KEYS[1], from, '+inf')
if count < limit then return { 1, limit - count } end
local oldest = redis.call('ZRANGEBYSCORE', KEYS[1], from, '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
return { 0, (tonumber(oldest[2]) or now) + window }
`,
);
