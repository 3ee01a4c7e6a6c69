// One of several who work at the desk, each with a sign-in of their own, at a bot whose clock may be moved.
import { randomUUID } from 'node:crypto';
import type { GivenPassword, Me, Queue, TicketRow } from '../../src/desk/api.js';
import type { Grant } from '../../src/records/staff.js';

export const ADMIN = { username: 'quantri', password: 'mat-khau-dau-tien-2026' };

export interface Answered {
  status: number;
  json: Record<string, unknown>;
}

export class Colleague {
  private cookie = '';
  private csrf = '';
  /** Of the staff member. */
  id = '';

  constructor(
    private readonly url: string,
    private readonly username: string,
    private password: string,
  ) {}

  /** The first administrator, with their own password. */
  static async admin(url: string): Promise<Colleague> {
    const admin = new Colleague(url, ADMIN.username, ADMIN.password);
    await admin.begin();
    return admin;
  }

  /** A colleague whom the administrator adds. */
  async adds(username: string, name: string, grants: Grant[]): Promise<Colleague> {
    const { password } = (await this.must('POST', '/staff', { username, name, grants })) as unknown as GivenPassword;
    const officer = new Colleague(this.url, username, password);
    await officer.begin();
    return officer;
  }

  /** The same person, signed in at another process. */
  async alsoAt(url: string): Promise<Colleague> {
    const there = new Colleague(url, this.username, this.password);
    await there.signIn();
    return there;
  }

  async signIn(): Promise<void> {
    const { id, csrf } = (await this.must('POST', '/sign-in', {
      username: this.username,
      password: this.password,
    })) as unknown as Me;
    this.id = id;
    this.csrf = csrf;
  }

  onDuty(): Promise<unknown> {
    return this.must('PUT', '/duty', { onDuty: true });
  }

  async queue(view = 'waiting'): Promise<TicketRow[]> {
    return ((await this.must('GET', `/queue?view=${view}`)) as unknown as Queue).items;
  }

  act(ticket: string, action: string, body?: object): Promise<Answered> {
    return this.call('POST', `/tickets/${ticket}/${action}`, body);
  }

  reply(ticket: string, text: string): Promise<Answered> {
    return this.act(ticket, 'reply', { key: randomUUID(), text });
  }

  async call(method: string, path: string, body?: object): Promise<Answered> {
    const { origin } = new URL(this.url);
    const response = await fetch(`${this.url}/api/desk${path}`, {
      method,
      headers: {
        origin,
        'sec-fetch-site': 'same-origin',
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(method === 'GET' ? {} : { 'x-csrf-token': this.csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const [cookie] = response.headers.getSetCookie();
    if (cookie !== undefined) this.cookie = cookie.split(';')[0] ?? '';
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  }

  private async must(method: string, path: string, body?: object): Promise<Record<string, unknown>> {
    const { status, json } = await this.call(method, path, body);
    if (status !== 200) throw new Error(`the desk answered ${method} ${path} with ${status} ${JSON.stringify(json)}`);
    return json;
  }

  /** Signs in for the first time, with a password of their own from now on. */
  private async begin(): Promise<void> {
    await this.signIn();
    const next = `mat-khau-rieng-${randomUUID()}`;
    await this.must('POST', '/password', { current: this.password, next });
    this.password = next;
    await this.signIn();
  }
}
