// What a Lua script is here, and the pieces that several of them share. Every script checks before it writes: Redis runs
// it alone and whole, but does not roll back what was written before an error.
import { createHash } from 'node:crypto';

/**
 * `no-writes` runs also where Redis refuses writes. `allow-oom` runs also when memory is full: what was taken in may be
 * finished then, and nothing new is taken in. With a head line, Redis checks both before the first line runs.
 */
export type ScriptFlags = 'no-writes' | 'allow-oom' | '';

export interface LuaScript {
  readonly source: string;
  readonly sha: string;
}

export function luaScript(flags: ScriptFlags, ...parts: readonly string[]): LuaScript {
  const source = [`#!lua${flags === '' ? '' : ` flags=${flags}`}`, ...parts.map((part) => part.trim())].join('\n');
  return { source, sha: createHash('sha1').update(source).digest('hex') };
}

/** `now_ms()`: the server's clock, the only one that deadlines are measured by. */
export const NOW = `
local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
`;

/** `holds(lease, owner, epoch)`: true while nobody else took the lease, also after its time. */
export const HOLDS = `
local function holds(lease, owner, epoch)
  local found = redis.call('HMGET', lease, 'owner', 'epoch')
  return found[1] == owner and found[2] == epoch
end
`;

/**
 * `waits(waiting, state, lane, more)`: that many more events, items or timers wait in the lane (or fewer, below zero).
 * While anything waits the state does not expire; when nothing does and the bot has the word, it expires at its time.
 */
export const WAITS = `
local function waits(waiting, state, lane, more)
  local left = redis.call('HINCRBY', waiting, lane, more)
  if left > 0 then
    if more > 0 then redis.call('PERSIST', state) end
    return
  end
  redis.call('HDEL', waiting, lane)
  local head = redis.call('GETRANGE', state, 0, 13)
  if string.sub(head, 1, 1) == 'b' then redis.call('PEXPIREAT', state, string.sub(head, 2)) end
end
`;
