// Scripts of the leases: who may write what a partition or a singleton owns. Time is the server's.
import { HOLDS, luaScript, NOW } from './script.js';

/**
 * KEYS lease. ARGV owner (not ''), ttl in ms, attempt.
 * Post: nothing and nil while somebody holds it; otherwise held by the owner for ttl under a grown epoch, which is
 * returned with 1 when the holder before gave it up, was the same owner, or never was, and 0 when its time ran out or it was
 * given up in doubt.
 * The same attempt again takes what it took before, when its answer got lost: nobody else can know of that lease.
 */
export const ACQUIRE = luaScript(
  'allow-oom',
  NOW,
  `
local found = redis.call('HMGET', KEYS[1], 'owner', 'epoch', 'until', 'attempt', 'clean')
local owner, now = found[1], now_ms()
local free = not owner or owner == ''
local again = owner == ARGV[1] and found[4] == ARGV[3]
if not free and not again and tonumber(found[3]) > now then return nil end
local clean = 0
if again then
  clean = tonumber(found[5])
elseif free or owner == ARGV[1] then
  clean = 1
end
local epoch = (tonumber(found[2]) or 0) + 1
redis.call('HSET', KEYS[1], 'owner', ARGV[1], 'epoch', epoch, 'until', now + ARGV[2])
redis.call('HSET', KEYS[1], 'attempt', ARGV[3], 'clean', clean)
return { epoch, clean }
`,
);

/** KEYS lease. ARGV owner, epoch, ttl in ms. Post: 1 and held for ttl from now; 0 and nothing changed when somebody else took it. */
export const RENEW = luaScript(
  'allow-oom',
  HOLDS,
  NOW,
  `
if not holds(KEYS[1], ARGV[1], ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'until', now_ms() + ARGV[3])
return 1
`,
);

/**
 * KEYS lease. ARGV owner, epoch, who is written in the owner's place: nobody (''), or a name that nobody has when the next
 * holder is to be told that it was not given up cleanly.
 * Post: free at once if it was still held; its epoch stays, so that the next one is greater.
 */
export const RELEASE = luaScript(
  'allow-oom',
  HOLDS,
  `
if holds(KEYS[1], ARGV[1], ARGV[2]) then redis.call('HSET', KEYS[1], 'owner', ARGV[3], 'until', 0) end
return 1
`,
);
