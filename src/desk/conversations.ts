// The routes with which officers work all day, put together: the queue and conversations, search, what they look up, live changes.

import { ChangeReader } from './live/changes.js';
import { LiveHub } from './live/hub.js';
import { liveRoute } from './live/route.js';
import { colleagueRoutes } from './lookup/colleagues.js';
import { type DossierParts, dossierRoutes } from './lookup/dossiers.js';
import { type ProcedureParts, procedureRoutes } from './lookup/procedures.js';
import type { DeskRoute } from './route.js';
import { searchRoutes } from './search.js';
import type { DeskServices } from './services.js';
import { ticketActionRoutes } from './tickets/action-routes.js';
import { EntryViews } from './tickets/entries.js';
import { ticketFileRoutes } from './tickets/file-routes.js';
import type { TicketParts } from './tickets/parts.js';
import { ticketReadRoutes } from './tickets/read-routes.js';
import type { TicketRows } from './tickets/rows.js';

export interface ConversationParts
  extends Pick<DeskServices, 'documents' | 'blobs' | 'actions' | 'agencies' | 'staff' | 'clock' | 'log'>,
    Pick<ProcedureParts, 'catalogue'>,
    Pick<DossierParts, 'portal'> {
  rows: TicketRows;
}

export function conversationRoutes(parts: ConversationParts): DeskRoute[] {
  const { documents, agencies, rows, staff, catalogue, clock, log } = parts;
  const tickets: TicketParts = {
    ...parts,
    entries: new EntryViews({ documents, staff }),
    knowsProcedure: (code) => catalogue.get(code) !== undefined,
  };
  const hub = new LiveHub({ reader: () => new ChangeReader({ documents, agencies, rows }), clock, log });
  return [
    ...ticketReadRoutes(tickets),
    ...ticketActionRoutes(tickets),
    ...ticketFileRoutes(tickets),
    ...searchRoutes(parts),
    ...procedureRoutes(parts),
    ...dossierRoutes(parts),
    ...colleagueRoutes(parts),
    liveRoute(hub),
  ];
}
