// A citizen for the conversation tests: writes and taps over the whole turn handler, and reads what comes back.
import { createTurnHandler } from '../../src/bot/handler.js';
import type { OutgoingActivity } from '../../src/channels/activity.js';
import { HOME } from '../../src/flows/home/texts.js';
import { citizenLane, eventId } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import type { Contact } from '../../src/records/records.js';
import type { EventBody, LaneMode, TurnHandler, TurnOutcome } from '../../src/turns/turn.js';
import type { Town } from './town.js';
import { NOW, texts, town } from './town.js';

/** Of the privacy notice that everybody here has seen. */
export const NOTICE = texts.format(HOME.noticeVersion);

export class Citizen {
  readonly lane;
  readonly town: Town;
  private readonly handler: TurnHandler;
  private events = 0;
  data: JsonObject = {};
  mode: LaneMode = 'bot';
  now = NOW;
  last: TurnOutcome = { mode: 'bot', data: {}, replies: [], effects: [], timers: [] };
  /** Everything any turn returned, for searching what must not be in there. */
  readonly history: TurnOutcome[] = [];

  constructor(options: { town?: Town; user?: string; contact?: Omit<Contact, 'lane'>; noticed?: boolean } = {}) {
    this.town = options.town ?? town();
    this.lane = citizenLane({ channel: 'zalo', account: 'oa', user: options.user ?? 'u1' });
    const contact = options.contact === undefined ? undefined : { lane: this.lane, ...options.contact };
    this.handler = createTurnHandler({ ...this.town, records: { ...this.town.records, contact: async () => contact } });
    if (options.noticed !== false)
      this.data = { user: { person: { v: 1, notice: NOTICE, seenHour: Math.floor(NOW / 3_600_000) } } };
  }

  async does(body: EventBody): Promise<string> {
    this.events++;
    this.town.counters.now = this.now;
    const outcome = await this.handler({
      event: {
        id: this.eventId,
        lane: this.lane,
        at: this.now,
        acceptedAt: this.now,
        late: false,
        body,
      },
      mode: this.mode,
      data: this.data,
      now: this.now,
      throws: 0,
      signal: new AbortController().signal,
      recordsSettled: async () => undefined,
    });
    // The engine keeps state as JSON: whatever is no JSON would be lost or changed here.
    this.data = JSON.parse(JSON.stringify(outcome.data));
    this.mode = outcome.mode;
    this.last = outcome;
    this.history.push(outcome);
    for (const effect of outcome.effects)
      if (effect.type === 'record') this.town.documents.apply(this.lane, effect.change);
    return this.heard;
  }

  /** Of the last event. */
  get eventId() {
    return eventId(`${this.lane}:e${this.events}`);
  }

  says(text: string): Promise<string> {
    return this.does({ kind: 'text', text, messageId: `m${this.events}` });
  }

  taps(payload: string): Promise<string> {
    return this.does({ kind: 'tap', payload });
  }

  /** Taps the button with this title in the last answer. */
  presses(title: string): Promise<string> {
    const button = this.buttons.find((one) => one.title === title);
    if (button === undefined)
      throw new Error(`no button "${title}" among: ${this.buttons.map((one) => one.title).join(' | ')}`);
    return this.does({ kind: 'tap', payload: button.payload, title });
  }

  /** Replies, then what the bot said on its own accord. */
  get said(): OutgoingActivity[] {
    return [...this.last.replies, ...(this.last.notices ?? []).map(({ message }) => message)];
  }

  /** What the last answer says, messages joined. */
  get heard(): string {
    return this.said.map(({ text }) => text).join('\n---\n');
  }

  get buttons(): { title: string; payload: string }[] {
    return this.said.flatMap(buttonsOf);
  }
}

export function buttonsOf({ suggestedActions }: OutgoingActivity): { title: string; payload: string }[] {
  return (suggestedActions?.actions ?? []).map(({ title, value }) => ({ title, payload: String(value) }));
}

/** `>` the citizen writes, `*` presses, `!` taps a payload; other lines must all stand in the answer, `-` ones must not. */
export async function converses(citizen: Citizen, script: string): Promise<void> {
  for (const line of script
    .split('\n')
    .map((one) => one.trim())
    .filter((one) => one !== '')) {
    const [mark, rest] = [line[0], line.slice(1).trim()];
    if (mark === '>') await citizen.says(rest);
    else if (mark === '*') await citizen.presses(rest);
    else if (mark === '!') await citizen.taps(rest);
    else if (mark === '-') expect(citizen.heard).not.toContain(rest);
    else expect(citizen.heard).toContain(line);
  }
}
