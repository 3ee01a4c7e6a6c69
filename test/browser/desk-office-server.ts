// A stand-in of the desk's server for the tests of its pages: serves dist/web and answers the API from desk-office-data.ts. What the
// real server decides is tested in test/desk; here it is what the pages show of it, and what they send.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import type { DeadLetterView, Me } from '../../src/desk/api.js';
import * as data from './desk-office-data.js';
import { statistics } from './desk-office-statistics.js';

const WEB = process.env.DESK_WEB ?? join(__dirname, '..', '..', 'dist', 'web');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const PHOTO =
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#39506b"/><rect y="330" width="640" height="150" fill="#2a3440"/><rect x="300" y="90" width="10" height="260" fill="#8693a3"/><circle cx="306" cy="84" r="26" fill="#59636f"/></svg>';

export interface Sent {
  method: string;
  path: string;
  body: unknown;
}

export interface DeskStandIn {
  url: string;
  /** Everything but GET, in order. */
  sent: Sent[];
  me: Me;
  /** Answers instead of the usual ones, by `METHOD /path`; further pages are the usual ones. */
  instead: Map<string, { status: number; json: object }>;
  close(): Promise<void>;
}

export async function startDeskStandIn(): Promise<DeskStandIn> {
  const live = new Set<ServerResponse>();
  const letters = new Map(data.deadLetters.map(({ id }) => [id, 'open' as DeadLetterView['status']]));
  const standIn: Omit<DeskStandIn, 'url' | 'close'> = { sent: [], me: data.meWith(), instead: new Map() };

  const server = createServer((request, response) => {
    void handle(request, response);
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://desk');
    if (!pathname.startsWith('/api/desk/')) return page(pathname, response);
    const path = decodeURIComponent(pathname.slice('/api/desk'.length));
    const method = request.method ?? 'GET';
    if (path === '/live') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('event: ping\ndata: {"at":0}\n\n');
      live.add(response);
      return;
    }
    const body = method === 'GET' ? undefined : await bodyOf(request);
    if (method !== 'GET') standIn.sent.push({ method, path, body });
    const other = standIn.instead.get(`${method} ${path}`);
    if (other !== undefined && !searchParams.has('after')) return json(response, other.json, other.status);
    if (path.includes('/photos/')) return text(response, PHOTO, 'image/svg+xml');
    if (path.startsWith('/exports/')) return text(response, 'Mã yêu cầu\r\nHT-7K3F-92\r\n', 'text/csv', 'yeu-cau.csv');
    const answer = method === 'GET' ? read(path, searchParams) : acted(path);
    json(response, answer ?? { error: 'not-found' }, answer === undefined ? 404 : 200);
  }

  function read(path: string, query: URLSearchParams): object | undefined {
    const code = /^\/feedback\/(PA-.+)$/.exec(path)?.[1];
    if (code !== undefined) return data.reports.find((report) => report.code === code);
    switch (path) {
      case '/me':
        return standIn.me;
      case '/agencies':
        return data.agencies;
      case '/queue':
        return data.queue(query.get('view') ?? 'waiting');
      case '/supervision':
        return data.supervision;
      case '/colleagues':
        return data.colleagues;
      case '/statistics':
        return statistics(query.get('from') ?? '', query.get('to') ?? '');
      case '/dead-letters': {
        const items = data.deadLetters.map((letter) => ({
          ...letter,
          status: letters.get(letter.id) ?? letter.status,
        }));
        return { items: items.filter(({ status }) => status === (query.get('status') ?? 'open')) };
      }
      case '/not-understood':
        return { items: data.notUnderstood };
      case '/procedures':
        return { items: [{ code: '3.000348', name: 'Cấp lại giấy phép lái xe', score: 0.9 }] };
      case '/feedback':
        return { items: data.reports.filter(({ status }) => status === (query.get('status') ?? status)) };
      case '/feedback/categories':
        return data.categories;
      case '/canned':
        return { items: data.canned };
      case '/staff':
        return { items: data.staff };
      case '/audit':
        return { items: data.audit };
      case '/data-requests':
        return { items: data.dataRequests.filter(({ doneAt }) => query.get('view') === 'all' || doneAt === undefined) };
      default:
        return undefined;
    }
  }

  function acted(path: string): object {
    const letter = /^\/dead-letters\/(.+)\/(replay|drop)$/.exec(path);
    if (letter !== null) letters.set(letter[1] ?? '', letter[2] === 'drop' ? 'dropped' : 'replayed');
    const assigned = /^\/tickets\/(.+)\/assign$/.exec(path);
    if (assigned !== null) return { ticket: data.tickets.find(({ id }) => id === assigned[1]) };
    if (path === '/staff' || path.endsWith('/password'))
      return { staff: data.staff[1], password: 'tre-xanh-ben-song-47' };
    return {};
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...standIn,
    url: `http://127.0.0.1:${port}/desk`,
    get me() {
      return standIn.me;
    },
    set me(me) {
      standIn.me = me;
    },
    async close() {
      for (const response of live) response.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function page(pathname: string, response: ServerResponse): void {
  const name = normalize(pathname.replace(/^\/desk\/?/, ''));
  const file = join(WEB, name);
  const found = extname(name) !== '' && existsSync(file) ? file : join(WEB, 'index.html');
  text(response, readFileSync(found), TYPES[extname(found)] ?? 'application/octet-stream');
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const words = Buffer.concat(chunks).toString();
  return words === '' ? undefined : JSON.parse(words);
}

function json(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function text(response: ServerResponse, body: string | Buffer, type: string, filename?: string): void {
  // As strict as the real pages' policy where it may break them.
  const headers: Record<string, string> = {
    'content-type': type,
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'",
  };
  if (filename !== undefined) headers['content-disposition'] = `attachment; filename="${filename}"`;
  response.writeHead(200, headers);
  response.end(body);
}
