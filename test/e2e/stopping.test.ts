// Stops in the middle of the work, gentle and not: what citizens wrote is answered, and hardly anything twice.
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { APPS, type Citizen, Stage } from './stage.js';
import { texts } from './wording.js';

const PEOPLE = 30;
const MESSAGES = 4;
/** Zalo repeats a webhook after 30 s, Messenger after a minute at the latest. */
const RETRIES_MS = 70_000;

/** Dossiers that nobody has: each is answered with its own code, so that every single answer can be told from the others. */
const asked = (number: number) => `H01.99-250102-${String(number).padStart(4, '0')}`;

/** How often each of the first `count` questions was answered. */
function answers(citizen: Citizen, count: number): number[] {
  const said = citizen.heard.map(({ text }) => text);
  return Array.from({ length: count }, (_, number) => {
    const answer = texts.format(DOSSIER.notFound, { code: asked(number) });
    return said.filter((text) => text === answer).length;
  });
}

const total = (people: readonly Citizen[], count: number) =>
  people.reduce((sum, citizen) => sum + answers(citizen, count).filter((times) => times > 0).length, 0);

async function crowd(stage: Stage): Promise<Citizen[]> {
  const people = Array.from({ length: PEOPLE }, (_, index) => stage.citizen(APPS[index % 2] ?? 'zalo'));
  for (const citizen of people) citizen.write('xin chào');
  await stage.quiet();
  return people;
}

/** Everybody asks at once, from question `first` on; resolves when about `share` of it is answered. */
async function burst(people: readonly Citizen[], share: number, first = 0): Promise<void> {
  const count = first + MESSAGES;
  const before = total(people, count);
  for (let number = first; number < count; number += 1) for (const citizen of people) citizen.write(asked(number));
  await until(() => total(people, count) - before >= PEOPLE * MESSAGES * share, 'the burst to be under way');
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
  // Waits 15 s at most; connections kept by the platforms once made this a minute.
  expect(await stage.bot.stop()).toBe(0);
  expect(stage.bot.logged('bot.stopped')).toHaveLength(1);
  expect(total(people, MESSAGES)).toBeLessThan(PEOPLE * MESSAGES);
  await stage.start();
  await settle(stage);
  for (const citizen of people) expect(answers(citizen, MESSAGES)).toEqual([1, 1, 1, 1]);
});

it('kill -9 in a burst, twice: nothing is lost, and nobody hears one answer more often than it died', async () => {
  const people = await crowd(stage);
  const kills = 2;
  for (let kill = 0; kill < kills; kill += 1) {
    await burst(people, 0.3, kill * MESSAGES);
    await stage.bot.kill();
    await stage.start();
  }
  await settle(stage);
  for (const citizen of people) {
    const times = answers(citizen, kills * MESSAGES);
    expect(Math.min(...times)).toBe(1);
    // One answer was on its way when it died; whether it arrived could not be known.
    expect(times.reduce((sum, one) => sum + one - 1, 0)).toBeLessThanOrEqual(kills);
  }
  expect(await stage.bot.metric('mot_cua_dead_letters_total')).toBe(0);
});

it('a second signal ends it at once, and that costs nothing either', async () => {
  const people = await crowd(stage);
  await burst(people, 0.1);
  const { bot } = stage;
  process.kill(bot.pid, 'SIGTERM');
  process.kill(bot.pid, 'SIGINT');
  expect([0, 1]).toContain(await bot.ended());
  await stage.start();
  await settle(stage);
  for (const citizen of people) expect(Math.min(...answers(citizen, MESSAGES))).toBe(1);
});
