// The short form of `npm run chaos`: one of each kind of fault that a change of the engine or of a home breaks first.
import { join } from 'node:path';
import { Chance } from '../../bench/chaos/chance.js';
import { faultsIn, SHORT } from '../../bench/chaos/plan.js';
import { type Outcome, play } from '../../bench/chaos/run.js';
import { isClean, rowsOf, tableOf, total } from '../../bench/chaos/table.js';
import { endAll } from '../../bench/ending.js';
import { startMongo } from '../../scripts/mongo-engine/engine.mjs';
import { describeWithRedis } from '../storage/redis-server.js';

jest.setTimeout(240_000);

describeWithRedis('bots, their servers and the platform, broken in turn while citizens write', () => {
  const outcomes: Outcome[] = [];
  const seed = Math.floor(Math.random() * 1_000_000);

  beforeAll(async () => {
    await play(
      SHORT,
      new Chance(seed),
      { botProgram: join(__dirname, 'counting-bot.mjs'), startMongo: () => startMongo({ own: true }) },
      (outcome) => outcomes.push(outcome),
    );
  });

  afterAll(async () => {
    await endAll();
    process.stdout.write(`    seed ${seed}\n${tableOf(rowsOf(outcomes)).replaceAll(/^/gm, '    ')}\n`);
  });

  it('were broken in every way of the plan while citizens wrote', () => {
    expect(outcomes).toHaveLength(faultsIn(SHORT));
    expect(total(rowsOf(outcomes)).texts).toBeGreaterThan(outcomes.length * 12);
  });

  it('lose no text that was answered 200, apply no turn twice, keep the order, and repeat only where they may', () => {
    expect(outcomes.flatMap((outcome) => ('stuck' in outcome ? [outcome.stuck] : outcome.says))).toEqual([]);
    expect(isClean(total(rowsOf(outcomes)))).toBe(true);
  });
});
