// Access to the desk over real HTTP, on any home: an engine that takes the turns of its lanes, its routes, and browsers with a cookie.
import { randomBytes, scryptSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { accessRoutes } from '../../src/desk/access-routes.js';
import { DeskActions } from '../../src/desk/actions.js';
import { CsrfTokens } from '../../src/desk/csrf.js';
import { dutyRoutes } from '../../src/desk/duty-routes.js';
import { createFirstAdmin } from '../../src/desk/first-admin.js';
import { createDeskLaneHandler } from '../../src/desk/lanes/desk-lane.js';
import type { DeskRoute } from '../../src/desk/route.js';
import { createDeskRouter } from '../../src/desk/router.js';
import { DeskSessions } from '../../src/desk/sessions.js';
import { PasswordChecker } from '../../src/desk/sign-in.js';
import { StaffDirectory } from '../../src/desk/staff-directory.js';
import { staffIdOf, staffLane } from '../../src/desk/staff-ids.js';
import { staffRoutes } from '../../src/desk/staff-routes.js';
import type { Agencies, Agency } from '../../src/flows/handover/agencies.js';
import { KeyedHash } from '../../src/lib/keyed-hash.js';
import { silentLog } from '../../src/lib/log.js';
import { Sealer } from '../../src/lib/sealing.js';
import { AUDIT, type AuditLine } from '../../src/records/audit.js';
import type { Grant } from '../../src/records/staff.js';
import type { Home } from '../../src/storage/home.js';
import { Engine } from '../../src/turns/engine.js';
import { until } from '../storage/until.js';

export const PASSWORD = 'thuyen-giay-tren-song';
export const KEY = randomBytes(32);
const SYSTEM = { user: 'system', name: '' };

const agency = (id: string): Agency => ({ id, name: `Phường ${id}`, teams: [] }) as unknown as Agency;
const all = [agency('alpha'), agency('beta')];
export const AGENCIES: Agencies = {
  all,
  get: (id) => all.find((one) => one.id === id),
  ofAccount: () => agency('alpha'),
};

export interface StageOptions {
  home: Home;
  clock?: () => number;
  /** Beside those of access. */
  routes?: readonly DeskRoute[];
  publicUrl?: string;
  /** False: no turns are taken. */
  works?: boolean;
  waitMs?: number;
}

/** As it is stored, at a thousandth of the cost. */
function cheaply(password: string): string {
  const salt = randomBytes(16);
  const hash = scryptSync(password, salt, 32, { N: 16, r: 8, p: 1 });
  return ['scrypt', 16, 8, 1, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Each username and network of a stage has limits of its own where homes are shared. */
let stages = 0;

export async function accessStage({
  home,
  clock = Date.now,
  routes = [],
  publicUrl,
  works = true,
  waitMs,
}: StageOptions) {
  stages += 1;
  const engine = new Engine({
    store: home.turns,
    records: home.records,
    sealer: new Sealer([KEY]),
    partitions: home.partitions,
    handler: createDeskLaneHandler({ documents: home.documents }),
    channels: [],
    texts: { turnFailed: { type: 'message', text: '' }, repliesTooOld: { type: 'message', text: '' } },
    clock,
    observer: { accepted() {}, turn() {}, sent() {}, answered() {}, deadLetter() {} },
    log: silentLog,
    owner: `desk-${stages}`,
    works,
    tuning: { timerPollMs: 10, stopGraceMs: 500 },
  });
  const { documents, counters } = home;
  const { acceptor } = engine;
  const actions = new DeskActions({ acceptor, documents, clock, ...(waitMs === undefined ? {} : { waitMs }) });
  const staff = new StaffDirectory(documents, clock);
  const secure = publicUrl?.startsWith('https:') ?? false;
  const sessions = new DeskSessions({ sessions: home.sessions, staff, clock, secure });
  const csrf = new CsrfTokens(new KeyedHash([KEY], 'desk-csrf'));
  const keys = new KeyedHash([KEY], `desk-sign-in-${stages}`);
  const checker = new PasswordChecker({ staff, counters, actions, keys, clock });
  const services = { actions, staff, sessions, csrf, checker, documents, agencies: AGENCIES, clock };
  const desk = createDeskRouter({
    routes: [...accessRoutes(services), ...dutyRoutes(services), ...staffRoutes(services), ...routes],
    sessions,
    csrf,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    clock,
    log: silentLog,
  });
  const app = express();
  app.set('trust proxy', 1);
  app.use('/api/desk', desk.router);
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  await engine.start();
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/desk`;
  return {
    actions,
    staff,
    engine,
    base,
    browser: (headers: Record<string, string> = {}) => new Browser(base, headers),
    /** A member with this password of their own. */
    async member(username: string, grants: Grant[], password = PASSWORD): Promise<string> {
      const id = staffIdOf(username);
      const data = { username, name: `Cán bộ ${username}`, grants, password: cheaply(password) };
      await actions.perform(staffLane(id), 'staff.create', SYSTEM, data);
      const own = { password: data.password };
      await actions.perform(staffLane(id), 'staff.own-password', { user: id, name: '' }, own);
      await staff.fresh(id);
      return id;
    },
    firstAdmin: (username: string) =>
      createFirstAdmin({ username, password: PASSWORD }, { documents, actions, log: silentLog }),
    /** An agency's audit lines, the first one first, once there are as many. */
    async trail(of: string, atLeast = 0): Promise<AuditLine[]> {
      const read = async () => (await documents.find(AUDIT, { index: 'line', under: [of], limit: 500 })).documents;
      await until(async () => (await read()).length >= atLeast, `${atLeast} audit lines`);
      return (await read()).map(({ body }) => body);
    },
    async close() {
      desk.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await engine.stop();
    },
  };
}

export type AccessStage = Awaited<ReturnType<typeof accessStage>>;

export interface Answered {
  status: number;
  json: Record<string, unknown>;
  headers: Headers;
}

/** Keeps the cookie and the CSRF token as the desk's page does. */
export class Browser {
  cookie = '';
  csrf = '';

  constructor(
    private readonly base: string,
    private readonly headers: Record<string, string>,
  ) {}

  async signIn(username: string, password = PASSWORD): Promise<Answered> {
    const answer = await this.send('POST', '/sign-in', { username, password });
    if (answer.status === 200) this.csrf = String(answer.json.csrf);
    return answer;
  }

  get(path: string, more: Record<string, string> = {}): Promise<Answered> {
    return this.send('GET', path, undefined, more);
  }

  async send(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answered> {
    const answer = await fetch(this.base + path, {
      method,
      headers: {
        ...this.headers,
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(this.csrf === '' || method === 'GET' ? {} : { 'x-csrf-token': this.csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const set = answer.headers.get('set-cookie');
    if (set !== null) this.cookie = set.split(';', 1)[0] ?? '';
    const text = await answer.text();
    return {
      status: answer.status,
      json: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      headers: answer.headers,
    };
  }
}
