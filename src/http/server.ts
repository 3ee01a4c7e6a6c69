// The front: node:http, webhooks first, the express app for the rest.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { CodedError, codeOf } from '../lib/errors.js';
import type { WebhookHandler } from './webhooks.js';

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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}
