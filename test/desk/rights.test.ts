// Who may do what: every route of the desk, by every role, about one's own agency and another. The table of permissions
// (src/desk/permissions.ts) decides, and nothing else; each answer is as docs/desk-api.yaml describes it.
import { can, type Permission, ROLE_PERMISSIONS } from '../../src/desk/permissions.js';
import type { DeskRoute } from '../../src/desk/route.js';
import { ROLES, type Role } from '../../src/records/staff.js';
import { outcomeOf } from '../../src/turns/desk-action.js';
import { outcome } from '../turns/workshop.js';
import { faults, OPERATIONS } from './described.js';
import { ALPHA, BETA, type Browser, closeStages, filled, type OfficeStage, officeStage } from './office-stage.js';
import { type Case, cases, furnish, type Wanted } from './rights-cases.js';

let stage: OfficeStage;
let table: Record<string, Case>;

beforeAll(async () => {
  // Citizens' lanes say yes to everything: what they decide is tested elsewhere.
  stage = await officeStage(async (request) => {
    const { body } = request.event;
    if (body.kind !== 'desk-action') return outcome(request);
    return outcome(request, { effects: [outcomeOf(request.event, request.now, 'done')] });
  });
  for (const agency of [ALPHA, BETA]) await furnish(stage, agency);
  table = cases(stage);
});
afterAll(closeStages);

const nameOf = ({ method, path }: DeskRoute) => `${method} ${path}`;
const guarded = () => stage.desk.routes.filter(({ needs }) => needs !== 'public');

async function ask(who: Browser, route: DeskRoute, { query = {}, params = {}, body, bytes }: Wanted) {
  const search = new URLSearchParams(query).toString();
  const path = filled(route, params) + (search === '' ? '' : `?${search}`);
  const leaving = new AbortController();
  const response = await (route.method === 'get'
    ? who.get(path, leaving.signal)
    : bytes === undefined
      ? who.send(route.method, path, body)
      : who.upload(path, bytes, 'image/png'));
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  if (type === 'text/event-stream') {
    leaving.abort();
    return { status: response.status, type, json: undefined, text: '' };
  }
  const text = await response.text();
  const json = type === 'application/json' ? (JSON.parse(text) as unknown) : undefined;
  return { status: response.status, type, json, text };
}

/** The answer, checked against its description. */
async function statusOf(who: Browser, route: DeskRoute, wanted: Wanted): Promise<number> {
  const { status, type, json } = await ask(who, route, wanted);
  const operation = OPERATIONS.find(({ method, path }) => method === route.method && path === route.path);
  if (operation === undefined) throw new Error(`${nameOf(route)} is not described`);
  const wrong = faults(operation, status, type, json);
  if (wrong.length > 0) throw new Error(`${nameOf(route)}: ${wrong.join('; ')}`);
  return status;
}

/** `signed-in` is enough for some; canned answers are for those who answer and those who write them. */
function mayAnywhere(role: Role, { needs, method, path }: DeskRoute): boolean {
  const has = (permission: Permission) => ROLE_PERMISSIONS[role].includes(permission);
  if (method === 'get' && path === '/canned') return has('tickets.work') || has('content.edit');
  return needs === 'signed-in' || needs === 'public' || has(needs);
}

function caseOf(route: DeskRoute): Case {
  const found = table[nameOf(route)];
  if (found === undefined) throw new Error(`${nameOf(route)} has no case`);
  return found;
}

describe('the rights of staff', () => {
  it('are tested for every route there is', () => {
    expect(Object.keys(table).sort()).toEqual(guarded().map(nameOf).sort());
  });

  it.each(ROLES)(
    'are those of the table of permissions: %s',
    async (role) => {
      const found: string[] = [];
      const expected: string[] = [];
      for (const [i, route] of guarded().entries()) {
        const one = caseOf(route);
        const who = await stage.signIn(`${role}-${i}`, { agency: ALPHA, role });
        const may = mayAnywhere(role, route);
        const own = await statusOf(who, route, await one.of(ALPHA, who.id));
        found.push(`${nameOf(route)} own ${own}`);
        expected.push(`${nameOf(route)} own ${may ? (one.allowed ?? 200) : 403}`);
        if (one.elsewhere === 'none') continue;
        const other = await statusOf(who, route, await one.of(BETA, who.id));
        found.push(`${nameOf(route)} other ${other}`);
        expected.push(`${nameOf(route)} other ${may ? (one.elsewhere ?? 404) : 403}`);
      }
      expect(found).toEqual(expected);
    },
    120_000,
  );

  it('show nothing of another agency where none is named', async () => {
    const who = await stage.signIn('of-alpha', ...ROLES.map((role) => ({ agency: ALPHA, role })));
    for (const route of guarded()) {
      if (route.method !== 'get' || route.path.includes(':') || route.path === '/agencies') continue;
      const { query: { agency: _, ...query } = {} } = await caseOf(route).of(ALPHA, who.id);
      const { status, text } = await ask(who, route, { query });
      // Colleagues are asked for by agency alone.
      expect([nameOf(route), status]).toEqual([nameOf(route), route.path === '/colleagues' ? 400 : 200]);
      expect([nameOf(route), /phuong-beta|Phường Beta/.test(text)]).toEqual([nameOf(route), false]);
    }
  });

  it('do not add up over agencies: what is allowed in one is not allowed in another', async () => {
    const who = await stage.signIn(
      'two-hats',
      { agency: ALPHA, role: 'officer' },
      { agency: BETA, role: 'supervisor' },
    );
    const grants = [
      { agency: ALPHA, role: 'officer' },
      { agency: BETA, role: 'supervisor' },
    ] as const;
    for (const route of guarded()) {
      const { needs } = route;
      const one = caseOf(route);
      if (needs === 'signed-in' || needs === 'public' || one.elsewhere !== undefined) continue;
      const statuses = await Promise.all(
        [ALPHA, BETA].map(async (agency) => statusOf(who, route, await one.of(agency, who.id))),
      );
      const allowed = one.allowed ?? 200;
      const anywhere = can(grants, needs, ALPHA) || can(grants, needs, BETA);
      const wanted = [ALPHA, BETA].map((agency) => {
        if (can(grants, needs, agency)) return [allowed];
        // What is seen there but not theirs to do may be said to be so.
        return anywhere ? [403, 404] : [403];
      });
      for (const [i, status] of statuses.entries())
        expect([nameOf(route), i, wanted[i]]).toEqual([nameOf(route), i, expect.arrayContaining([status])]);
    }
  }, 60_000);

  it('are nobody’s without a session, and no change is taken without its token', async () => {
    const who = await stage.signIn('forgetful', { agency: '*', role: 'administrator' });
    for (const route of guarded()) {
      const path = filled(route, {});
      const method = route.method.toUpperCase();
      const nobody = await fetch(stage.url + path, { method });
      expect([nameOf(route), nobody.status]).toEqual([nameOf(route), 401]);
      if (route.method === 'get') continue;
      const { status, json } = await ask({ ...who, send: who.withoutToken }, route, {});
      expect([nameOf(route), status, json]).toEqual([nameOf(route), 403, { error: 'csrf' }]);
    }
  });
});
