// `npm run chaos [-- --quick] [-- --seed N]`: breaks everything that can break, over and over, and counts what it cost. What is
// played stands in plan.ts, what is checked in verdict.ts.

import { endAll } from '../ending.js';
import { Chance } from './chance.js';
import { FULL, faultsIn, QUICK } from './plan.js';
import { type Outcome, play, type Surroundings } from './run.js';
import { isClean, reasonsOf, rowsOf, tableOf, total } from './table.js';

const PROGRESS_EVERY = 20;

/** Returns the exit code: 0 when nothing was lost, doubled, reordered, wrongly repeated or stuck. */
export async function chaos(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { plan, seed } = wishesOf(args);
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.on(signal, () => void endAll().then(() => process.exit(code)));
  }
  const all = faultsIn(plan);
  console.log(`${all} faults, --seed ${seed}`);
  const startedAt = performance.now();
  const outcomes: Outcome[] = [];
  try {
    await play(plan, new Chance(seed), surroundings, (outcome) => {
      outcomes.push(outcome);
      const where = `${outcome.fault}, ${outcome.home}`;
      if ('stuck' in outcome) console.log(`  ! ${where}: ${outcome.stuck}`);
      else for (const says of outcome.says) console.log(`  ! ${where}: ${says}`);
      if (outcomes.length % PROGRESS_EVERY === 0) console.log(`  ${outcomes.length} of ${all} …`);
    });
  } finally {
    await endAll();
  }
  const rows = rowsOf(outcomes);
  const sum = total(rows);
  const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
  console.log(`\n${tableOf(rows)}\n\nDead letters: ${reasonsOf(outcomes)}`);
  console.log(
    `${sum.times} faults in ${minutes} min, ${sum.texts} texts answered 200: ${sum.lost} lost, ${sum.doubled} double, ${sum.disordered} reordered, ${sum.wronglyRepeated} repeated without a reason, ${sum.stuck + sum.crashed} stuck`,
  );
  return isClean(sum) ? 0 : 1;
}

function wishesOf(args: readonly string[]) {
  const given = args.includes('--seed') ? Number(args[args.indexOf('--seed') + 1]) : Number.NaN;
  const seed = Number.isInteger(given) ? given : Math.floor(Math.random() * 1_000_000);
  return { plan: args.includes('--quick') ? QUICK : FULL, seed };
}
