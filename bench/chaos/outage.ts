// Ten minutes without storage, on the platform's own clock: webhooks are refused, and come again when Zalo's schedule says so
// (30 s, 5, 15, 30, 60 min). The minutes are the simulator's, moved forward at once; bots and servers live in real time.

import { until } from '../waiting.js';
import type { Chance } from './chance.js';
import type { Citizen } from './citizens.js';
import { begin, type Cast, checkBooks, type RoundResult, UNSETTLED_MS } from './round.js';
import type { Stage } from './stage.js';

export const TEN_MINUTES_WITHOUT_STORAGE = 'storage down for ten minutes';

const MINUTE_MS = 60_000;
const DOWN_MINUTES = 10;
/** A text that was refused for the third time just before the end comes again 15 minutes later. */
const LAST_MINUTE = DOWN_MINUTES + 16;
const TEXTS_EACH = 3;

export async function playOutage(cast: Cast, chance: Chance): Promise<RoundResult> {
  const { stage, citizens } = cast;
  const { simulator } = stage;
  begin(cast);
  simulator.webhooks.enable();
  for (const citizen of citizens) say(stage, citizen);
  await until(() => citizens.every((citizen) => isAnswered(stage, citizen)), 'an answer before the outage');

  const brokenAt = performance.now();
  await takeAway(stage);
  const minutes = new Map(
    citizens.map((citizen) => [
      citizen,
      new Set(Array.from({ length: TEXTS_EACH }, () => chance.integer(DOWN_MINUTES))),
    ]),
  );
  for (let minute = 0; minute < DOWN_MINUTES; minute += 1) {
    for (const [citizen, when] of minutes) if (when.has(minute)) say(stage, citizen);
    await simulator.clock.advance(MINUTE_MS);
  }
  const mendedAt = performance.now();
  await giveBack(stage);
  await until(async () => (await stage.ask('/backlog')) !== undefined, 'the bots to see their storage');
  for (const citizen of citizens) say(stage, citizen);
  await until(() => citizens.every((citizen) => isAnswered(stage, citizen)), 'an answer after the outage');
  const answeredAt = performance.now();
  for (let minute = DOWN_MINUTES; minute < LAST_MINUTE; minute += 1) await simulator.clock.advance(MINUTE_MS);
  await stage.settled();
  // The order of acceptance is the schedule's; each lane must still be one row of turns.
  const found = await checkBooks(cast, { ordered: false, repeatsFrom: brokenAt - UNSETTLED_MS });
  return { fault: TEN_MINUTES_WITHOUT_STORAGE, home: stage.home, recoveryMs: answeredAt - mendedAt, ...found };
}

function say({ simulator }: Stage, citizen: Citizen): void {
  const text = citizen.nextText();
  if (!simulator.state.users.has(citizen.user)) simulator.createUser({ id: citizen.user });
  const { id } = simulator.acts.say(citizen.user, { text });
  citizen.accepted.push({ text, messageId: id, at: performance.now() });
}

/** What the citizen wrote last. */
function isAnswered({ heard }: Stage, { user, accepted }: Citizen): boolean {
  const text = accepted.at(-1)?.text;
  return heard.some((one) => one.user === user && one.text.split(' ')[1] === text);
}

/** The embedded home's storage is a file of the bot's own machine: it goes with the machine. */
async function takeAway(stage: Stage): Promise<void> {
  if (stage.home === 'embedded') await Promise.all(stage.bots.map((bot) => bot.kill()));
  else await stage.redis.kill();
}

async function giveBack(stage: Stage): Promise<void> {
  if (stage.home === 'embedded') await Promise.all(stage.bots.map((bot) => bot.start()));
  else await stage.redis.restart();
}
