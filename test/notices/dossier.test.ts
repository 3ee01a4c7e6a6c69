// The portal's lane: what is new about a dossier, whatever order its events come in, and who hears of it.
import fc from 'fast-check';
import { DOSSIER_FOLLOWED } from '../../src/flows/notify/subscriptions.js';
import { MINUTE } from '../../src/lib/clock.js';
import { citizenLane, eventId, type LaneId, systemLane } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import { KeyedHash } from '../../src/lib/keyed-hash.js';
import { createPortalLaneHandler } from '../../src/notices/portal-lane.js';
import type { DossierAnswer } from '../../src/portal/portal.js';
import { putDocument } from '../../src/records/documents.js';
import { SUBSCRIPTION, subscriptionId } from '../../src/records/subscription.js';
import type { Effect, EventBody, TurnOutcome } from '../../src/turns/turn.js';
import { dossiers, FakeDocuments, NOW } from '../flows/town.js';

const CODE = 'H01.14-261101-0004';
const OLD_KEY = Buffer.alloc(32, 1);
const NEW_KEY = Buffer.alloc(32, 2);

class PortalLane {
  readonly documents = new FakeDocuments();
  readonly forgotten: string[] = [];
  data: JsonObject = {};
  /** What the portal answers when it is asked. */
  truth: DossierAnswer = { result: 'unavailable', reason: 'timeout' };
  now = NOW;
  private events = 0;
  private readonly handler;

  constructor(readonly keys = new KeyedHash([NEW_KEY], 'dossier')) {
    this.handler = createPortalLaneHandler({
      forgetDossier: (code) => void this.forgotten.push(code),
      requestSync: () => undefined,
      documents: this.documents,
      dossierKeys: keys,
      portal: { dossier: async () => this.truth },
      tasks: { tasks: {} } as never,
    });
  }

  follows(user: string, keys = this.keys, code = CODE): LaneId {
    const lane = citizenLane({ channel: 'zalo', account: '1', user });
    const key = keys.current(code);
    const known = { status: 1, at: NOW - MINUTE };
    const body = { code, procedure: 'Đăng ký khai sinh', key, since: NOW, known };
    this.documents.apply(lane, putDocument(SUBSCRIPTION, subscriptionId(lane, key), body));
    return lane;
  }

  async takes(body: EventBody): Promise<TurnOutcome> {
    this.events += 1;
    const outcome = await this.handler({
      event: {
        id: eventId(`e${this.events}`),
        lane: systemLane('portal', CODE),
        at: this.now,
        acceptedAt: this.now,
        late: false,
        body,
      },
      mode: 'bot',
      data: this.data,
      now: this.now,
      throws: 0,
      signal: new AbortController().signal,
      recordsSettled: async () => undefined,
    });
    this.data = JSON.parse(JSON.stringify(outcome.data));
    return outcome;
  }

  /** The lanes that hear of it. */
  async hears(status: number, occurredAt: number, more: JsonObject = {}): Promise<string[]> {
    const dossier = {
      code: CODE,
      procedureCode: '1.001193',
      procedureName: 'Đăng ký khai sinh',
      status,
      statusLabel: 'nhãn',
      agency: 'UBND xã Mẫu',
      submittedAt: NOW - 8 * 86_400_000,
      personal: { applicantName: 'Nguyễn Văn An', missingDocuments: [], history: [] },
      ...more,
    };
    const data = { dossier, applicantPhone: '0950001234' };
    return heard(await this.takes({ kind: 'portal-event', type: 'dossier.status-changed', occurredAt, data }));
  }
}

function heard({ effects }: Pick<TurnOutcome, 'effects'>): string[] {
  return effects.flatMap((effect) => (isNotice(effect) ? [effect.lane] : []));
}

function isNotice(effect: Effect): effect is Extract<Effect, { type: 'append' }> {
  return effect.type === 'append' && effect.body.kind === 'notice';
}

describe('a change at the portal', () => {
  it('goes to everybody who follows this dossier, and to nobody else', async () => {
    const portal = new PortalLane();
    const [an, binh] = [portal.follows('an'), portal.follows('binh')];
    portal.follows('chi', portal.keys, 'H01.14-261101-0005');
    expect((await portal.hears(4, NOW)).sort()).toEqual([an, binh]);
    expect(portal.forgotten).toEqual([CODE]);
  });

  it('carries nothing that is the applicant’s', async () => {
    const portal = new PortalLane();
    portal.follows('an');
    const outcome = await portal.takes({
      kind: 'portal-event',
      type: 'dossier.status-changed',
      occurredAt: NOW,
      data: {
        applicantPhone: '0950001234',
        dossier: {
          code: CODE,
          procedureCode: '1',
          procedureName: 'x',
          status: 5,
          statusLabel: 'y',
          agency: 'z',
          submittedAt: 1,
          personal: { applicantName: 'Nguyễn Văn An', statusReason: 'thiếu', missingDocuments: ['a'], history: [] },
        },
      },
    });
    const kept = JSON.stringify([outcome.effects, outcome.data]);
    expect(heard(outcome)).toHaveLength(1);
    expect(kept).not.toMatch(/Nguyễn|0950001234|thiếu|personal/);
  });

  it('is told once, however often it is announced', async () => {
    const portal = new PortalLane();
    portal.follows('an');
    const told = [];
    for (let time = 0; time < 5; time += 1) told.push(...(await portal.hears(4, NOW)));
    expect(told).toHaveLength(1);
  });

  it('changes nothing when it is older than what is known', async () => {
    const portal = new PortalLane();
    portal.follows('an');
    expect(await portal.hears(9, NOW + MINUTE)).toHaveLength(1);
    expect(await portal.hears(4, NOW)).toEqual([]);
    expect(await portal.hears(9, NOW + MINUTE)).toEqual([]);
    expect(await portal.hears(10, NOW + 2 * MINUTE)).toHaveLength(1);
  });

  it('is ordered by the portal where two happened in the same moment', async () => {
    const portal = new PortalLane();
    portal.follows('an');
    expect(await portal.hears(9, NOW)).toHaveLength(1);
    const dossier = dossiers.find(({ status }) => status === 9);
    if (dossier === undefined) throw new Error('there is such a dossier');
    const { dueAt: _dueAt, ...rest } = dossier;
    portal.truth = { result: 'found', dossier: { ...rest, code: CODE } };
    expect(await portal.hears(4, NOW)).toEqual([]);
    portal.truth = { result: 'unavailable', reason: 'timeout' };
    expect(await portal.hears(10, NOW)).toHaveLength(1);
  });

  it('is news as well when only the appointment moves', async () => {
    const portal = new PortalLane();
    portal.follows('an');
    expect(await portal.hears(4, NOW, { dueAt: NOW + 1 })).toHaveLength(1);
    expect(await portal.hears(4, NOW + 1, { dueAt: NOW + 2 })).toHaveLength(1);
    expect(await portal.hears(4, NOW + 2, { dueAt: NOW + 2 })).toEqual([]);
  });

  it('never leaves a subscriber behind the newest state, in whatever order and however often events come', async () => {
    const events = fc.array(
      fc.record({ status: fc.integer({ min: 1, max: 10 }), at: fc.integer({ min: 0, max: 8 }) }),
      {
        minLength: 1,
        maxLength: 12,
      },
    );
    await fc.assert(
      fc.asyncProperty(events, async (list) => {
        const portal = new PortalLane();
        portal.follows('an');
        let last = -1;
        let told = 0;
        for (const { status, at } of list) {
          const [lane] = await portal.hears(status, NOW + at);
          if (at < last) expect(lane).toBeUndefined();
          if (lane !== undefined) told += 1;
          last = Math.max(last, at);
        }
        expect(told).toBeGreaterThanOrEqual(1);
        expect(told).toBeLessThanOrEqual(list.length);
      }),
      { numRuns: 50 },
    );
  });
});

describe('many subscribers', () => {
  it('hear of it in turns of two hundred', async () => {
    const portal = new PortalLane();
    const lanes = Array.from({ length: 450 }, (_, index) => portal.follows(`u${index}`));
    const told = await portal.hears(4, NOW);
    expect(told).toHaveLength(200);
    const sizes = [];
    for (let turn = 0; turn < 5 && (portal.data.dossier as JsonObject).left !== undefined; turn += 1) {
      const outcome = await portal.takes({ kind: 'timer', name: 'fan-out', generation: turn, payload: null });
      sizes.push(heard(outcome).length);
      told.push(...heard(outcome));
    }
    expect(sizes).toEqual([200, 50]);
    expect(new Set(told)).toEqual(new Set(lanes));
  });

  it('are found under the key before as well, while DATA_KEY is being changed', async () => {
    const portal = new PortalLane(new KeyedHash([NEW_KEY, OLD_KEY], 'dossier'));
    const before = portal.follows('an', new KeyedHash([OLD_KEY], 'dossier'));
    const after = portal.follows('binh');
    expect((await portal.hears(4, NOW)).sort()).toEqual([before, after]);
  });
});

describe('a new subscriber', () => {
  const follow = (lane: LaneId, status: number, at: number): EventBody => ({
    kind: 'portal-task',
    task: DOSSIER_FOLLOWED,
    data: { code: CODE, lane, known: { status, at } },
  });

  it('hears at once what changed while they agreed, and nothing they know', async () => {
    const portal = new PortalLane();
    await portal.hears(9, NOW);
    const lane = citizenLane({ channel: 'messenger', account: '2', user: 'moi' });
    expect(heard(await portal.takes(follow(lane, 4, NOW - MINUTE)))).toEqual([lane]);
    expect(heard(await portal.takes(follow(lane, 9, NOW - MINUTE)))).toEqual([]);
    expect(heard(await portal.takes(follow(lane, 4, NOW + MINUTE)))).toEqual([]);
  });

  it('is nobody outside the citizens’ lanes', async () => {
    const portal = new PortalLane();
    await portal.hears(9, NOW);
    expect(heard(await portal.takes(follow('portal:x' as LaneId, 4, 0)))).toEqual([]);
  });
});
