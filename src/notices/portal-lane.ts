// Turns of the portal's system lanes: what the portal announced changes what the bot answers from. Notices to citizens
// who subscribed start here later.
import type { PortalEventBody, TurnHandler, TurnOutcome } from '../turns/turn.js';

export interface PortalLaneServices {
  /** The cached copy of this dossier is old. */
  forgetDossier(code: string): void;
  /** The catalogue changed at the portal. */
  requestSync(): void;
}

export function createPortalLaneHandler(services: PortalLaneServices): TurnHandler {
  return async ({ event, mode, data }) => {
    if (event.body.kind === 'portal-event') announce(event.body, services);
    const outcome: TurnOutcome = { mode, data, replies: [], effects: [], timers: [] };
    return outcome;
  };
}

function announce({ type, data }: PortalEventBody, services: PortalLaneServices): void {
  if (type === 'procedure.changed') services.requestSync();
  const { dossier } = data;
  if (type !== 'dossier.status-changed' || dossier === null || typeof dossier !== 'object' || Array.isArray(dossier))
    return;
  if (typeof dossier.code === 'string') services.forgetDossier(dossier.code);
}
