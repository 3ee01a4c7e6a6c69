// Stops in the middle of the work, gentle and not: what citizens wrote is answered, and hardly anything twice.
import { HOME } from '../../src/flows/home/texts.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { APPS, type Citizen, Stage } from './stage.js';
import { texts } from './wording.js';

const MENU = texts.format(HOME.menu);
const PEOPLE = 30;
const MESSAGES = 4;
/** Zalo repeats a webhook after 30 s, Messenger after a minute at the latest. */
const RETRIES_MS = 70_000;

const answers = (citizen: Citizen) => citizen.heard.filter(({ text }) => text === MENU).length;
const total = (people: readonly Citizen[]) => people.reduce((sum, citizen) => sum + answers(citizen), 0);

async function crowd(stage: Stage): Promise<Citizen[]> {
  const people = Array.from({ length: PEOPLE }, (_, index) => stage.citizen(APPS[index % 2] ?? 'zalo'));
  for (const citizen of people) citizen.write('xin chào');
  await stage.quiet();
  return people;
}

/** Everybody writes at once; resolves when about `share` of it is answered. */
async function burst(people: readonly Citizen[], share: number): Promise<void> {
  const before = total(people);
  for (let round = 0; round < MESSAGES; round += 1) for (const citizen of people) citizen.write('menu');
  await until(() => total(people) - before >= PEOPLE * MESSAGES * share, 'the burst to be under way');
}

/** The platforms send again what they could not deliver meanwhile. */
async function settle(stage: Stage): Promise<void> {
  for (const app of APPS) await stage.simulators[app].clock.advance(RETRIES_MS);
  await stage.quiet(30_000);
}

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open({ zalo: { behaviour: { rpm: null } } });
});
afterEach(() => stage.close());
afterAll(removeTemporaryFolders);

it('SIGTERM in a burst: ends with 0 soon, and after the next start everything is answered once', async () => {
  const people = await crowd(stage);
  await burst(people, 0.2);
  const startedAt = Date.now();
  expect(await stage.bot.stop()).toBe(0);
  // Its own limits are 3 s for connections and 5 s for sends; more would be no graceful stop.
  expect(Date.now() - startedAt).toBeLessThan(10_000);
  expect(stage.bot.logged('bot.stopped')).toHaveLength(1);
  expect(total(people)).toBeLessThan(PEOPLE * MESSAGES);
  await stage.start();
  await settle(stage);
  expect(people.map(answers)).toEqual(people.map(() => MESSAGES));
});

it('kill -9 in a burst, twice: nothing is lost, and nobody hears one answer more often than it died', async () => {
  const people = await crowd(stage);
  const kills = 2;
  for (let kill = 0; kill < kills; kill += 1) {
    await burst(people, 0.3);
    await stage.bot.kill();
    await stage.start();
  }
  await settle(stage);
  for (const citizen of people) {
    expect(answers(citizen)).toBeGreaterThanOrEqual(kills * MESSAGES);
    expect(answers(citizen)).toBeLessThanOrEqual(kills * MESSAGES + kills);
  }
  expect(await stage.bot.metric('mot_cua_dead_letters_total')).toBe(0);
});

it('a second SIGTERM ends it at once', async () => {
  const people = await crowd(stage);
  for (const citizen of people) citizen.write('menu');
  const { bot } = stage;
  process.kill(bot.pid, 'SIGTERM');
  process.kill(bot.pid, 'SIGINT');
  expect([0, 1]).toContain(await bot.ended());
  await stage.start();
  await settle(stage);
  for (const citizen of people) {
    expect(answers(citizen)).toBeGreaterThanOrEqual(1);
    expect(answers(citizen)).toBeLessThanOrEqual(2);
  }
});
