// The whole desk over real HTTP: its routes, an engine that runs the desk's lanes, and an embedded home in a folder of its own. Two
// agencies with an account each; staff are put in and signed in without the cost of passwords.

import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { CsrfTokens } from '../../src/desk/csrf.js';
import { createDesk, type Desk, type DeskParts } from '../../src/desk/desk.js';
import { createDeskLaneHandler } from '../../src/desk/lanes/desk-lane.js';
import type { DeskRoute } from '../../src/desk/route.js';
import { DeskSessions } from '../../src/desk/sessions.js';
import { StaffDirectory } from '../../src/desk/staff-directory.js';
import { staffLane } from '../../src/desk/staff-ids.js';
import { readCategories } from '../../src/flows/feedback/categories.js';
import { type Agencies, readAgencies } from '../../src/flows/handover/agencies.js';
import { addressOf, citizenLane, type LaneId, systemLane } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import { KeyedHash } from '../../src/lib/keyed-hash.js';
import { silentLog } from '../../src/lib/log.js';
import { readWorkingDays } from '../../src/lib/working-days.js';
import { AUDIT, type AuditLine } from '../../src/records/audit.js';
import { type DocumentKind, putDocument } from '../../src/records/documents.js';
import type { RecordChange } from '../../src/records/records.js';
import { type Grant, STAFF_MEMBER, type StaffMember } from '../../src/records/staff.js';
import type { Ticket } from '../../src/records/ticket.js';
import type { TurnHandler } from '../../src/turns/turn.js';
import { closeWorkshops, outcome, type Workshop, workshop } from '../turns/workshop.js';

const ROOT = join(__dirname, '../..');
const SECRET = Buffer.alloc(32, 7);

export const ALPHA = 'phuong-alpha';
export const BETA = 'phuong-beta';

const hours = `hours: { mon: ["07:30-17:00"], tue: ["07:30-17:00"], wed: ["07:30-17:00"], thu: ["07:30-17:00"], fri: ["07:30-17:00"] }
  targets:
    urgent: { firstAnswer: 5, nextAnswer: 10, resolution: 120 }
    high: { firstAnswer: 10, nextAnswer: 20, resolution: 240 }
    normal: { firstAnswer: 20, nextAnswer: 30, resolution: 480 }
    low: { firstAnswer: 60, nextAnswer: 120, resolution: 1440 }
  handBackAfterMinutes: 30
  reopenWithinMinutes: 1440`;

export const AGENCIES: Agencies = readAgencies(
  `
- id: ${ALPHA}
  name: Phường Alpha
  teams: [{ id: tiep-nhan, name: Tiếp nhận }]
  accounts: ["zalo:1"]
  ${hours}
- id: ${BETA}
  name: Phường Beta
  accounts: ["zalo:2"]
  ${hours}
`,
  readWorkingDays(readFileSync(join(ROOT, 'calendar', 'vietnam.yaml'), 'utf8')),
);

export const laneIn = (agency: string, user: string): LaneId =>
  citizenLane({ channel: 'zalo', account: agency === ALPHA ? '1' : '2', user });

export interface Browser {
  id: string;
  /** Of every request: the cookie and the token. */
  headers: Readonly<Record<string, string>>;
  get(path: string, signal?: AbortSignal): Promise<Response>;
  send(method: string, path: string, body?: unknown): Promise<Response>;
  /** The same from a page that is not the desk's: it has the cookie alone. */
  withoutToken(method: string, path: string, body?: unknown): Promise<Response>;
  upload(path: string, bytes: Buffer, type: string, name?: string): Promise<Response>;
}

export interface OfficeStage {
  shop: Workshop;
  desk: Desk;
  url: string;
  /** Stores a document as its lane would. */
  put<T extends JsonObject>(kind: DocumentKind<T>, id: string, body: T, lane?: LaneId): Promise<void>;
  apply(lane: LaneId, changes: readonly RecordChange[]): Promise<void>;
  /** A member of staff with these grants, signed in. */
  signIn(name: string, ...grants: Grant[]): Promise<Browser>;
  /** An agency's audit lines, the first one first. */
  trail(agency: string): Promise<AuditLine[]>;
  close(): Promise<void>;
}

const servers = new Set<Server>();
/** Below whatever the lanes themselves write, so that they can change it. */
let written = -1_000_000_000;

/** `citizens`: takes what staff do in citizens' lanes; without it nothing becomes of it. */
export async function officeStage(
  citizens?: TurnHandler,
  parts: Partial<Pick<DeskParts, 'catalogue' | 'portal'>> = {},
): Promise<OfficeStage> {
  let deskLanes: TurnHandler | undefined;
  const shop = await workshop(async (request) => {
    const take = addressOf(request.event.lane) === undefined ? deskLanes : citizens;
    return take === undefined ? outcome(request) : take(request);
  });
  const { home, engine } = shop;
  deskLanes = createDeskLaneHandler({ documents: home.documents });
  const clock = () => Date.now() + shop.clock.offset;
  const desk = createDesk({
    documents: home.documents,
    records: home.records,
    blobs: home.blobs,
    counters: home.counters,
    agencies: AGENCIES,
    clock,
    log: silentLog,
    acceptor: engine.acceptor,
    sessions: home.sessions,
    secrets: [SECRET],
    persons: new KeyedHash([SECRET], 'person'),
    deadLetters: engine.deadLetters,
    catalogue: { search: () => [], get: () => undefined, ...parts.catalogue },
    portal: { dossier: async () => ({ result: 'unavailable', reason: 'not-configured' }), ...parts.portal },
    exclusively: async () => undefined,
    categories: readCategories(readFileSync(join(ROOT, 'intents', 'categories', 'feedback.yaml'), 'utf8')),
  });
  const staff = new StaffDirectory(home.documents, clock);
  const sessions = new DeskSessions({ sessions: home.sessions, staff, clock, secure: false });
  const csrf = new CsrfTokens(new KeyedHash([SECRET], 'desk-csrf'));

  const app = express();
  app.use('/api/desk', desk.router);
  const server = createServer(app);
  servers.add(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/desk`;

  const stage: OfficeStage = {
    shop,
    desk,
    url,
    put: (kind, id, body, lane = systemLane('desk', 'stage')) => stage.apply(lane, [putDocument(kind, id, body)]),
    async apply(lane, changes) {
      await home.records.apply(
        changes.map((change) => {
          written += 1;
          return { id: `stage#${written}`, lane, laneSeq: written, change };
        }),
      );
    },
    async signIn(name, ...grants) {
      const id = `s-${name}`;
      const member: StaffMember = {
        username: name,
        name: `Cán bộ ${name}`,
        grants,
        password: `scrypt$${name}`,
        mustChange: false,
        disabled: false,
        createdAt: 1,
        changedAt: 1,
      };
      await stage.put(STAFF_MEMBER, id, member, staffLane(id));
      const { session, cookie } = await sessions.begin(id, member);
      const own = { cookie: cookie.split(';')[0] ?? '' };
      const headers = { ...own, 'x-csrf-token': csrf.tokenOf(session) };
      return {
        id,
        headers,
        get: (path, signal) => fetch(url + path, { headers, ...(signal === undefined ? {} : { signal }) }),
        send: (method, path, body) => fetch(url + path, { method: method.toUpperCase(), ...bodyOf(body, headers) }),
        withoutToken: (method, path, body) => fetch(url + path, { method: method.toUpperCase(), ...bodyOf(body, own) }),
        upload: (path, bytes, type, name = '') =>
          fetch(url + path, {
            method: 'POST',
            headers: { ...headers, 'content-type': type, 'x-file-name': encodeURIComponent(name) },
            body: new Uint8Array(bytes),
          }),
      };
    },
    async trail(agency) {
      const page = await home.documents.find(AUDIT, { index: 'line', under: [agency], limit: 100 });
      return page.documents.map(({ body }) => body);
    },
    async close() {
      await desk.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      servers.delete(server);
    },
  };
  return stage;
}

function bodyOf(body: unknown, headers: Record<string, string>): RequestInit {
  if (body === undefined) return { headers };
  return { headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

export async function closeStages(): Promise<void> {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers.clear();
  await closeWorkshops();
}

/** `:name` of a path, filled in. */
export function filled({ path }: Pick<DeskRoute, 'path'>, params: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? name));
}

/** A waiting ticket of an agency, changed as told. */
export function ticket(agency: string, change: Partial<Ticket> = {}): Ticket {
  const at = change.openedAt ?? Date.UTC(2026, 10, 20, 3);
  return {
    agency,
    reason: 'asked',
    priority: 2,
    status: 'waiting',
    tags: [],
    openedAt: at,
    waitingSince: at,
    changedAt: at,
    lastCitizenAt: at,
    unanswered: 1,
    reopened: 0,
    targets: { firstAnswer: { dueAt: at + 1_200_000 }, resolution: { dueAt: at + 28_800_000 } },
    history: [{ at, action: 'opened' }],
    revision: 1,
    ...change,
  };
}
