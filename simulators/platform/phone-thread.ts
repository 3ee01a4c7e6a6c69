// One conversation as the citizen's phone shows it, with the platform's own data beside each message, and the live stream of it.
import type { ServerResponse } from 'node:http';
import type { PhoneConversation, PhoneEvents, PhoneMessage, PhoneState } from './phone-view.js';

export interface ThreadEntry<Own> {
  view: PhoneMessage;
  /** What the platform needs to know about this message later: its buttons, its row in the history. */
  own: Own;
}

export class PhoneThread<Own> {
  readonly entries: ThreadEntry<Own>[] = [];
  state: PhoneState = 'new';
  #typing = false;
  readonly #streams = new Set<ServerResponse>();
  readonly #kept: number;

  /** @param kept newest messages that are remembered */
  constructor(kept = 500) {
    this.#kept = kept;
  }

  add(view: PhoneMessage, own: Own): void {
    this.entries.push({ view, own });
    if (this.entries.length > this.#kept * 2) this.entries.splice(0, this.entries.length - this.#kept);
    if (view.from !== 'citizen') this.setTyping(false);
    this.#emit('message', view);
  }

  find(id: string): ThreadEntry<Own> | undefined {
    return this.entries.findLast((entry) => entry.view.id === id);
  }

  /** Changes what a message shows (an edit, a reaction) and tells the phone. */
  change(id: string, change: Partial<PhoneMessage>): void {
    const entry = this.find(id);
    if (!entry) return;
    entry.view = { ...entry.view, ...change };
    this.#emit('message', entry.view);
  }

  setTyping(typing: boolean): void {
    if (this.#typing === typing) return;
    this.#typing = typing;
    this.#emit('typing', { typing });
  }

  setState(state: PhoneState): void {
    if (this.state === state) return;
    this.state = state;
    this.#emit('state', { state });
  }

  conversation(): PhoneConversation {
    const last = this.entries.at(-1);
    const messages = this.entries.map((entry) => (entry === last ? entry.view : { ...entry.view, quickReplies: [] }));
    return { messages, typing: this.#typing, state: this.state };
  }

  /** Server-sent events from now on; the page reads the past from the conversation. */
  stream(res: ServerResponse): void {
    res.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    res.write(': open\n\n');
    this.#streams.add(res);
    res.on('close', () => this.#streams.delete(res));
  }

  closeStreams(): void {
    for (const res of this.#streams) res.end();
    this.#streams.clear();
  }

  #emit<Name extends keyof PhoneEvents>(name: Name, data: PhoneEvents[Name]): void {
    if (this.#streams.size === 0) return;
    const text = `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
    for (const res of this.#streams) res.write(text);
  }
}
