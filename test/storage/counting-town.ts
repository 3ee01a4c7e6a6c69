// A town whose citizens write to a bot that counts, over any home, with accounts of it all: what a back-up under load and
// a restore are judged by. Every turn answers "<count> <text>", writes a record and tells a lane that adds all turns up.
import { HOUR } from '../../src/lib/clock.js';
import { citizenLane, eventId, type LaneId, systemLane } from '../../src/lib/ids.js';
import { silentLog } from '../../src/lib/log.js';
import type { Sealer } from '../../src/lib/sealing.js';
import type { Home } from '../../src/storage/home.js';
import { Engine } from '../../src/turns/engine.js';
import type { TurnHandler } from '../../src/turns/turn.js';
import { ScriptedChannel } from '../turns/scripted-channel.js';
import { until } from './until.js';

const SUM = systemLane('portal', 'sum');
const PAUSED = 'paused';

/** Ten write, and an eleventh whose answers cannot leave as long as the old bot runs. */
export const LANES: readonly LaneId[] = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', PAUSED].map((user) =>
  citizenLane({ channel: 'zalo', account: '1', user }),
);

const handler: TurnHandler = async ({ event, mode, data, now }) => {
  const count = Number(data.count ?? 0) + 1;
  const record = { type: 'record', change: { type: 'contact', set: { noticeVersion: String(count) } } } as const;
  const counted = { mode, data: { count }, replies: [], effects: [record], timers: [] };
  if (event.body.kind !== 'text') return counted;
  return {
    ...counted,
    replies: [{ type: 'message', text: `${count} ${event.body.text}` }],
    effects: [
      record,
      {
        type: 'append',
        lane: SUM,
        at: event.at,
        body: { kind: 'portal-event', type: 'turn', occurredAt: event.at, data: {} },
      },
    ],
    timers: [{ type: 'set', name: 'later', dueAt: now + HOUR }],
  };
};

export class Town {
  readonly channel = new ScriptedChannel('zalo', ['1']);
  private readonly engine: Engine;

  private constructor(
    readonly home: Home,
    sealer: Sealer,
    owner: string,
  ) {
    this.engine = new Engine({
      store: home.turns,
      records: home.records,
      sealer,
      partitions: home.partitions,
      handler,
      channels: [this.channel],
      texts: { turnFailed: { type: 'message', text: 'SORRY' }, repliesTooOld: { type: 'message', text: 'TOO LATE' } },
      clock: Date.now,
      observer: { accepted: noted, turn: noted, sent: noted, answered: noted, deadLetter: noted },
      log: silentLog,
      owner,
      works: true,
      tuning: { echoWaitMs: 50, timerPollMs: 10 },
    });
  }

  static async open(home: Home, sealer: Sealer, owner = 'town'): Promise<Town> {
    const town = new Town(home, sealer, owner);
    await town.engine.start();
    return town;
  }

  /** The platform takes nothing for the last lane. */
  holdBack(): void {
    this.channel.script = (_text, lane) =>
      lane.endsWith(PAUSED) ? { outcome: 'retry', afterMs: 500, reason: 'busy' } : { outcome: 'sent' };
  }

  say(lane: LaneId, number: number): Promise<void> {
    const text = `m${number}`;
    const id = `${lane}/${text}`;
    return this.engine.acceptor.append(eventId(id), lane, number, { kind: 'text', text, messageId: id });
  }

  /** Everybody writes one text after the other until told to stop; resolves with how many each one wrote. */
  chatter(): { stop(): Promise<number[]>; written: number[] } {
    let over = false;
    const written = LANES.map(() => 0);
    const writing = LANES.map(async (lane, index) => {
      while (!over) {
        const number = (written[index] ?? 0) + 1;
        await this.say(lane, number);
        written[index] = number;
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    });
    return {
      written,
      async stop() {
        over = true;
        await Promise.all(writing);
        return written;
      },
    };
  }

  async settled(): Promise<void> {
    await until(
      async () => {
        const { events, outbox } = await this.home.turns.backlog();
        return events === 0 && outbox === 0;
      },
      'everything to be settled',
      30_000,
    );
  }

  /** Numbers of the texts that were answered in the lane; throws when an answer counts otherwise than its text. */
  answered(lane: LaneId): number[] {
    return this.channel.texts(lane).map((text) => {
      const [, count, number] = /^(\d+) m(\d+)$/.exec(text) ?? [];
      if (count === undefined || count !== number) throw new Error(`${lane} heard "${text}"`);
      return Number(number);
    });
  }

  /** What the record of each lane says, and that of the lane that adds up. */
  async recorded(): Promise<{ each: number[]; sum: number }> {
    const of = async (lane: LaneId) => Number((await this.home.records.contact(lane))?.noticeVersion ?? 0);
    return { each: await Promise.all(LANES.map(of)), sum: await of(SUM) };
  }

  async close(): Promise<void> {
    await this.engine.stop();
    await this.home.close();
  }
}

function noted(): void {}

/**
 * In a town that was restored from a copy of another while that one was at work: the platform sends everything again, as
 * far as the old town had got. Whatever was accepted before the copy is known, so every text has its one turn in the end.
 */
export async function goOn(town: Town, old: { town: Town; written: readonly number[] }): Promise<void> {
  await town.settled();
  for (const lane of LANES) {
    const after = town.answered(lane);
    // In order, each once, and nothing between what the old town said and what this one says.
    const [first = 1] = after;
    expect(after).toEqual(after.map((_, index) => first + index));
    expect(Math.max(0, ...old.town.answered(lane))).toBeGreaterThanOrEqual(first - 1);
  }
  await Promise.all(
    LANES.map(async (lane, index) => {
      for (let number = 1; number <= (old.written[index] ?? 0); number += 1) await town.say(lane, number);
    }),
  );
  await town.settled();
  LANES.forEach((lane, index) => {
    const after = town.answered(lane);
    const [first = 1] = after;
    expect(after).toEqual(after.map((_, nth) => first + nth));
    expect(after.at(-1) ?? old.written[index]).toBe(old.written[index]);
  });
  const { each, sum } = await town.recorded();
  expect(each).toEqual(old.written);
  expect(sum).toBe(old.written.reduce((total, written) => total + written, 0));
}
