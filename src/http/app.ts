// Everything that is not a webhook: health, readiness, metrics, the privacy page, a picture that platforms fetch, and the desk. Express,
// behind strict headers.
import express, { type Express, type Response, type Router } from 'express';
import helmet from 'helmet';
import type { Log } from '../lib/log.js';
import { deskPages } from './desk-pages.js';
import type { Metrics } from './metrics.js';

export interface AppOptions {
  metrics: Metrics;
  log: Log;
  /** Rejects when the storage does not answer. */
  storageReady: () => Promise<void>;
  /** False while the process starts or stops. */
  serving: () => boolean;
  privacyPage: string;
  /** PNG that Zalo shows on its form for name and number. */
  contactPicture: Buffer;
  /** Its API, and the folder of its built pages. */
  desk?: { router: Router; pages: string };
  /** Proxies before this server; 0 unless told. */
  trustProxy?: number;
}

export const CONTACT_PICTURE = '/images/contact.png';

export function createApp(options: AppOptions): Express {
  const { metrics, log, storageReady, serving, privacyPage, contactPicture } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy ?? 0);
  app.use(helmet({ contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], styleSrc: ["'unsafe-inline'"] } } }));

  app.get('/healthz', (_request, response) => {
    plain(response, 200, 'ok');
  });

  app.get('/readyz', async (_request, response) => {
    try {
      if (!serving()) throw new Error('not serving');
      await storageReady();
      plain(response, 200, 'ready');
    } catch {
      plain(response, 503, 'not ready');
    }
  });

  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });

  app.get('/privacy', (_request, response) => {
    response.type('html').send(privacyPage);
  });

  app.get(CONTACT_PICTURE, (_request, response) => {
    response.set('Cross-Origin-Resource-Policy', 'cross-origin').set('Cache-Control', 'public, max-age=86400');
    response.type('png').send(contactPicture);
  });

  if (options.desk !== undefined) {
    app.use('/api/desk', options.desk.router);
    app.use('/desk', deskPages(options.desk.pages));
  }

  app.use((_request, response) => {
    plain(response, 404, 'not found');
  });

  app.use((error: unknown, _request: express.Request, response: express.Response, _next: express.NextFunction) => {
    log.error({ action: 'http.threw', error });
    plain(response, 500, 'error');
  });
  return app;
}

function plain(response: Response, status: number, text: string): void {
  response.status(status).type('text/plain').send(text);
}
