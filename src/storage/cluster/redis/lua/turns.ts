// Scripts that end turns and settle what they left: the two writes every reply depends on.
import { CONFIRM } from './echoes.js';
import { HOLDS, luaScript, NOW, WAITS } from './script.js';

/**
 * KEYS lease, events, tries, waiting, accepted id, state, outbox, outbox-age, timers, due, copy of states.
 * ARGV owner, epoch, position, lane, mode letter ('' forgets the state), life of the state in ms, state payload,
 * number of items, per item: id, createdAt, packed; number of timers, per timer: field, dueAt ('' cancels), packed.
 * Pre: the lane and everything of it belong to the tag's partition.
 * Post 'committed': the event is done; state, items and timers are written with it, or were by this very commit before.
 * While a back-up copies the partition, the state of before is kept for it.
 * Post 'fenced', nothing changed: the lease is lost, or the event was never accepted here (an unreplicated write that a
 * failover took away): whoever holds it in memory must read the partition again.
 */
export const COMMIT = luaScript(
  'allow-oom',
  HOLDS,
  NOW,
  WAITS,
  `
if not holds(KEYS[1], ARGV[1], ARGV[2]) then return 'fenced' end
local position, lane = ARGV[3], ARGV[4]
if redis.call('XDEL', KEYS[2], position) == 0 then
  if redis.call('GET', KEYS[5]) == position then return 'committed' end
  return 'fenced'
end
redis.call('HDEL', KEYS[3], 't:' .. position, 'd:' .. position)
if redis.call('EXISTS', KEYS[11]) == 1 then redis.call('HSETNX', KEYS[11], lane, redis.call('GET', KEYS[6]) or '') end
if ARGV[5] == '' then
  redis.call('DEL', KEYS[6])
else
  redis.call('SET', KEYS[6], ARGV[5] .. string.format('%013.0f', now_ms() + ARGV[6]) .. ARGV[7])
end
local more = -1
local at = 9
for _ = 1, ARGV[8] do
  local id, created, packed = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  if redis.call('HSETNX', KEYS[7], id, packed) == 1 then
    redis.call('ZADD', KEYS[8], created, id)
    more = more + 1
  end
  at = at + 3
end
local timers = ARGV[at]
at = at + 1
for _ = 1, timers do
  local field, due, packed = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  if due == '' then
    more = more - redis.call('HDEL', KEYS[9], field)
    redis.call('ZREM', KEYS[10], field)
  else
    more = more + redis.call('HSET', KEYS[9], field, packed)
    redis.call('ZADD', KEYS[10], due, field)
  end
  at = at + 3
end
if more ~= 0 then waits(KEYS[4], KEYS[6], lane, more) end
return 'committed'
`,
);

/**
 * KEYS lease, tries, waiting, outbox, outbox-age, then the state of each item's lane: items done, then items added; then the
 * echoes of the lane of each confirmed one.
 * ARGV owner, epoch, number done, per item: id, lane; number added, per item: id, lane, createdAt, packed; life of an echo in
 * ms, per confirmed echo: key, when it was confirmed.
 * Post 'committed': the items done are gone and the added ones stand in their place; no confirmed echo is ever taken. When
 * there were items to be done and all had gone, this is a repeat and adds nothing: what the first one added may be settled.
 * Post 'fenced': the lease is lost, nothing changed.
 */
export const SETTLE = luaScript(
  'allow-oom',
  HOLDS,
  WAITS,
  CONFIRM,
  `
if not holds(KEYS[1], ARGV[1], ARGV[2]) then return 'fenced' end
local done = tonumber(ARGV[3])
local gone = {}
for n = 1, done do
  local id = ARGV[2 + 2 * n]
  if redis.call('HDEL', KEYS[4], id) == 1 then
    redis.call('ZREM', KEYS[5], id)
    redis.call('HDEL', KEYS[2], 'r:' .. id)
    gone[#gone + 1] = n
  end
end
local at = 4 + 2 * done
local added = tonumber(ARGV[at])
if #gone > 0 or done == 0 then
  for n = 1, added do
    local from = at + 4 * n - 3
    local id, lane = ARGV[from], ARGV[from + 1]
    if redis.call('HSETNX', KEYS[4], id, ARGV[from + 3]) == 1 then
      redis.call('ZADD', KEYS[5], ARGV[from + 2], id)
      waits(KEYS[3], KEYS[5 + done + n], lane, 1)
    end
  end
end
for _, n in ipairs(gone) do waits(KEYS[3], KEYS[5 + n], ARGV[3 + 2 * n], -1) end
at = at + 4 * added + 1
local life = ARGV[at]
for n = 6 + done + added, #KEYS do
  confirm(KEYS[n], ARGV[at + 1], ARGV[at + 2], life)
  at = at + 2
end
return 'committed'
`,
);

/**
 * KEYS timers, due, waiting, state. ARGV field, lane, generation.
 * Post: the timer is gone if it still has that generation; nothing changed otherwise.
 */
export const DROP_TIMER = luaScript(
  'allow-oom',
  WAITS,
  `
local packed = redis.call('HGET', KEYS[1], ARGV[1])
if not packed or string.match(packed, '^%[(%d+),') ~= ARGV[3] then return 0 end
redis.call('HDEL', KEYS[1], ARGV[1])
redis.call('ZREM', KEYS[2], ARGV[1])
waits(KEYS[3], KEYS[4], ARGV[2], -1)
return 1
`,
);
