// The front: node:http, webhooks first, the express app for the rest.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { CodedError, codeOf } from '../lib/errors.js';
import type { WebhookHandler } from './webhooks.js';

const CLOSE_POLL_MS = 50;
/** A webhook is answered within 1.5 s; what takes longer is not waited for. */
const CLOSE_WITHIN_MS = 5000;

export interface HttpFront {
  port: number;
  /** No new connections; requests under way are answered. */
  close(): Promise<void>;
}

/** Throws CodedError `http.port` when the port cannot be had. */
export async function listen(
  port: number,
  webhooks: ReadonlyMap<string, WebhookHandler>,
  app: Express,
): Promise<HttpFront> {
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] ?? '';
    const webhook = webhooks.get(path);
    if (webhook === undefined) app(request, response);
    else webhook(request, response);
  });
  // Platforms and load balancers keep connections for long; a body must come quickly.
  server.keepAliveTimeout = 75_000;
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) =>
      reject(new CodedError('http.port', `port ${port} cannot be had (${codeOf(cause)})`, { cause })),
    );
    server.listen(port, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => closeServer(server),
  };
}

/** Platforms and load balancers keep their connections: each is closed as soon as its request is answered. */
function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const idle = setInterval(() => server.closeIdleConnections(), CLOSE_POLL_MS);
    const patience = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(patience);
      resolve();
    });
  });
}
