// Scripts of a change of the key: a value is replaced only while it is the one that was read. Bots may be at work.
import { luaScript } from './script.js';

/** KEYS hash. ARGV field, old, new. Post: 1 and the new value stands there; 0 and nothing changed when the old one did not. */
export const SWAP_FIELD = luaScript(
  'allow-oom',
  `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
`,
);

/** KEYS string. ARGV old, new. Post: as SWAP_FIELD; its expiry stays. */
export const SWAP_STRING = luaScript(
  'allow-oom',
  `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
return 1
`,
);
