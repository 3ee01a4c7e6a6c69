// GET /statistics: figures of one month, of one agency or the whole province, counted from the dossiers.
import { monthOf } from '../calendar.js';
import type { DossierRecord } from '../dossiers.js';
import { ok, type Route } from '../http.js';
import type { Portal } from '../portal.js';
import { badRequest, notFound } from '../problem.js';

const WHOLE_PROVINCE = 'Tỉnh An Giang';
/** States that national statistics count as paused. */
const paused = new Set([5, 6, 8]);
const inProgress = new Set([2, 4]);

export interface Statistics {
  agency: string;
  month: string;
  received: number;
  online: number;
  finished: number;
  onTime: number;
  overdue: number;
  paused: number;
}

export function statisticsRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'GET',
      path: '/statistics',
      query: ['agency', 'month'],
      handle(request) {
        const now = portal.clock.now();
        const month = request.query('month') ?? monthOf(now);
        if (!/^\d{4}-(?:0[1-9]|1[0-2])$/.test(month)) throw badRequest('bad-parameter', '"month" must be yyyy-mm');
        const wanted = request.query('agency')?.normalize('NFC').trim().toLowerCase();
        const agency =
          wanted === undefined
            ? WHOLE_PROVINCE
            : [WHOLE_PROVINCE, ...agencyNames(portal)].find((name) => name.toLowerCase() === wanted);
        if (agency === undefined) throw notFound('This agency');
        const records = [...portal.state.dossiers.values()].filter(
          ({ dossier }) => agency === WHOLE_PROVINCE || dossier.agency === agency,
        );
        return ok(countMonth(agency, month, records, now));
      },
    },
  ];
}

function agencyNames(portal: Portal): string[] {
  return [
    ...portal.sample.agencies.map((agency) => agency.name),
    ...portal.state.offices.map((office) => office.agency),
  ];
}

/** "Overdue" counts what was finished late in the month and what fell due in it and is still being handled. */
export function countMonth(agency: string, month: string, records: readonly DossierRecord[], now: number): Statistics {
  const within = (time: string | undefined): boolean => time !== undefined && monthOf(Date.parse(time)) === month;
  const count = (test: (record: DossierRecord) => boolean): number => records.filter(test).length;
  const finished = records.filter(({ dossier }) => dossier.status >= 9 && within(dossier.finishedAt));
  const late = finished.filter(
    ({ dossier: { finishedAt = '', dueAt } }) => dueAt !== undefined && Date.parse(finishedAt) > Date.parse(dueAt),
  );
  const stillOpen = count(
    ({ dossier }) => inProgress.has(dossier.status) && within(dossier.dueAt) && Date.parse(dossier.dueAt ?? '') < now,
  );
  return {
    agency,
    month,
    received: count(({ dossier }) => within(dossier.submittedAt)),
    online: count(({ dossier, online }) => online && within(dossier.submittedAt)),
    finished: finished.length,
    onTime: finished.length - late.length,
    overdue: late.length + stillOpen,
    paused: count(({ dossier }) => paused.has(dossier.status) && within(dossier.submittedAt)),
  };
}
