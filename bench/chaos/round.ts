// One round: citizens write, something breaks and is mended, everybody is answered again, nothing waits any more; then the
// books are checked.

import { pause, until } from '../waiting.js';
import type { Chance } from './chance.js';
import { type Citizen, Writing } from './citizens.js';
import type { Fault } from './faults/fault.js';
import type { HomeKind, Letter, Stage } from './stage.js';
import { judge } from './verdict.js';

export interface RoundResult {
  fault: string;
  home: HomeKind;
  /** Texts answered 200. */
  texts: number;
  lost: number;
  doubled: number;
  disordered: number;
  repeated: number;
  wronglyRepeated: number;
  /** Bots that ended although nobody killed them. */
  crashed: number;
  letters: Letter[];
  recoveryMs: number;
  says: string[];
}

/** A reply whose settlement was still on its way when something broke. */
export const UNSETTLED_MS = 3000;

export interface Cast {
  stage: Stage;
  citizens: readonly Citizen[];
  /** Ids of dead letters of rounds before. */
  known: Set<string>;
}

export async function playRound(cast: Cast, fault: Fault, chance: Chance): Promise<RoundResult> {
  const { stage, citizens } = cast;
  begin(cast);
  const writing = new Writing(stage, citizens, chance);
  let brokenAt: number;
  let mendedAt: number;
  let answeredAt: number;
  try {
    await until(() => citizens.every(({ accepted }) => accepted.length > 0), 'everybody to write', 90_000);
    await pause(chance.between(20, 300));
    brokenAt = performance.now();
    mendedAt = await fault.strike(stage, chance);
    await writing.answeredSince(mendedAt);
    answeredAt = performance.now();
  } finally {
    await writing.end();
  }
  await stage.settled();
  const repeats = fault.mayRepeat ? { repeatsFrom: brokenAt - UNSETTLED_MS } : {};
  const found = await checkBooks(cast, { ordered: true, ...repeats });
  return { fault: fault.name, home: stage.home, recoveryMs: answeredAt - mendedAt, ...found };
}

export function begin({ stage, citizens }: Cast): void {
  stage.heard.length = 0;
  for (const citizen of citizens) citizen.accepted = [];
}

export async function checkBooks(
  { stage, citizens, known }: Cast,
  rules: { ordered: boolean; repeatsFrom?: number },
): Promise<Omit<RoundResult, 'fault' | 'home' | 'recoveryMs'>> {
  const letters = (await stage.letters()).filter(({ id }) => !known.has(id));
  for (const { id } of letters) known.add(id);
  const onRecord = await stage.turnsOnRecord(citizens.map(({ user }) => user));
  const sum = { texts: 0, lost: 0, doubled: 0, disordered: 0, repeated: 0, wronglyRepeated: 0 };
  const says: string[] = [];
  for (const [index, citizen] of citizens.entries()) {
    const verdict = judge({
      ...rules,
      user: citizen.user,
      accepted: citizen.accepted,
      heard: stage.heard.filter(({ user }) => user === citizen.user),
      letters,
      turnsBefore: citizen.turns,
      turnsOnRecord: onRecord[index] ?? 0,
    });
    citizen.turns = verdict.turns;
    sum.texts += citizen.accepted.length;
    sum.lost += verdict.lost;
    sum.doubled += verdict.doubled;
    sum.disordered += verdict.disordered;
    sum.repeated += verdict.repeated;
    sum.wronglyRepeated += verdict.wronglyRepeated;
    says.push(...verdict.says);
  }
  const crashes = stage.bots.flatMap((bot) => bot.crashes.splice(0));
  says.push(...crashes.map((crash) => `a bot ended by itself: ${crash}`));
  return { ...sum, crashed: crashes.length, letters, says };
}
