// GET /dossiers/:code: where a dossier stands, for the officer who has its citizen before them. Without a proof: what the portal
// tells anybody who has the code, nothing about the applicant.
import { z } from 'zod';
import type { Dossier, Portal } from '../../portal/portal.js';
import { present } from '../../portal/present.js';
import type { Documents } from '../../records/documents.js';
import type { DeskActions } from '../actions.js';
import type { DossierView } from '../api.js';
import { NOT_FOUND } from '../refusals.js';
import type { DeskRoute } from '../route.js';
import { ticketSeen } from '../tickets/seen.js';

export interface DossierParts {
  documents: Pick<Documents, 'get'>;
  actions: Pick<DeskActions, 'audit'>;
  portal: Pick<Portal, 'dossier'>;
}

const dossierQuery = z.object({ ticket: z.string().min(1).max(100) });
/** As portals write them: letters, figures and a few marks. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9./-]{3,79}$/;

export function dossierRoutes({ documents, actions, portal }: DossierParts): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/dossiers/:code',
      needs: 'tickets.read',
      async handle({ params, query, who, now, signal }) {
        const { ticket: id } = dossierQuery.parse(query);
        const code = params.code ?? '';
        const ticket = await ticketSeen(documents, who, id);
        if (ticket === undefined || !CODE.test(code)) return NOT_FOUND;
        await actions.audit(
          {
            agency: ticket.body.agency,
            by: who.id,
            action: 'dossier.read',
            object: `dossier:${code}`,
            detail: { ticket: ticket.id },
          },
          now,
        );
        const answer = await portal.dossier(code, undefined, signal);
        switch (answer.result) {
          case 'found':
            return { status: 200, json: viewOf(answer.dossier) };
          case 'not-found':
          case 'proof-mismatch':
            return { status: 404, error: 'dossier.not-found' };
          case 'rate-limited':
            return {
              status: 429,
              error: 'portal.busy',
              detail: { retryAfter: Math.ceil(answer.retryAfterMs / 1000) },
            };
          case 'unavailable':
            return { status: 503, error: answer.reason === 'not-configured' ? 'portal.none' : 'portal.unavailable' };
        }
      },
    },
  ];
}

function viewOf({ code, statusLabel, procedureName, agency, submittedAt, dueAt }: Dossier): DossierView {
  return present({ code, state: statusLabel, procedure: procedureName, agency, receivedAt: submittedAt, dueAt });
}
