// The control routes under /__sim/: what tests and the phone page do to the portal. No part of the contract, open
// without a key, and therefore served to the own machine only.
import { isoTime } from '../calendar.js';
import { payUrl } from '../dossier-status.js';
import { faultRequestSchema } from '../faults.js';
import { hintsFrom } from '../hints.js';
import { jsonBody, ok, parseJson, type Reply, type Route } from '../http.js';
import {
  changeDossier,
  changeFeedback,
  type Outcome,
  type Portal,
  publishItem,
  putProcedure,
  removeProcedure,
  resetPortal,
  tell,
} from '../portal.js';
import { notFound, Problem } from '../problem.js';
import { reportState } from '../report.js';
import type { RequestLog } from '../request-log.js';
import { procedureSchema } from '../schemas.js';
import {
  clockRequest,
  feedbackRequest,
  newsRequest,
  procedureRequest,
  statusRequest,
  webhookRequest,
} from './control-schemas.js';

export const CONTROL_PREFIX = '/__sim/';

type Handle = Route['handle'];

export function controlRoutes(portal: Portal, log: RequestLog): Route[] {
  const get = (path: string, handle: Handle): Route => ({ method: 'GET', path: CONTROL_PREFIX + path, handle });
  const post = (path: string, handle: Handle): Route => ({
    method: 'POST',
    path: CONTROL_PREFIX + path,
    body: { ...jsonBody, optional: true },
    handle,
  });
  return [
    get('state', () => ok(reportState(portal, log))),
    get('hints', () => ok(hintsFrom([...portal.state.dossiers.values()], portal.clock.now()))),
    post('faults', (request) => {
      portal.faults.set(parseJson(request.body, faultRequestSchema));
      return ok({ faults: portal.faults.list() });
    }),
    post('clock', (request) => {
      const wanted = parseJson(request.body, clockRequest);
      if ('advanceMs' in wanted) portal.clock.advance(wanted.advanceMs);
      else if ('set' in wanted) portal.clock.set(Date.parse(wanted.set));
      else portal.clock.reset();
      return ok({ now: isoTime(portal.clock.now()) });
    }),
    post('reset', () => {
      resetPortal(portal);
      log.clear();
      return ok({ now: isoTime(portal.clock.now()) });
    }),
    post('dossiers/{code}/status', (request) => {
      const { notify, fee, ...change } = parseJson(request.body, statusRequest);
      const code = request.param('code');
      const asked = fee === undefined || fee.paid ? fee : { ...fee, payUrl: payUrl(code, portal.sample.texts) };
      return answer(portal, changeDossier(portal, code, { ...change, fee: asked }), notify);
    }),
    post('feedback/{code}/status', (request) => {
      const { notify, ...change } = parseJson(request.body, feedbackRequest);
      return answer(portal, changeFeedback(portal, request.param('code'), change), notify);
    }),
    post('procedures/{code}', (request) => changeProcedure(portal, request.param('code'), request.body)),
    post('news', (request) => {
      const { notify, ...item } = parseJson(request.body, newsRequest);
      return answer(portal, publishItem(portal, item), notify);
    }),
    post('webhook', (request) => disturbWebhook(portal, request.body)),
  ];
}

async function answer<T>(portal: Portal, outcome: Outcome<T>, notify: boolean | undefined): Promise<Reply> {
  const { changed, event, delivery } = await tell(portal, outcome, notify ?? true);
  return ok({ changed, eventId: event.id, delivery });
}

async function changeProcedure(portal: Portal, code: string, body: Buffer): Promise<Reply> {
  const { remove, notify, ...fields } = parseJson(body, procedureRequest);
  if (remove === true) return answer(portal, removeProcedure(portal, code), notify);
  const whole = { ...portal.state.procedures.get(code), ...fields, code, updatedAt: isoTime(portal.clock.now()) };
  const parsed = procedureSchema.safeParse(whole);
  if (!parsed.success) throw new Problem(422, 'invalid', 'A new procedure needs every required field of the contract');
  return answer(portal, putProcedure(portal, parsed.data), notify);
}

async function disturbWebhook(portal: Portal, body: Buffer): Promise<Reply> {
  const wanted = parseJson(body, webhookRequest);
  const { webhook } = portal;
  if ('reorder' in wanted) {
    const events = wanted.statuses.map((status) => changeDossier(portal, wanted.code, { status }).event);
    return ok({ sent: await Promise.all(events.reverse().map((event) => webhook.send(event))) });
  }
  const event = webhook.find(wanted.id);
  if (event === undefined) throw notFound('This event');
  if ('badSignature' in wanted) return ok({ sent: [await webhook.send(event, { badSignature: true })] });
  const copies = Array.from({ length: wanted.times ?? 1 }, () => webhook.send(event));
  return ok({ sent: await Promise.all(copies) });
}
