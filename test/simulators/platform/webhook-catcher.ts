// The bot's side of a webhook, for tests of the simulators: remembers what arrives and answers as told.
import http, { type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Caught {
  method: string;
  url: string;
  headers: IncomingHttpHeaders;
  raw: Buffer;
}

export interface WebhookCatcher {
  url: string;
  caught: Caught[];
  /** Parsed bodies. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events of every shape
  events(): any[];
  /** Status of the next answers; null leaves the call without an answer. */
  answer: { status: number | null; body?: (call: Caught) => string };
  close(): Promise<void>;
}

export async function catchWebhooks(): Promise<WebhookCatcher> {
  const caught: Caught[] = [];
  const server = http.createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => chunks.push(chunk));
    req.on('end', () => {
      const call = { method: req.method ?? '', url: req.url ?? '', headers: req.headers, raw: Buffer.concat(chunks) };
      caught.push(call);
      if (catcher.answer.status === null) return;
      res.writeHead(catcher.answer.status).end(catcher.answer.body?.(call) ?? 'OK');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const catcher: WebhookCatcher = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    caught,
    events: () => caught.map(({ raw }) => JSON.parse(raw.toString('utf8'))),
    answer: { status: 200 },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return catcher;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are examined field by field
export async function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<any> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const res = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: text,
  });
  return res.json();
}
