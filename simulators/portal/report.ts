// The state of the simulator in figures, for GET /__sim/state and for tests. Nothing personal goes in.
import { isoTime } from './calendar.js';
import type { Fault } from './faults.js';
import type { Portal } from './portal.js';
import type { LoggedRequest, RequestLog } from './request-log.js';
import type { DeliveryReport } from './webhook.js';

export interface StateReport {
  now: string;
  counts: {
    procedures: number;
    removedProcedures: number;
    dossiers: number;
    /** By state code, "1" to "10". */
    dossiersByStatus: Record<string, number>;
    feedback: number;
    files: number;
    ratings: number;
    offices: number;
    news: number;
    requests: number;
  };
  faults: readonly Fault[];
  requests: readonly LoggedRequest[];
  webhooks: DeliveryReport[];
}

export function reportState({ clock, faults, state, webhook }: Portal, log: RequestLog): StateReport {
  const dossiersByStatus: Record<string, number> = {};
  for (const { dossier } of state.dossiers.values()) {
    dossiersByStatus[dossier.status] = (dossiersByStatus[dossier.status] ?? 0) + 1;
  }
  return {
    now: isoTime(clock.now()),
    counts: {
      procedures: state.procedures.size,
      removedProcedures: state.removedProcedures.size,
      dossiers: state.dossiers.size,
      dossiersByStatus,
      feedback: state.feedback.size,
      files: state.files.size,
      ratings: state.ratings.length,
      offices: state.offices.length,
      news: state.news.length,
      requests: log.total(),
    },
    faults: faults.list(),
    requests: log.entries(),
    webhooks: webhook.reports(),
  };
}
