// The way out: what the bot says on its own accord leaves behind everybody's replies, inside the platform's limits, and tells its
// lane when it could not be delivered.

import type { SendOptions, SendPriority, SendResult } from '../../src/channels/channel.js';
import { Governor } from '../../src/channels/governor.js';
import { HOUR } from '../../src/lib/clock.js';
import type { LaneId } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import type { NoticeBody, TurnHandler } from '../../src/turns/turn.js';
import { until } from '../storage/until.js';
import { ScriptedChannel } from '../turns/scripted-channel.js';
import { closeWorkshops, lane, outcome, replies, textOf, type Workshop, workshop } from '../turns/workshop.js';

afterEach(closeWorkshops);

/** Says a notice with its name, answers a message with its words. */
const speaks: TurnHandler = async (request) => {
  const { body, id } = request.event;
  if (body.kind !== 'notice') return outcome(request, replies(`re ${textOf(request)}`));
  if (body.name === 'notice.failed') return outcome(request, { data: { failed: body.data } });
  return outcome(request, { notices: [{ id, message: { type: 'message', text: body.name } }] });
};

const notice = (name: string): NoticeBody => ({ kind: 'notice', name, data: {} });

/** A platform of ten calls a second, whose seconds pass when the test says so. */
class LimitedChannel extends ScriptedChannel {
  readonly left: { text: string; at: number; priority: SendPriority }[] = [];
  private now = 0;
  private timers: { due: number; work: () => void }[] = [];
  private readonly pool = new Governor({
    clock: () => this.now,
    schedule: (work, ms) => {
      const timer = { due: this.now + ms, work };
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((one) => one !== timer);
      };
    },
  }).pool('zalo', { calls: 10, perMs: 1000 });

  constructor() {
    super('zalo', ['1', '2']);
  }

  get waiting(): number {
    return this.pool.waiting;
  }

  override async send(to: LaneId, body: JsonObject, options: SendOptions): Promise<SendResult> {
    if (!(await this.pool.take(options.priority, options.signal))) return { outcome: 'retry', afterMs: 0, reason: 'x' };
    this.left.push({ text: String(body.text), at: this.now, priority: options.priority });
    return super.send(to, body, options);
  }

  pass(ms: number): void {
    this.now += ms;
    const due = this.timers.filter((timer) => timer.due <= this.now);
    this.timers = this.timers.filter((timer) => timer.due > this.now);
    for (const { work } of due) work();
  }
}

describe('what the bot says on its own accord', () => {
  it('keeps the platform’s limit, and lets every reply go first', async () => {
    const channel = new LimitedChannel();
    const shop = await workshop(speaks, { channels: [channel] });
    const lanes = Array.from({ length: 25 }, (_, index) => lane(`n${index}`));
    for (const to of lanes) await shop.body(to, notice('news'), `notice ${to}`);
    await until(() => channel.left.length === 9 && channel.waiting === 16, 'the notices’ share to be used up');

    // Six citizens write, some of whom have a notice waiting.
    const writers = lanes.slice(-6);
    for (const to of writers) await shop.say(to, 'hỏi');
    await until(() => channel.left.length === 10 && channel.waiting === 21, 'the last permit to go to a reply');
    expect(channel.left.at(-1)).toMatchObject({ text: 're hỏi', priority: 'reply' });

    for (let second = 0; second < 4; second += 1) {
      const before = channel.left.length;
      channel.pass(1000);
      await until(() => channel.left.length > before || channel.waiting === 0, 'the next to leave');
    }
    await until(() => channel.left.length === 31, 'all of them');
    const order = channel.left.map(({ priority }) => priority);
    expect(order.slice(0, 9)).toEqual(Array(9).fill('notice'));
    expect(order.slice(9, 15)).toEqual(Array(6).fill('reply'));
    for (const { at } of channel.left) {
      const within = channel.left.filter((one) => one.at > at - 1000 && one.at <= at);
      expect(within.length).toBeLessThanOrEqual(10);
    }
    for (const to of lanes) expect(channel.texts(to).filter((text) => text === 'news')).toHaveLength(1);
  });

  it('does not hold up an answer in the same lane', async () => {
    const shop = await workshop(speaks);
    const to = lane('an');
    let release: (result: SendResult) => void = () => undefined;
    shop.channel.script = (text) =>
      text === 'news' ? new Promise((resolve) => (release = resolve)) : { outcome: 'sent' };
    await shop.body(to, notice('news'), 'n1');
    await until(() => shop.channel.texts(to).length === 1, 'the notice to be on its way');
    await shop.say(to, 'hỏi');
    await until(() => shop.channel.texts(to).includes('re hỏi'), 'the answer');
    release({ outcome: 'sent' });
    await settled(shop);
    expect(shop.channel.texts(to)).toEqual(['news', 're hỏi']);
  });

  it('may wait for hours, and is not replaced by an apology', async () => {
    const shop = await workshop(speaks);
    const to = lane('an');
    let refused = 0;
    shop.channel.script = () => {
      refused += 1;
      return refused < 3 ? { outcome: 'retry', afterMs: 1, reason: 'zalo.-133' } : { outcome: 'sent' };
    };
    await shop.body(to, notice('news'), 'n1');
    shop.clock.offset += 2 * HOUR;
    await until(() => shop.channel.texts(to).length === 3, 'the third try');
    await settled(shop);
    expect(shop.channel.texts(to)).toEqual(['news', 'news', 'news']);
  });

  it('tells its lane what the platform refused, once, after a restart too', async () => {
    const failures: JsonObject[] = [];
    const shop = await workshop(async (request) => {
      const { body } = request.event;
      if (body.kind === 'notice' && body.name === 'notice.failed') failures.push(body.data);
      return speaks(request);
    });
    const to = lane('an');
    shop.channel.script = () => ({ outcome: 'give-up', reason: 'zalo.-230' });
    await shop.body(to, notice('news'), 'n1');
    await until(() => failures.length === 1, 'the lane to hear of it');
    await settled(shop);
    await shop.crash();
    await shop.say(to, 'hỏi');
    await settled(shop);
    expect(failures).toEqual([{ id: 'n1', reason: 'zalo.-230' }]);
    expect(shop.seen).toContain('dead reply zalo.-230');
  });
});

async function settled({ engine, home }: Workshop): Promise<void> {
  await until(async () => {
    const { events, turns, replies: waiting } = engine.depth();
    const { outbox } = await home.turns.backlog();
    return events + turns + waiting + outbox === 0;
  }, 'the engine to be done');
}
