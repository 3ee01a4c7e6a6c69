// Turns of the portal's system lanes: what the portal announced changes what the bot answers from and becomes notices to
// citizens; what citizens said is told the portal (portal-tasks/).
import type { KeyedHash } from '../lib/keyed-hash.js';
import type { Portal } from '../portal/portal.js';
import type { Documents } from '../records/documents.js';
import type { PortalEventBody, TurnHandler, TurnOutcome, TurnRequest } from '../turns/turn.js';
import { followDossier, isAboutDossier } from './dossier-changes.js';
import { followFeedback, LOOK_AGAIN } from './feedback-events.js';
import { RETRY, type TaskLaneServices, takeTasks } from './portal-tasks/portal-task-lane.js';

export interface PortalLaneServices {
  /** The cached copy of this dossier is old. */
  forgetDossier(code: string): void;
  /** The catalogue changed at the portal. */
  requestSync(): void;
  documents: Pick<Documents, 'get' | 'find'>;
  /** Under what the subscribers of a dossier are found. */
  dossierKeys: Pick<KeyedHash, 'all'>;
  portal: Pick<Portal, 'dossier'>;
  /** What the bot tells the portal. */
  tasks: TaskLaneServices;
}

export function createPortalLaneHandler(services: PortalLaneServices): TurnHandler {
  return async (request) => {
    const { body } = request.event;
    if (body.kind === 'portal-event') announce(body, services);
    const outcome: TurnOutcome = { mode: request.mode, data: request.data, replies: [], effects: [], timers: [] };
    return { ...outcome, ...(await workOf(request, services)) };
  };
}

/** What beside reading the portal anew is to be done; nothing for most events. */
async function workOf(
  request: TurnRequest,
  services: PortalLaneServices,
): Promise<Partial<Pick<TurnOutcome, 'data' | 'effects' | 'timers'>>> {
  const { body } = request.event;
  if (isAboutDossier(request)) return followDossier(request, services);
  if (body.kind === 'portal-task' || (body.kind === 'timer' && body.name === RETRY))
    return takeTasks(request, services.tasks);
  const isFeedback = body.kind === 'portal-event' && body.type === 'feedback.status-changed';
  if (isFeedback || (body.kind === 'timer' && body.name === LOOK_AGAIN))
    return followFeedback(request, services.documents);
  return {};
}

function announce({ type, data }: PortalEventBody, services: PortalLaneServices): void {
  if (type === 'procedure.changed') services.requestSync();
  const { dossier } = data;
  if (type !== 'dossier.status-changed' || dossier === null || typeof dossier !== 'object' || Array.isArray(dossier))
    return;
  if (typeof dossier.code === 'string') services.forgetDossier(dossier.code);
}
