// Puts the desk together: its routes, and what runs beside them. main.ts gives the parts; lanes/desk-lane.ts is apart, because
// processes without a desk take its turns as well.
import type { Router } from 'express';
import { KeyedHash } from '../lib/keyed-hash.js';
import type { StaffSessions } from '../records/staff-sessions.js';
import type { Acceptor } from '../turns/accept.js';
import { accessRoutes } from './access-routes.js';
import { DeskActions } from './actions.js';
import { Assigner, type AssignerOptions } from './assigner.js';
import { type ConversationParts, conversationRoutes } from './conversations.js';
import { CsrfTokens } from './csrf.js';
import { dutyRoutes } from './duty-routes.js';
import { createFirstAdmin, type FirstAdmin } from './first-admin.js';
import { type OfficeParts, officeRoutes } from './office/office.js';
import type { DeskRoute } from './route.js';
import { createDeskRouter } from './router.js';
import type { DeskServices } from './services.js';
import { DeskSessions } from './sessions.js';
import { PasswordChecker } from './sign-in.js';
import { StaffDirectory } from './staff-directory.js';
import { staffRoutes } from './staff-routes.js';
import { TicketRows } from './tickets/rows.js';

export interface DeskParts
  extends Omit<DeskServices, 'actions' | 'staff' | 'sessions' | 'csrf'>,
    Pick<OfficeParts, 'deadLetters' | 'categories'>,
    Pick<ConversationParts, 'catalogue' | 'portal'> {
  acceptor: Pick<Acceptor, 'append'>;
  /** For what one process does for all. */
  exclusively: AssignerOptions['exclusively'];
  sessions: StaffSessions;
  /** Of SESSION_SECRET, else of DATA_KEY: the current one first. */
  secrets: readonly Buffer[];
  /** For marks of persons: of DATA_KEY. */
  persons: KeyedHash;
  publicUrl?: string;
  firstAdmin?: FirstAdmin;
}

export interface Desk {
  /** For /api/desk. */
  router: Router;
  /** What it answers: compared with docs/desk-api.yaml by a test. */
  routes: readonly DeskRoute[];
  /** After the engine. */
  start(): Promise<void>;
  /** Before the server: open streams end. */
  stop(): Promise<void>;
}

export function createDesk(parts: DeskParts): Desk {
  const { acceptor, exclusively, sessions: store, secrets, persons, publicUrl, firstAdmin, ...given } = parts;
  const { documents, clock, log } = given;
  const actions = new DeskActions({ acceptor, documents, clock });
  const staff = new StaffDirectory(documents, clock);
  const secure = publicUrl?.startsWith('https:') ?? false;
  const sessions = new DeskSessions({ sessions: store, staff, clock, secure });
  const csrf = new CsrfTokens(new KeyedHash(secrets, 'desk-csrf'));
  const services: DeskServices = { ...given, actions, staff, sessions, csrf };
  const rows = new TicketRows({ staff, persons });
  const keys = new KeyedHash(secrets, 'desk-sign-in');
  const checker = new PasswordChecker({ staff, counters: given.counters, actions, keys, clock });
  const routes: DeskRoute[] = [
    ...accessRoutes({ ...services, checker }),
    ...dutyRoutes(services),
    ...staffRoutes(services),
    ...officeRoutes({ ...services, rows, deadLetters: given.deadLetters, categories: given.categories }),
    ...conversationRoutes({ ...services, rows, catalogue: given.catalogue, portal: given.portal }),
  ];
  const { router, close } = createDeskRouter({
    routes,
    sessions,
    csrf,
    ...(publicUrl === undefined ? {} : { publicUrl }),
    clock,
    log,
  });
  const assigner = new Assigner({ documents, staff, actions, exclusively, clock, log });
  return {
    router,
    routes,
    async start() {
      if (firstAdmin !== undefined) await createFirstAdmin(firstAdmin, { documents, actions, log });
      assigner.start();
    },
    async stop() {
      close();
      await assigner.stop();
    },
  };
}
