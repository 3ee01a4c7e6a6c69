// `npm run demo`: the whole thing on one machine. Installs and builds what is missing, starts the simulated platforms with
// their phone page and the bot beside them, says what to try, and ends both cleanly on Ctrl+C.
import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { freePort } from './demo-port.mjs';
import { root } from './run.mjs';
import { build, install, requireNode } from './setup.mjs';

const BOT_PORT = 3000;
const PHONES_PORT = 4000;
const READY_WITHIN_MS = 60_000;
/** Of the desk, on this machine only; the desk asks for another password at the first sign-in. */
const DESK = { username: 'admin', password: 'mot-cua-demo' };

requireNode();
install();
build();

const compiled = (file) => import(new URL(`../dist/${file}`, import.meta.url).href);
const [{ startSimulators }, { botSettings }, { startBot }, { ConfigError, readConfig }, { createLog }] =
  await Promise.all([
    compiled('simulators/start.js'),
    compiled('simulators/accounts.js'),
    compiled('src/main.js'),
    compiled('src/config.js'),
    compiled('src/lib/log.js'),
  ]);

const botPort = await choosePort('PORT', BOT_PORT);
const phonesPort = await choosePort('SIM_PORT', PHONES_PORT, [botPort]);
const botUrl = `http://127.0.0.1:${botPort}`;
// The phones forget everything at the end, so the bot begins anew with them. Each port has its own folder: two demos may run.
const dataDir = join(root, 'data', 'demo', String(botPort));
rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true });

console.log('Starting the simulated Zalo, Messenger and portal …');
const simulators = await startSimulators({ port: phonesPort, botUrl });
console.log(`Starting the bot (embedded storage in ${relative(root, dataDir)}) …`);
const bot = await start();
await ready();
console.log(welcome());

let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

async function start() {
  const level = process.env.DEMO_LOG || 'warn';
  try {
    const config = readConfig({
      ...botSettings(simulators.url),
      PORT: String(botPort),
      PUBLIC_URL: `http://localhost:${botPort}`,
      DATA_DIR: dataDir,
      DESK_ADMIN_USERNAME: DESK.username,
      DESK_ADMIN_PASSWORD: DESK.password,
      LOG_LEVEL: level,
    });
    // The notes are for operators: a key made for a demo need not be backed up.
    const notable = (line) => level !== 'warn' || !line.includes('"config.note"');
    const log = createLog(level, { write: (line) => notable(line) && process.stdout.write(`bot | ${line}`) });
    return await startBot(config, { log });
  } catch (error) {
    await simulators.close();
    return fail(error instanceof ConfigError ? error.message : `The bot cannot start: ${error.message}`);
  }
}

async function ready() {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until) {
    if ((await answer('/readyz')) === 'ready' && (await procedures()) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await bot.stop();
  await simulators.close();
  fail(`The bot was not ready within a minute. Run it again with DEMO_LOG=info to see why.`);
}

async function answer(path) {
  const response = await fetch(`${botUrl}${path}`);
  return response.text();
}

async function procedures() {
  const line = /^mot_cua_catalogue_procedures (\d+)/m.exec(await answer('/metrics'));
  return Number(line?.[1] ?? 0);
}

function welcome() {
  return `
Một Cửa is running. Everything is simulated and stays on this machine.

  Phones    ${simulators.url}/          play a citizen on Zalo or on Messenger
  Desk      ${botUrl}/desk      answer as an officer: ${DESK.username}, password ${DESK.password}
  Metrics   ${botUrl}/metrics
  Privacy   ${botUrl}/privacy

Open the phones in a browser and try
  1. "lam giay khai sinh cho con can gi" (no accents needed), then tap what you want to know
  2. one of the sample dossiers beside a phone: tap its code, then prove it is yours with the four digits
  3. "gap can bo": go on duty at the desk in another window and take the conversation over
  4. the button "Sự cố": take Zalo down, write to the bot, bring it back; no answer is lost

Next: README.md explains how to connect a real account and how to change what the bot says.
Ctrl+C stops everything.
`;
}

async function stop() {
  if (stopping) process.exit(1);
  stopping = true;
  console.log('\nStopping …');
  await bot.stop();
  await simulators.close();
  console.log('Stopped. "npm run demo" starts it again, with empty phones.');
  process.exit(0);
}

async function choosePort(setting, usual, taken = []) {
  const given = process.env[setting];
  if (given !== undefined && given !== '') {
    if (!/^\d{1,5}$/.test(given) || Number(given) < 1 || Number(given) > 65_535)
      fail(`${setting} must be a port number, 1 to 65535.`);
    if (taken.includes(Number(given)) || (await freePort(Number(given), 1)) === undefined)
      fail(
        `Port ${given} is taken. Stop what uses it, or give another one: ${setting}=${Number(given) + 1} npm run demo`,
      );
    return Number(given);
  }
  const port = await freePort(usual, 50, taken);
  if (port === undefined)
    fail(`Ports ${usual} to ${usual + 49} are all taken. Give a free one: ${setting}=… npm run demo`);
  if (port !== usual) console.log(`Port ${usual} is taken; using ${port} instead.`);
  return port;
}

function fail(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}
