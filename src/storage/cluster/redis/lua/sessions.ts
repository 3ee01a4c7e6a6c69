// Scripts of the sessions of staff. All stand under one hash tag: they are few, and a script may then touch a user's and the
// whole at once. Time is the server's; what has ended is not shown, and goes with the next sign-in.
//
// KEYS are always: sessions (hash: id → `created seen idle until user`, newline, payload), ends (sorted set: id by its end),
// users (sorted set, all scores 0: `user id`, so that a user's sessions stand together).
import { luaScript, NOW } from './script.js';

/**
 * `read(sessions, id, now)`: the session with its parsed head, or nil when it ended or never was. `ends_at(s)`: the earlier of
 * its two ends. `reply(s)`: what the caller is told, `{id, user, created, seen, ends, payload}`. `remove(id, user)`.
 */
const SESSION = `
local function ends_at(s)
  return math.min(s.seen + s.idle, s.til)
end
local function read(id, now)
  local packed = redis.call('HGET', KEYS[1], id)
  if not packed then return nil end
  local head, payload = string.match(packed, '^([^\\n]*)\\n(.*)$')
  local created, seen, idle, til, user = string.match(head, '^(%d+) (%d+) (%d+) (%d+) (.*)$')
  local s = { id = id, user = user, created = tonumber(created), seen = tonumber(seen), payload = payload }
  s.idle, s.til = tonumber(idle), tonumber(til)
  if now and ends_at(s) <= now then return nil end
  return s
end
local function reply(s)
  return { s.id, s.user, s.created, s.seen, ends_at(s), s.payload }
end
`;

const CHANGE = `
local function write(s)
  local head = string.format('%.0f %.0f %.0f %.0f %s', s.created, s.seen, s.idle, s.til, s.user)
  redis.call('HSET', KEYS[1], s.id, head .. '\\n' .. s.payload)
  redis.call('ZADD', KEYS[2], ends_at(s), s.id)
end
local function remove(s)
  redis.call('HDEL', KEYS[1], s.id)
  redis.call('ZREM', KEYS[2], s.id)
  redis.call('ZREM', KEYS[3], s.user .. ' ' .. s.id)
end
`;

/** `of(user)`: ids of the user's sessions, those that ended included. A user has no white space: '!' is the character after ' '. */
const OF_USER = `
local function of(user)
  local ids = {}
  for n, member in ipairs(redis.call('ZRANGEBYLEX', KEYS[3], '[' .. user .. ' ', '(' .. user .. '!')) do
    ids[n] = string.sub(member, #user + 2)
  end
  return ids
end
`;

/**
 * ARGV id, user, idle life in ms, absolute life in ms, payload, how many sessions the user may have.
 * Post: nil and nothing written when the id is there; otherwise the session is there and returned, of the user's others
 * those seen longest ago are gone beyond that number, and up to 100 of what had ended went for good.
 */
export const CREATE_SESSION = luaScript(
  '',
  NOW,
  SESSION,
  CHANGE,
  OF_USER,
  `
local now = now_ms()
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, 100)) do
  local s = read(id)
  if s then remove(s) else redis.call('ZREM', KEYS[2], id) end
end
local before = read(ARGV[1])
if before and ends_at(before) > now then return nil end
if before then remove(before) end
local others = {}
for _, id in ipairs(of(ARGV[2])) do
  local s = read(id)
  if s then others[#others + 1] = s else redis.call('ZREM', KEYS[3], ARGV[2] .. ' ' .. id) end
end
table.sort(others, function(a, b)
  if a.seen ~= b.seen then return a.seen > b.seen end
  return a.id < b.id
end)
for n = tonumber(ARGV[6]), #others do remove(others[n]) end
local s = { id = ARGV[1], user = ARGV[2], created = now, seen = now, payload = ARGV[5] }
s.idle, s.til = tonumber(ARGV[3]), now + ARGV[4]
write(s)
redis.call('ZADD', KEYS[3], 0, s.user .. ' ' .. s.id)
return reply(s)
`,
);

/** ARGV id. Post: nothing changed; the session, or nil when it ended or never was. */
export const GET_SESSION = luaScript(
  'no-writes',
  NOW,
  SESSION,
  `
local s = read(ARGV[1], now_ms())
return s and reply(s)
`,
);

/** ARGV id, payload ('' keeps the old one). Post: seen now and returned, its idle time begins anew; nil and nothing changed when it ended or never was. */
export const TOUCH_SESSION = luaScript(
  'allow-oom',
  NOW,
  SESSION,
  CHANGE,
  `
local now = now_ms()
local s = read(ARGV[1], now)
if not s then return nil end
s.seen = math.max(now, s.seen)
if ARGV[2] ~= '' then s.payload = ARGV[2] end
write(s)
return reply(s)
`,
);

/** ARGV id. Post: the session is gone; 1 when it had not ended before, else 0. */
export const END_SESSION = luaScript(
  'allow-oom',
  NOW,
  SESSION,
  CHANGE,
  `
local s = read(ARGV[1])
if not s then return 0 end
remove(s)
return ends_at(s) > now_ms() and 1 or 0
`,
);

/** ARGV user, id to spare or ''. Post: all other sessions of the user are gone; how many of them had not ended before. */
export const END_SESSIONS_OF = luaScript(
  'allow-oom',
  NOW,
  SESSION,
  CHANGE,
  OF_USER,
  `
local now, count = now_ms(), 0
for _, id in ipairs(of(ARGV[1])) do
  if id ~= ARGV[2] then
    local s = read(id)
    if s then
      remove(s)
      if ends_at(s) > now then count = count + 1 end
    end
  end
end
return count
`,
);

/** ARGV user. Post: nothing changed; the user's sessions that have not ended. */
export const SESSIONS_OF = luaScript(
  'no-writes',
  NOW,
  SESSION,
  OF_USER,
  `
local now, found = now_ms(), {}
for _, id in ipairs(of(ARGV[1])) do
  local s = read(id, now)
  if s then found[#found + 1] = reply(s) end
end
return found
`,
);
