// The desk's own lanes, one turn at a time, over records in memory.
import { createDeskLaneHandler } from '../../src/desk/lanes/desk-lane.js';
import { cannedLane, labelLane } from '../../src/desk/staff-ids.js';
import { DAY, HOUR } from '../../src/lib/clock.js';
import { eventId, type LaneId } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import type { AuditLine } from '../../src/records/audit.js';
import type { DayFigures, DeskOutcome } from '../../src/records/desk-records.js';
import type { Documents } from '../../src/records/documents.js';
import { auditLane, counted, figuresLane } from '../../src/turns/desk-action.js';
import type { TurnOutcome } from '../../src/turns/turn.js';

/** 2026-11-21, 23:30 in Vietnam. */
const LATE = Date.UTC(2026, 10, 21, 16, 30);
const BY = { user: 'u1', name: 'Lê Hoa' };

class Desk {
  private readonly records = new Map<string, JsonObject>();
  private readonly states = new Map<LaneId, JsonObject>();
  private events = 0;
  /** Audit lines that other lanes sent to theirs. */
  readonly audited: JsonObject[] = [];

  private readonly handler = createDeskLaneHandler({
    documents: {
      get: async (kind, id) => this.found(kind.name, id),
      find: async (kind, { under = [] }) => {
        const all = [...this.records.keys()].filter((key) => key.startsWith(`${kind.name}/${under[0]}:`));
        const last = all.sort((a, b) => Number(a.split(':').at(-1)) - Number(b.split(':').at(-1))).at(-1);
        const found = last === undefined ? undefined : await this.found(kind.name, last.slice(kind.name.length + 1));
        return { documents: found === undefined ? [] : [found] };
      },
    } as Pick<Documents, 'get' | 'find'>,
  });

  record<T>(kind: string, id: string): T | undefined {
    return this.records.get(`${kind}/${id}`) as T | undefined;
  }

  forget(lane: LaneId): void {
    this.states.delete(lane);
  }

  /** The code of its outcome, where it has one. */
  async act(lane: LaneId, action: string, data: JsonObject, at = LATE): Promise<string | undefined> {
    this.events += 1;
    const id = eventId(`e${this.events}`);
    const outcome: TurnOutcome = await this.handler({
      event: { id, lane, at, acceptedAt: at, late: false, body: { kind: 'desk-action', action, by: BY, data } },
      mode: 'bot',
      data: this.states.get(lane) ?? {},
      now: at,
      throws: 0,
      signal: new AbortController().signal,
      recordsSettled: async () => undefined,
    });
    this.states.set(lane, outcome.data);
    for (const effect of outcome.effects) {
      if (effect.type === 'append' && effect.body.kind === 'desk-action')
        this.audited.push({ lane: effect.lane, ...effect.body.data });
      if (effect.type !== 'record') continue;
      const { change } = effect;
      if (change.type === 'document') this.records.set(`${change.kind}/${change.id}`, change.body);
      if (change.type === 'document-remove') this.records.delete(`${change.kind}/${change.id}`);
    }
    return this.record<DeskOutcome>('desk-outcome', id)?.outcome;
  }

  private async found(kind: string, id: string) {
    const body = this.record<JsonObject>(kind, id);
    return body === undefined ? undefined : { id, lane: 'desk:x' as LaneId, body: body as never };
  }
}

describe('the lane of a canned answer', () => {
  const lane = cannedLane('c1');

  it('keeps it, changes it and takes it away again, each with a line in the trail', async () => {
    const desk = new Desk();
    const answer = { agency: 'alpha', title: 'Chào', text: 'Chào {name}' };
    expect(await desk.act(lane, 'canned.put', answer)).toBe('done');
    expect(desk.record('canned-answer', 'c1')).toEqual({ ...answer, changedAt: LATE });
    expect(await desk.act(lane, 'canned.put', { ...answer, agency: 'beta', was: 'alpha' })).toBe('done');
    expect(await desk.act(lane, 'canned.remove', { agency: 'beta' })).toBe('done');
    expect(desk.record('canned-answer', 'c1')).toBeUndefined();
    expect(desk.audited.map(({ lane, action }) => `${lane} ${action}`)).toEqual([
      'desk:audit:alpha canned.put',
      'desk:audit:alpha canned.put',
      'desk:audit:beta canned.put',
      'desk:audit:beta canned.remove',
    ]);
    expect(JSON.stringify(desk.audited)).not.toContain('Chào');
  });

  it('is left alone by who may only change those of another agency', async () => {
    const desk = new Desk();
    await desk.act(lane, 'canned.put', { agency: 'alpha', title: 'a', text: 'b' });
    expect(await desk.act(lane, 'canned.put', { agency: 'beta', title: 'x', text: 'y' })).toBe('canned.elsewhere');
    expect(await desk.act(lane, 'canned.remove', { agency: 'beta' })).toBe('canned.elsewhere');
    expect(desk.record('canned-answer', 'c1')).toMatchObject({ agency: 'alpha', title: 'a' });
  });

  it.each([
    ['canned.remove', { agency: 'alpha' }, 'canned.unknown'],
    ['canned.put', { agency: 'alpha', title: '', text: 'x' }, 'desk.bad-data'],
    ['canned.put', { agency: 'alpha', title: 'x', text: 'x', extra: 1 }, 'desk.bad-data'],
    ['canned.burn', { agency: 'alpha' }, 'desk.unknown-action'],
  ])('refuses %s %j: %s', async (action, data, outcome) => {
    expect(await new Desk().act(lane, action, data)).toBe(outcome);
  });
});

describe('the lane of a meaning', () => {
  it('keeps what staff said, and who', async () => {
    const desk = new Desk();
    expect(await desk.act(labelLane('e-7'), 'label.put', { agency: '*', intent: 'staff.request' })).toBe('done');
    expect(desk.record('meaning-label', 'e-7')).toEqual({ intent: 'staff.request', by: 'u1', at: LATE });
    expect(await desk.act(labelLane('e-8'), 'label.put', { agency: '*' })).toBe('desk.bad-data');
  });
});

describe('the lane of a day’s figures', () => {
  const lane = figuresLane('alpha');
  const figures = (desk: Desk, day: string) => desk.record<DayFigures>('day-figures', `alpha:${day}`);
  const count = (desk: Desk, figure: 'opened' | 'closed' | 'answered', at: number, ms = 0) => {
    const effect = counted(at, 'alpha', figure, ms);
    const data = effect.type === 'append' && effect.body.kind === 'desk-action' ? effect.body.data : {};
    return desk.act(lane, 'figures.count', data, at);
  };

  it('counts by the day and hour in Vietnam, and late ones still for their own day', async () => {
    const desk = new Desk();
    await count(desk, 'opened', LATE);
    await count(desk, 'opened', LATE + HOUR);
    await count(desk, 'opened', LATE + 60);
    await count(desk, 'answered', LATE, 5000);
    await count(desk, 'closed', LATE, 7000);
    const today = figures(desk, '2026-11-21');
    expect(today).toMatchObject({ agency: 'alpha', opened: 2, answered: 1, closed: 1, firstAnswerMs: 5000 });
    expect(today?.hours[23]).toBe(2);
    expect(today?.hours.reduce((sum, n) => sum + n)).toBe(2);
    expect(figures(desk, '2026-11-22')).toMatchObject({ opened: 1 });
    expect(figures(desk, '2026-11-22')?.hours[0]).toBe(1);
  });

  it('goes on from the record where the lane has forgotten the day', async () => {
    const desk = new Desk();
    await count(desk, 'opened', LATE);
    for (const days of [1, 2, 3]) await count(desk, 'opened', LATE + days * DAY);
    await count(desk, 'opened', LATE);
    desk.forget(lane);
    await count(desk, 'opened', LATE);
    expect(figures(desk, '2026-11-21')).toMatchObject({ opened: 3 });
  });
});

describe('the lane of an audit trail', () => {
  const lane = auditLane('*');
  const line = { by: 'u1', action: 'sign-in', object: 'staff:u1', detail: {} };

  it('goes on with its chain where the lane has forgotten it', async () => {
    const desk = new Desk();
    for (let i = 0; i < 11; i += 1) await desk.act(lane, 'audit.append', line);
    desk.forget(lane);
    await desk.act(lane, 'audit.append', line);
    const last = desk.record<AuditLine>('audit', '*:12');
    expect(last?.before).toBe(desk.record<AuditLine>('audit', '*:11')?.hash);
  });

  it('cuts what is too long instead of leaving the line out', async () => {
    const desk = new Desk();
    await desk.act(lane, 'audit.append', { ...line, object: 'x'.repeat(500), detail: { what: 'y'.repeat(500) } });
    expect(desk.record<AuditLine>('audit', '*:1')?.object).toHaveLength(200);
  });

  it('does not take what is no line: it ends in the dead letters', async () => {
    await expect(new Desk().act(lane, 'audit.append', { by: 'u1' })).rejects.toThrow();
  });
});

describe('a lane of the desk that nobody knows', () => {
  it.each(['desk:unknown:1', 'desk:toString:1', 'desk:'])('is left as it is (%s)', async (lane) => {
    const desk = new Desk();
    expect(await desk.act(lane as LaneId, 'canned.put', {})).toBeUndefined();
    expect(desk.audited).toEqual([]);
  });
});
