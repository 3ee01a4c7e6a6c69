// Turns: order, one at a time, what a throw leaves behind, timers, effects and system lanes.
import { systemLane } from '../../src/lib/ids.js';
import type { TurnHandler } from '../../src/turns/turn.js';
import { until } from '../storage/until.js';
import { closeWorkshops, lane, outcome, replies, textOf, workshop } from './workshop.js';

afterAll(closeWorkshops);

/** Answers with how many turns this lane had and the text. */
const counting: TurnHandler = async (request) => {
  const count = Number(request.data.count ?? 0) + 1;
  return outcome(request, { data: { count }, ...replies(`${count} ${textOf(request)}`) });
};

describe('a lane', () => {
  it('takes its events in order of acceptance, one turn at a time, each exactly once', async () => {
    let running = 0;
    const shop = await workshop(async (request) => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return counting(request);
    });
    const citizen = lane('order');
    await Promise.all(Array.from({ length: 50 }, (_, index) => shop.say(citizen, `m${index}`)));
    await until(() => shop.channel.texts(citizen).length === 50);
    expect(shop.channel.texts(citizen)).toEqual(Array.from({ length: 50 }, (_, index) => `${index + 1} m${index}`));
  });

  it('answers a repeated webhook once', async () => {
    const shop = await workshop(counting);
    const citizen = lane('twice');
    await Promise.all(Array.from({ length: 5 }, () => shop.say(citizen, 'hello', { id: 'same' })));
    await shop.say(citizen, 'end');
    await until(() => shop.channel.texts(citizen).length === 2);
    expect(shop.channel.texts(citizen)).toEqual(['1 hello', '2 end']);
  });

  it('does not wait for another lane', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = lane('slow');
    const quick = lane('quick');
    const shop = await workshop(async (request) => {
      if (request.event.lane === slow) await gate;
      return counting(request);
    });
    await shop.say(slow, 'a');
    await shop.say(quick, 'b');
    await until(() => shop.channel.texts(quick).length === 1);
    expect(shop.channel.texts(slow)).toEqual([]);
    release();
    await until(() => shop.channel.texts(slow).length === 1);
  });

  it('marks an event late when a newer one was taken before, and never re-sorts', async () => {
    const late: boolean[] = [];
    const shop = await workshop(async (request) => {
      late.push(request.event.late);
      return outcome(request);
    });
    const citizen = lane('late');
    await shop.say(citizen, 'new', { at: 2000 });
    await shop.say(citizen, 'old', { at: 1000 });
    await shop.say(citizen, 'newer', { at: 3000 });
    await until(() => late.length === 3);
    expect(late).toEqual([false, true, false]);
  });
});

describe('a turn that throws', () => {
  it('leaves no trace in the state and is tried again', async () => {
    const shop = await workshop(async (request) => {
      request.data.poison = 'half done';
      if (request.throws === 0 && textOf(request) === 'shaky') throw new Error('first try fails');
      expect(request.data).toEqual(
        textOf(request) === 'shaky' ? { poison: 'half done' } : { count: 1, poison: 'half done' },
      );
      return outcome(request, { data: { count: 1 }, ...replies(textOf(request)) });
    });
    const citizen = lane('shaky');
    await shop.say(citizen, 'shaky');
    await shop.say(citizen, 'after');
    await until(() => shop.channel.texts(citizen).length === 2);
    expect(shop.channel.texts(citizen)).toEqual(['shaky', 'after']);
  });

  it('ends in the dead letters after three times; the citizen hears an apology and the lane goes on', async () => {
    let tries = 0;
    const shop = await workshop(async (request) => {
      if (textOf(request) === 'bad') {
        tries += 1;
        throw Object.assign(new Error('with private words'), { code: 'flow.broken' });
      }
      return counting(request);
    });
    const citizen = lane('dead');
    await shop.say(citizen, 'bad');
    await shop.say(citizen, 'good');
    await until(() => shop.channel.texts(citizen).length === 2);
    expect(shop.channel.texts(citizen)).toEqual(['SORRY', '1 good']);
    expect(tries).toBe(3);
    await until(async () => (await shop.home.records.deadLetters({ limit: 10 })).letters.length === 1);
    const [letter] = (await shop.home.records.deadLetters({ limit: 10 })).letters;
    expect(letter).toMatchObject({
      id: `event:${citizen}/bad`,
      lane: citizen,
      source: 'event',
      reason: 'turn.flow.broken',
      status: 'open',
    });
    expect(letter?.payload.includes('bad')).toBe(false);
  });

  it('is given up when it takes longer than its time, and its signal aborts', async () => {
    const aborted: boolean[] = [];
    const shop = await workshop(
      (request) =>
        new Promise((resolve) => {
          request.signal.addEventListener('abort', () => {
            aborted.push(true);
            resolve(outcome(request, replies('too late')));
          });
        }),
      { tuning: { turnTimeMs: 20 } },
    );
    const citizen = lane('endless');
    await shop.say(citizen, 'x');
    await until(() => shop.channel.texts(citizen).length === 1);
    expect(shop.channel.texts(citizen)).toEqual(['SORRY']);
    expect(aborted).toEqual([true, true, true]);
    expect(shop.seen).toContain('dead event turn.turn.too-long');
  });

  it('can be replayed by staff once the fault is mended', async () => {
    let mended = false;
    const shop = await workshop(async (request) => {
      if (!mended) throw new Error('broken');
      return counting(request);
    });
    const citizen = lane('replay');
    await shop.say(citizen, 'x');
    await until(async () => (await shop.home.records.deadLetters({ limit: 10 })).letters.length === 1);
    mended = true;
    const id = `event:${citizen}/x`;
    expect(await shop.engine.deadLetters.replay(id, Date.now())).toBe('replayed');
    expect(await shop.engine.deadLetters.replay(id, Date.now())).toBe('not-open');
    expect(await shop.engine.deadLetters.replay('event:none', Date.now())).toBe('not-found');
    await until(() => shop.channel.texts(citizen).includes('1 x'));
    expect((await shop.home.records.deadLetter(id))?.status).toBe('replayed');
  });
});

describe('timers', () => {
  it('become events of their lane when they are due, with their payload', async () => {
    const shop = await workshop(async (request) => {
      const { body } = request.event;
      if (body.kind === 'timer') return outcome(request, replies(`${body.name} ${JSON.stringify(body.payload)}`));
      return outcome(request, {
        timers: [{ type: 'set', name: 'nap', dueAt: request.now + 60_000, payload: { a: 1 } }],
      });
    });
    const citizen = lane('timer');
    await shop.say(citizen, 'set');
    await until(() => shop.seen.includes('turn committed'));
    expect(shop.channel.texts(citizen)).toEqual([]);
    shop.clock.offset += 61_000;
    await until(() => shop.channel.texts(citizen).length === 1);
    expect(shop.channel.texts(citizen)).toEqual(['nap {"a":1}']);
  });

  it('are ignored when they were replaced or cancelled after they fell due', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const shop = await workshop(async (request) => {
      const { body, at } = request.event;
      if (body.kind === 'timer') return outcome(request, replies(`${body.name} of ${at}`));
      if (textOf(request) === 'set') {
        const due = { type: 'set', dueAt: request.now - 1 } as const;
        return outcome(request, {
          timers: [
            { ...due, name: 'cancelled' },
            { ...due, name: 'replaced' },
          ],
        });
      }
      await gate;
      return outcome(request, {
        timers: [
          { type: 'cancel', name: 'cancelled' },
          { type: 'set', name: 'replaced', dueAt: 5 },
        ],
      });
    });
    const citizen = lane('stale');
    await shop.say(citizen, 'set');
    await shop.say(citizen, 'change');
    // Both timers stand in the lane behind the turn that makes them stale.
    await until(() => shop.seen.filter((what) => what === 'accepted').length === 4);
    release();
    await until(() => shop.channel.texts(citizen).length === 1);
    expect(shop.channel.texts(citizen)).toEqual(['replaced of 5']);
    expect(shop.seen.filter((what) => what === 'turn stale-timer')).toHaveLength(2);
  });
});

describe('effects', () => {
  it('are applied before a later turn of the lane reads records', async () => {
    const shop = await workshop(async (request) => {
      if (textOf(request) === 'write') {
        return outcome(request, {
          effects: [{ type: 'record', change: { type: 'contact', set: { noticeVersion: '7' } } }],
        });
      }
      await request.recordsSettled();
      return outcome(
        request,
        replies((await shop.home.records.contact(request.event.lane))?.noticeVersion ?? 'nothing'),
      );
    });
    const citizen = lane('records');
    await shop.say(citizen, 'write');
    await shop.say(citizen, 'read');
    await until(() => shop.channel.texts(citizen).length === 1);
    expect(shop.channel.texts(citizen)).toEqual(['7']);
  });

  it('append events to other lanes: a system lane reaches a citizen', async () => {
    const citizen = lane('notice');
    const shop = await workshop(async (request) => {
      if (request.event.body.kind !== 'portal-event') return counting(request);
      const body = { kind: 'text', text: 'from the portal', messageId: 'n' } as const;
      return outcome(request, {
        effects: [{ type: 'append', lane: citizen, at: request.now, body }],
        ...replies('nobody hears this'),
      });
    });
    const event = { kind: 'portal-event', type: 'dossier.status-changed', occurredAt: 1, data: {} } as const;
    await shop.body(systemLane('portal', 'H01-1'), event, 'p1');
    await shop.body(systemLane('portal', 'H01-1'), event, 'p1');
    await until(() => shop.channel.texts(citizen).length === 1);
    expect(shop.channel.sent.map(({ text }) => text)).toEqual(['1 from the portal']);
  });

  it('keep growing in position after the state of the lane was forgotten', async () => {
    const shop = await workshop(async (request) =>
      outcome(request, {
        effects: [{ type: 'record', change: { type: 'contact', set: { noticeVersion: textOf(request) } } }],
      }),
    );
    const citizen = lane('forgotten');
    await shop.say(citizen, 'first');
    await until(async () => (await shop.home.records.contact(citizen))?.noticeVersion === 'first');
    shop.clock.offset += 40 * 24 * 3_600_000;
    await until(async () => {
      await shop.home.turns.sweep(Date.now() + shop.clock.offset);
      return (await shop.home.turns.readState(citizen)) === undefined;
    });
    await shop.crash();
    await shop.say(citizen, 'second');
    await until(async () => (await shop.home.records.contact(citizen))?.noticeVersion === 'second');
  });
});

describe('an owner that was paused beyond its lease', () => {
  it('changes nothing when it wakes: the new owner’s turn is the only one', async () => {
    let wake: () => void = () => undefined;
    const asleep = new Promise<void>((resolve) => {
      wake = resolve;
    });
    let firstTries = 0;
    // The first owner never renews, as a stopped process does not, and hangs in the middle of a turn.
    const shop = await workshop(
      async (request) => {
        firstTries += 1;
        await asleep;
        return outcome(request, { data: { by: 'first' }, ...replies('from the first') });
      },
      { leaseMs: 40, renewMs: 3_600_000 },
    );
    const citizen = lane('paused');
    await shop.say(citizen, 'x');
    await until(() => firstTries === 1);
    const rival = shop.rival(
      async (request) => outcome(request, { data: { by: 'rival' }, ...replies('from the rival') }),
      {
        leaseMs: 60_000,
        renewMs: 20,
      },
    );
    await rival.start();
    await until(() => shop.channel.texts(citizen).length === 1);
    wake();
    await until(() => shop.seen.includes('turn fenced'));
    await shop.say(citizen, 'y');
    await until(() => shop.channel.texts(citizen).length === 2);
    expect(shop.channel.texts(citizen)).toEqual(['from the rival', 'from the rival']);
    expect(shop.engine.depth().partitions).toBe(0);
  });
});
