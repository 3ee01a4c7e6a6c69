// What the bot says on its own accord, in the citizen's turn: decides by notify/decide.ts, says it, puts it off to the morning or
// leaves it out, and keeps what was decided. Words and effects are the flows'.
import type { OutgoingActivity } from '../channels/activity.js';
import { templateActivity } from '../channels/activity.js';
import { windowAt, windowRefusal } from '../channels/windows.js';
import type { Conversation } from '../flows/conversation.js';
import { announced, noticeCame, stillWanted } from '../flows/converse.js';
import type { NoticeAbout, StepResult, Turn } from '../flows/flow.js';
import { type Decision, decideNotice, type SkipReason, templateFor } from '../flows/notify/decide.js';
import { filled } from '../flows/notify/templates.js';
import type { FlowRegistry } from '../flows/registry.js';
import { addressOf } from '../lib/ids.js';
import type { JsonObject } from '../lib/json.js';
import { putDocument } from '../records/documents.js';
import { NOTICE, type NoticeRecord, noticeId } from '../records/notice.js';
import type { NoticeBody } from '../turns/turn.js';
import type { BotServices } from './citizen-bot.js';
import { interactedAt, type Person } from './person.js';
import type { TurnWork } from './turn-adapter.js';

/** Timer that falls due when the quiet hours end. */
export const WAITING_NOTICES = 'notices';
/** Of one citizen; beyond it the oldest is left out. */
const MOST_WAITING = 20;
const BY_TEMPLATE = '~template';

/** A notice that waits in the lane's state, with the words it had when it came. */
export type Waiting = {
  id: string;
  name: string;
  data: JsonObject;
  say: JsonObject[];
  about: JsonObject;
  at: number;
};

/** A notice with everything its decision goes by. */
interface Telling extends Pick<NoticeBody, 'name' | 'data'> {
  /** Of its record. */
  id: string;
  result: StepResult;
  happenedAt: number;
}

interface Told {
  conversation: Conversation;
  waiting: Waiting[];
}

type Before = Told & { person: Person };

export class Announcer {
  constructor(
    private readonly services: BotServices,
    private readonly flows: FlowRegistry,
  ) {}

  /** Undefined when there is nothing to be told. */
  async tell(work: TurnWork, turn: Turn, { name, data }: NoticeBody, before: Before): Promise<Told | undefined> {
    const result = await noticeCame(this.flows, turn, { name, data });
    if (result === undefined) return undefined;
    const { event, now } = work.request;
    // Whatever becomes of the words, what the notice changes is changed now.
    const { say: _say, ...silent } = result;
    const changed = announced(this.flows, turn, silent, before.conversation);
    work.effects.push(...changed.effects);
    work.timers.push(...changed.timers);
    const { effects: _effects, timers: _timers, remember: _remember, ...words } = result;
    const happenedAt = result.notice?.at ?? now;
    const telling: Telling = { id: noticeId(turn.lane, event.id), name, data, result: words, happenedAt };
    return this.settle(work, turn, telling, { ...before, conversation: changed.conversation });
  }

  /** What waited for the quiet hours to end, in the order in which it came. */
  async tellWaiting(work: TurnWork, turnOf: (conversation: Conversation) => Turn, before: Before): Promise<Told> {
    let told: Told = { conversation: before.conversation, waiting: [] };
    for (const { id, name, data, say, about, at } of before.waiting) {
      const turn = turnOf(told.conversation);
      // Written by this code into this lane's state: their shape is known.
      const result: StepResult = { say: say as unknown as OutgoingActivity[], notice: about as NoticeAbout };
      const wanted = await stillWanted(this.flows, turn, { name, data });
      if (!wanted) result.notice = { ...result.notice, skip: 'unsubscribed' };
      told = await this.settle(work, turn, { id, name, data, result, happenedAt: at }, { ...before, ...told });
    }
    return told;
  }

  /** Delivery gave one up. Where only the window was in the way, an approved template may still arrive. */
  async failed(work: TurnWork, turn: Turn, { id: sent, reason }: JsonObject): Promise<void> {
    if (typeof sent !== 'string' || typeof reason !== 'string') return;
    const byTemplate = sent.endsWith(BY_TEMPLATE);
    const id = byTemplate ? sent.slice(0, -BY_TEMPLATE.length) : sent;
    await turn.recordsSettled();
    const record = (await this.services.documents.get(NOTICE, id))?.body;
    // Another part of the same notice may have failed before.
    if (record?.decision !== 'sent' || (record.via === 'template') !== byTemplate) return;
    const { event: name, data = {}, values, state } = record;
    const { rules } = this.services.notices;
    const rule =
      byTemplate || windowRefusal(reason) !== 'closed' || values === undefined
        ? undefined
        : templateFor(rules, { event: name, ...placeOf(turn), ...(state === undefined ? {} : { state }) });
    if (rule !== undefined && values !== undefined && (await stillWanted(this.flows, turn, { name, data }))) {
      const message = templateActivity(filled(this.services.texts, rule, values));
      work.notices.push({ id: `${id}${BY_TEMPLATE}`, message });
      this.keep(work, id, { ...record, reason: 'template', via: 'template', at: turn.now });
      return;
    }
    this.keep(work, id, { ...record, decision: 'failed', reason: reason.slice(0, 80), at: turn.now });
  }

  private async settle(work: TurnWork, turn: Turn, telling: Telling, before: Before): Promise<Told> {
    const { id, result } = telling;
    if ((result.say ?? []).length === 0 && result.notice?.skip === undefined) return before;
    const decision = await this.decide(turn, telling, before);
    switch (decision.do) {
      case 'message': {
        const { conversation, say } = announced(this.flows, turn, result, before.conversation);
        work.notices.push(...say.map((message) => ({ id, message })));
        if (say.length > 0) this.keepOf(work, telling, { decision: 'sent', reason: 'message', via: 'message' });
        return { conversation, waiting: before.waiting };
      }
      case 'template': {
        const message = templateActivity(filled(this.services.texts, decision.rule, result.notice?.values ?? {}));
        work.notices.push({ id: `${id}${BY_TEMPLATE}`, message });
        this.keepOf(work, telling, { decision: 'sent', reason: 'template', via: 'template' });
        return before;
      }
      case 'skip':
        this.keepOf(work, telling, { decision: 'skipped', reason: decision.reason });
        return before;
      case 'wait':
        work.timers.push({ type: 'set', name: WAITING_NOTICES, dueAt: decision.until });
        this.keepOf(work, telling, { decision: 'waiting', reason: 'quiet-hours' });
        return { ...before, waiting: this.queued(work, telling, before.waiting) };
    }
  }

  private async decide(
    turn: Turn,
    { name, result, happenedAt }: Telling,
    { person, waiting }: Before,
  ): Promise<Decision> {
    const { skip, values, state, patient } = result.notice ?? {};
    if (skip !== undefined) return { do: 'skip', reason: skip };
    const { now, lane } = turn;
    await turn.recordsSettled();
    const contact = await this.services.records.contact(lane);
    const at = interactedAt(person);
    const place = placeOf(turn);
    const decision = decideNotice(this.services.notices.rules, {
      ...place,
      now,
      event: name,
      ...(state === undefined ? {} : { state }),
      window: windowAt(place.channel, at, now).state,
      left: contact?.following === false,
      ...(at === undefined ? {} : { interactedAt: at }),
      // What came first is said first.
      patient: patient === true || waiting.length > 0,
      happenedAt,
    });
    return decision.do === 'template' && values === undefined ? { do: 'skip', reason: 'no-template' } : decision;
  }

  /** The list with this one in it; what it replaces and what there is no room for is left out for good. */
  private queued(work: TurnWork, { id, name, data, result, happenedAt }: Telling, waiting: readonly Waiting[]) {
    const { say = [], notice = {} } = result;
    const one: Waiting = {
      id,
      name,
      data,
      say: say as unknown as JsonObject[],
      about: notice as JsonObject,
      at: happenedAt,
    };
    const replaced = waiting.filter(
      (other) => notice.subject !== undefined && other.name === name && other.about.subject === notice.subject,
    );
    const left = [...waiting.filter((other) => !replaced.includes(other)), one];
    const crowded = left.slice(0, Math.max(0, left.length - MOST_WAITING));
    const give = (others: readonly Waiting[], reason: SkipReason) => {
      for (const other of others)
        this.keep(work, other.id, { event: other.name, decision: 'skipped', reason, at: work.request.now });
    };
    give(replaced, 'superseded');
    give(crowded, 'too-many-waiting');
    return left.slice(crowded.length);
  }

  private keepOf(
    work: TurnWork,
    { id, name, data, result }: Telling,
    decided: Pick<NoticeRecord, 'decision' | 'reason' | 'via'>,
  ): void {
    const { values, state } = result.notice ?? {};
    // What a template could still say is kept only where one may have to.
    const again = decided.via === 'message' && values !== undefined ? { data, values } : {};
    const states = state === undefined ? {} : { state };
    this.keep(work, id, { event: name, ...decided, ...again, ...states, at: work.request.now });
  }

  private keep({ effects }: TurnWork, id: string, record: NoticeRecord): void {
    effects.push({ type: 'record', change: putDocument(NOTICE, id, record) });
  }
}

function placeOf({ lane }: Turn) {
  const address = addressOf(lane);
  if (address === undefined) throw new Error('a notice belongs into a lane of a citizen');
  return { channel: address.channel, account: address.account };
}
