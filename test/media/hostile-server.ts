// A host of pictures that does what it is told, the worst included.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => void;

export interface PictureHost {
  origin: string;
  /** By path. */
  routes: Map<string, Behaviour>;
  asked: string[];
  close(): Promise<void>;
}

export async function startPictureHost(): Promise<PictureHost> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    host.asked.push(request.url ?? '');
    const behaviour = host.routes.get(request.url ?? '');
    if (behaviour === undefined) response.writeHead(404).end();
    else behaviour(request, response);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host: PictureHost = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    routes: new Map(),
    asked: [],
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return host;
}

export const serve =
  (bytes: Buffer, headers: Record<string, string> = {}): Behaviour =>
  (_request, response) =>
    void response.writeHead(200, headers).end(bytes);

export const redirect =
  (to: string, status = 302): Behaviour =>
  (_request, response) =>
    void response.writeHead(status, { location: to }).end();

/** Never says how much it sends, and never stops. */
export const endless: Behaviour = (_request, response) => {
  const chunk = Buffer.alloc(64 * 1024, 0xff);
  const pour = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', pour);
  };
  response.on('error', () => undefined);
  pour();
};

/** A byte now and then. */
export const drip: Behaviour = (_request, response) => {
  const timer = setInterval(() => response.write('x'), 5);
  response.on('close', () => clearInterval(timer));
};

export const silent: Behaviour = () => undefined;
