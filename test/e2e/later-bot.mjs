// The bot as a process whose clock stands ahead of the machine's by AHEAD_MS: a silence of days between two processes takes no days.
// Settings, storage and everything else as in dist/src/main.js.
import { readConfig } from '../../dist/src/config.js';
import { createLog } from '../../dist/src/lib/log.js';
import { startBot } from '../../dist/src/main.js';

const { AHEAD_MS, ...environment } = process.env;
const ahead = Number(AHEAD_MS);
if (!Number.isSafeInteger(ahead)) throw new Error('AHEAD_MS must say by how much');

const config = readConfig(environment);
const bot = await startBot(config, { log: createLog(config.logLevel), clock: () => Date.now() + ahead });
process.once('SIGTERM', () => bot.stop().then(() => process.exit(0)));
