// The portal simulator: a stand-in for a province's dossier system that serves docs/portal-api.yaml and nothing else,
// plus control routes under /__sim/. Only wiring here: a request's way is in pipeline.ts, what is answered in routes/.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createClock, type SimulatedClock } from './clock.js';
import type { StatusChange } from './dossier-status.js';
import { createFaults, type FaultRequest } from './faults.js';
import { type Hints, hintsFrom } from './hints.js';
import { answerRequest } from './pipeline.js';
import { changeDossier, type Outcome, type Portal, resetPortal, tell } from './portal.js';
import { reportState, type StateReport } from './report.js';
import { createRequestLog } from './request-log.js';
import { controlRoutes } from './routes/control.js';
import { dossierRoutes } from './routes/dossiers.js';
import { feedbackRoutes } from './routes/feedback.js';
import { fileRoutes } from './routes/files.js';
import { officeAndNewsRoutes } from './routes/offices-and-news.js';
import { procedureRoutes } from './routes/procedures.js';
import { ratingRoutes } from './routes/ratings.js';
import { statisticsRoutes } from './routes/statistics.js';
import { loadSampleData } from './sample-data.js';
import type { Dossier, Feedback, Rating } from './schemas.js';
import { createState } from './state.js';
import { createWebhookSender, type WebhookTarget } from './webhook.js';

export interface PortalSimulatorOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  host?: string;
  /** Path under which `handle` answers; `/portal` when left out. */
  prefix?: string;
  /** What X-Api-Key must be; `demo-portal-key` when left out. */
  apiKey?: string;
  webhook?: WebhookTarget;
  /** Pauses before an event is sent again, in milliseconds; the last failure gives it up. */
  webhookRetryDelays?: readonly number[];
  /** The time that the simulated clock starts from; the machine's when left out. */
  now?: () => number;
  /** Files here stand in for those of the same name in simulators/portal/data. */
  dataDir?: string;
}

export interface PortalSimulator {
  readonly url: string;
  readonly port: number;
  readonly apiKey: string;
  readonly clock: SimulatedClock;
  /** Switches a fault on; `{kind: 'none'}` switches all off. */
  setFault(fault: FaultRequest): void;
  setWebhook(target: WebhookTarget | undefined): void;
  /** Changes a dossier's state and sends the signed event; resolves after the first attempt. */
  changeDossier(code: string, change: StatusChange): Promise<Outcome<Dossier>>;
  /** Resolves when every webhook event is delivered or given up. */
  webhooksSettled(): Promise<void>;
  hints(): Hints;
  state(): StateReport;
  /** What citizens sent, whole: for tests that compare. */
  received(): { feedback: Feedback[]; ratings: Rating[] };
  reset(): void;
  /** Answers calls under the prefix for a server that houses several simulators; false leaves the call to another. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  close(): Promise<void>;
}

export const DEFAULT_API_KEY = 'demo-portal-key';

/**
 * Starts a portal with its sample data.
 * @example
 * const portal = await createPortalSimulator();
 * await fetch(`${portal.url}/procedures`, { headers: { 'X-Api-Key': portal.apiKey } });
 * await portal.close();
 */
export async function createPortalSimulator(options: PortalSimulatorOptions = {}): Promise<PortalSimulator> {
  const { port = 0, host = '127.0.0.1', prefix = '/portal', apiKey = DEFAULT_API_KEY } = options;
  const clock = createClock(options.now);
  const sample = loadSampleData(options.dataDir);
  const portal: Portal = {
    clock,
    faults: createFaults(),
    webhook: createWebhookSender(options.webhook, options.webhookRetryDelays),
    sample,
    state: createState(sample, clock.now()),
  };
  const log = createRequestLog();
  const routes = [
    ...procedureRoutes(portal),
    ...dossierRoutes(portal),
    ...feedbackRoutes(portal),
    ...fileRoutes(portal),
    ...ratingRoutes(portal),
    ...statisticsRoutes(portal),
    ...officeAndNewsRoutes(portal),
  ];
  const service = { portal, routes, control: controlRoutes(portal, log), apiKey, note: log.add };
  const server = createServer((request, response) => void answerRequest(service, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: boundPort } = server.address() as AddressInfo;

  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${boundPort}`,
    port: boundPort,
    apiKey,
    clock,
    setFault: (fault) => portal.faults.set(fault),
    setWebhook: (target) => portal.webhook.setTarget(target),
    changeDossier: async (code, change) => tell(portal, changeDossier(portal, code, change)),
    webhooksSettled: () => portal.webhook.settled(),
    hints: () => hintsFrom([...portal.state.dossiers.values()], clock.now()),
    state: () => reportState(portal, log),
    received: () => ({
      feedback: [...portal.state.feedback.values()].map((record) => record.feedback),
      ratings: [...portal.state.ratings],
    }),
    reset() {
      resetPortal(portal);
      log.clear();
    },
    async handle(request, response) {
      const target = request.url ?? '/';
      if (!target.startsWith(`${prefix}/`)) return false;
      request.url = target.slice(prefix.length);
      await answerRequest(service, request, response);
      return true;
    },
    async close() {
      portal.webhook.setTarget(undefined);
      portal.webhook.clear();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
