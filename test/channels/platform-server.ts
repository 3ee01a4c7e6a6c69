// A bare HTTP server that plays a platform for one test: answers what the test says and keeps what came.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface SeenRequest {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  text: string;
}

export type Answer = (request: SeenRequest, response: ServerResponse, socket: Socket) => void;

export interface PlatformServer {
  url: string;
  seen: SeenRequest[];
  /** How the next requests are answered. */
  answer: Answer;
  close(): Promise<void>;
}

export async function startPlatform(answer: Answer = json(200, {})): Promise<PlatformServer> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const seen: SeenRequest = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        text: Buffer.concat(chunks).toString('utf8'),
      };
      platform.seen.push(seen);
      platform.answer(seen, response, request.socket);
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const platform: PlatformServer = {
    url: `http://127.0.0.1:${port}`,
    seen: [],
    answer,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
  return platform;
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };
}

export function html(status: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers });
    response.end('<html><body>gateway</body></html>');
  };
}

/** Takes the request and says nothing. */
export const silence: Answer = () => {};

/** Takes the request and breaks the connection. */
export const reset: Answer = (_request, _response, socket) => {
  socket.resetAndDestroy();
};

/** One answer after the other; the last one stays. */
export function inTurn(...answers: Answer[]): Answer {
  let at = 0;
  return (request, response, socket) => {
    const answer = answers[Math.min(at, answers.length - 1)];
    at += 1;
    answer?.(request, response, socket);
  };
}
