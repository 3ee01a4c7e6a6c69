// Plays a plan: all its stages side by side, and says what came of every round.

import { Stuck } from '../waiting.js';
import type { Chance } from './chance.js';
import { newCitizens } from './citizens.js';
import type { Fault } from './faults/fault.js';
import { playOutage, TEN_MINUTES_WITHOUT_STORAGE } from './outage.js';
import type { StagePlan } from './plan.js';
import { type Cast, playRound, type RoundResult } from './round.js';
import { type MongoServer, Stage } from './stage.js';

/** What the run needs and does not find itself: it runs compiled and under the tests. */
export interface Surroundings {
  /** test/engine/counting-bot.mjs */
  botProgram: string;
  /** As scripts/mongo-engine/: always a server that may be killed. */
  startMongo(): Promise<MongoServer & { stop(): Promise<void> }>;
}

export interface StuckRound {
  fault: string;
  home: StagePlan['home'];
  /** What did not come. */
  stuck: string;
}

export type Outcome = RoundResult | StuckRound;

export async function play(
  plans: readonly StagePlan[],
  chance: Chance,
  { botProgram, startMongo }: Surroundings,
  onOutcome: (outcome: Outcome) => void,
): Promise<void> {
  const shared = plans.some(({ home, ownMongo }) => home !== 'embedded' && !ownMongo) ? await startMongo() : undefined;
  try {
    await Promise.all(
      plans.map(async (plan, number) => {
        const own = plan.ownMongo ? await startMongo() : undefined;
        try {
          const mongo = own ?? shared;
          const open = (life: number) =>
            Stage.open({
              home: plan.home,
              botProgram,
              database: `chaos-${number}-${life}`,
              ...(mongo === undefined ? {} : { mongo }),
            });
          await playStage(plan, number, chance.child(`stage ${number}`), open, onOutcome);
        } finally {
          await own?.stop();
        }
      }),
    );
  } finally {
    await shared?.stop();
  }
}

async function playStage(
  plan: StagePlan,
  number: number,
  chance: Chance,
  open: (life: number) => Promise<Stage>,
  onOutcome: (outcome: Outcome) => void,
): Promise<void> {
  const rounds = chance.shuffled(
    plan.faults.flatMap(([fault, times]) => new Array<Fault | 'outage'>(times).fill(fault)),
  );
  let life = 0;
  let cast = castFor(await open(life), number);
  try {
    for (const [index, fault] of rounds.entries()) {
      const luck = chance.child(`round ${index}`);
      try {
        onOutcome(fault === 'outage' ? await playOutage(cast, luck) : await playRound(cast, fault, luck));
      } catch (error) {
        if (!(error instanceof Stuck)) throw error;
        const name = fault === 'outage' ? TEN_MINUTES_WITHOUT_STORAGE : fault.name;
        onOutcome({ fault: name, home: plan.home, stuck: error.message });
        // What hangs stays hanging: the rest is played on a new stage.
        await cast.stage.close();
        life += 1;
        cast = castFor(await open(life), number);
      }
    }
  } finally {
    await cast.stage.close();
  }
}

function castFor(stage: Stage, number: number): Cast {
  return { stage, citizens: newCitizens(number), known: new Set() };
}
