// Sharing: several engines over one store each own an even part, hand over gracefully, and nothing is lost or doubled.
import type { Engine } from '../../src/turns/engine.js';
import type { TurnHandler } from '../../src/turns/turn.js';
import { until } from '../storage/until.js';
import { closeWorkshops, lane, outcome, replies, textOf, workshop } from './workshop.js';

afterAll(closeWorkshops);

const PARTITIONS = 16;
const QUICK = { partitions: PARTITIONS, leaseMs: 5000, renewMs: 15 };

const counting: TurnHandler = async (request) => {
  const count = Number(request.data.count ?? 0) + 1;
  return outcome(request, { data: { count }, ...replies(`${count} ${textOf(request)}`) });
};

const owned = (engines: readonly Engine[]) => engines.map((engine) => engine.depth().partitions);

it('shares evenly as processes come and go, and keeps every lane in order meanwhile', async () => {
  const shares = [0, 0, 0];
  const told = (index: number) => ({
    onShare: (share: number) => {
      shares[index] = share * PARTITIONS;
    },
  });
  const shop = await workshop(counting, { ...QUICK, ...told(0) });
  const second = shop.rival(counting, { ...QUICK, owner: 'second', ...told(1) });
  const third = shop.rival(counting, { ...QUICK, owner: 'third', ...told(2) });
  const citizens = Array.from({ length: 40 }, () => lane('shared'));
  let over = false;
  let said = 0;
  const writing = (async () => {
    while (!over) {
      await Promise.all(citizens.map((citizen) => shop.say(citizen, `m${said}`)));
      said += 1;
    }
  })();
  const all = [shop.engine, second, third];
  await until(() => owned(all)[0] === PARTITIONS && shares[0] === PARTITIONS);
  await second.start();
  await until(() => owned(all).join() === '8,8,0', 'two even halves');
  await third.start();
  await until(() => [...owned(all)].sort().join() === '5,5,6', 'three even parts');
  await until(() => shares.join() === owned(all).join(), 'each to be told its share');
  await second.stop();
  await until(() => owned(all).join() === '8,0,8', 'the third part to be taken over');
  await until(() => shares[0] === 8 && shares[2] === 8, 'the others to be told their greater share');
  over = true;
  await writing;
  const expected = Array.from({ length: said }, (_, index) => `${index + 1} m${index}`);
  await until(() => citizens.every((citizen) => new Set(shop.channel.texts(citizen)).size === said), 'all answers');
  for (const citizen of citizens) expect(shop.channel.texts(citizen)).toEqual(expected);
});
