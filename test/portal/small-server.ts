// A portal of a few lines for these tests: one handler, and what it was asked.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SmallServer {
  url: string;
  requests: IncomingMessage[];
  close(): Promise<void>;
}

export async function smallServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<SmallServer> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    handle(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export const dossierBody = {
  code: 'H56.14-240823-0001',
  procedureCode: '1.001193',
  procedureName: 'Đăng ký khai sinh',
  status: 4,
  statusLabel: 'Đang xử lý',
  agency: 'UBND xã An Bình',
  submittedAt: '2026-08-23T08:00:00+07:00',
  dueAt: '2026-08-30T17:00:00+07:00',
};
