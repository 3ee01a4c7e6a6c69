// An officer at the desk, over HTTP as the page does it: signed in, with the cookie and the token of the session.

import { randomUUID } from 'node:crypto';
import type { Entries, EntryView, Me, Queue, QueueView, Reply, TicketRow, Uploaded } from '../../src/desk/api.js';
import { until } from '../storage/until.js';
import type { Settings } from './bot-process.js';
import type { Stage } from './stage.js';

const FIRST = 'to-giay-dau-tien-2026';
const OWN = 'thuyen-giay-tren-song-hau';

/** For the stage: the first administrator, who supervises as well. */
export const DESK: Settings = { DESK_ADMIN_USERNAME: 'quan-tri', DESK_ADMIN_PASSWORD: FIRST };

export class Officer {
  #cookie = '';
  #csrf = '';

  private constructor(private readonly base: string) {}

  /** Signs in, with a password of their own. */
  static async signIn(stage: Stage): Promise<Officer> {
    const officer = new Officer(`${stage.bot.url}/api/desk`);
    const first = await officer.call('POST', '/sign-in', { username: 'quan-tri', password: FIRST });
    if (first.status === 200) {
      officer.#csrf = ((await first.json()) as Me).csrf;
      await officer.done('POST', '/password', { current: FIRST, next: OWN });
    } else {
      const again = await officer.call('POST', '/sign-in', { username: 'quan-tri', password: OWN });
      officer.#csrf = ((await again.json()) as Me).csrf;
    }
    return officer;
  }

  /** What must stand nowhere: the cookie’s value, the token, the passwords. */
  get secrets(): string[] {
    return [this.#cookie.split('=')[1] ?? '', this.#csrf, FIRST, OWN];
  }

  async call(
    method: string,
    path: string,
    body?: object | Buffer,
    type = 'application/json',
    fileName?: string,
  ): Promise<Response> {
    const response = await fetch(this.base + path, {
      method,
      headers: {
        ...(this.#cookie === '' ? {} : { cookie: this.#cookie }),
        ...(this.#csrf === '' ? {} : { 'x-csrf-token': this.#csrf }),
        ...(body === undefined ? {} : { 'content-type': type }),
        ...(fileName === undefined ? {} : { 'x-file-name': encodeURIComponent(fileName) }),
      },
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.#cookie = cookie.split(';', 1)[0] ?? '';
    return response;
  }

  /** The answer of what must succeed. */
  async done<T>(method: string, path: string, body?: object | Buffer, type?: string, fileName?: string): Promise<T> {
    const response = await this.call(method, path, body, type, fileName);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  /** The code of a refusal. */
  async refused(method: string, path: string, body?: object | Buffer, type?: string): Promise<string> {
    const response = await this.call(method, path, body, type);
    return `${response.status} ${((await response.json()) as { error?: string }).error}`;
  }

  /** Waits until exactly one conversation stands there. */
  async only(view: QueueView): Promise<TicketRow> {
    let rows: TicketRow[] = [];
    await until(async () => {
      rows = (await this.done<Queue>('GET', `/queue?view=${view}`)).items;
      return rows.length === 1;
    }, `one conversation under ${view}`);
    const [row] = rows;
    if (row === undefined) throw new Error('none');
    return row;
  }

  claim(ticket: string): Promise<object> {
    return this.done('POST', `/tickets/${ticket}/claim`);
  }

  reply(ticket: string, reply: Omit<Reply, 'key'>): Promise<object> {
    return this.done('POST', `/tickets/${ticket}/reply`, { key: randomUUID(), ...reply });
  }

  upload(ticket: string, name: string, bytes: Buffer, type: string): Promise<Uploaded> {
    return this.done('POST', `/tickets/${ticket}/files`, bytes, type, name);
  }

  async entries(ticket: string): Promise<EntryView[]> {
    return (await this.done<Entries>('GET', `/tickets/${ticket}/entries`)).entries;
  }

  /** Waits for an entry. */
  async sees(ticket: string, holds: (entry: EntryView) => boolean, what: string): Promise<EntryView> {
    let found: EntryView | undefined;
    await until(async () => {
      found = (await this.entries(ticket)).find(holds);
      return found !== undefined;
    }, what);
    if (found === undefined) throw new Error(what);
    return found;
  }
}
