// Starts a portal simulator over a tiny catalogue at a fixed time, and speaks HTTP with it. Shared by the tests here.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPortalSimulator,
  type PortalSimulator,
  type PortalSimulatorOptions,
} from '../../../simulators/portal/server.js';

/** Friday, 20 November 2026, ten in the morning in Vietnam. */
export const FRIDAY = Date.parse('2026-11-20T03:00:00Z');

export const smallCatalogue = [
  {
    code: '1.001193',
    name: 'Thủ tục đăng ký khai sinh',
    field: 'Hộ tịch',
    levels: ['commune'],
    onlineLevel: 'full',
    methods: [{ channel: 'online', timeText: '1 ngày làm việc' }],
    cases: [
      { documents: [{ name: 'Tờ khai đăng ký khai sinh', originals: 1, copies: 0 }, { name: 'Giấy chứng sinh' }] },
    ],
    updatedAt: '2026-03-01T00:00:00Z',
  },
  {
    code: '1.012784',
    name: 'Tách thửa đất, hợp thửa đất',
    field: 'Đất đai',
    levels: ['province'],
    onlineLevel: 'partial',
    methods: [{ channel: 'in-person', timeText: '15 ngày làm việc', feeText: '150.000 đồng' }],
    updatedAt: '2026-04-01T00:00:00Z',
  },
  {
    code: '1.004222',
    name: 'Đăng ký thường trú',
    field: 'Đăng ký, quản lý cư trú',
    levels: ['commune'],
    onlineLevel: 'full',
    executingAgency: 'Công an cấp xã',
    methods: [{ channel: 'online', timeText: '7 ngày làm việc', feeText: '10.000 đồng' }],
    updatedAt: '2026-05-01T00:00:00Z',
  },
  {
    code: '3.000333',
    name: 'Cấp Phiếu lý lịch tư pháp',
    field: 'Lý lịch tư pháp',
    levels: ['province'],
    onlineLevel: 'full',
    executingAgency: 'Công an tỉnh',
    updatedAt: '2026-05-01T00:00:00Z',
  },
  {
    code: '2.001583',
    name: 'Đăng ký thành lập công ty TNHH một thành viên',
    field: 'Thành lập và hoạt động của doanh nghiệp',
    levels: ['province'],
    onlineLevel: 'full',
    updatedAt: '2026-06-01T00:00:00Z',
  },
];

const opened: (() => Promise<void>)[] = [];

/** Closes all that a test opened; called after each test by `cleanUpAfterEach`. */
export function cleanUpAfterEach(): void {
  afterEach(async () => {
    for (const close of opened.splice(0)) await close();
  });
}

export function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'portal-data-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  opened.push(async () => rmSync(folder, { recursive: true }));
  return folder;
}

export function jsonLines(rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  body: any;
}

export interface Client {
  portal: PortalSimulator;
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  fetch(path: string, init?: RequestInit): Promise<Answer>;
}

export async function startPortal(options: PortalSimulatorOptions = {}): Promise<Client> {
  const dataDir = options.dataDir ?? folderWith({ 'procedures.jsonl': jsonLines(smallCatalogue) });
  const portal = await createPortalSimulator({ now: () => FRIDAY, apiKey: 'test-key', ...options, dataDir });
  opened.push(() => portal.close());
  const call = async (path: string, init: RequestInit = {}): Promise<Answer> => {
    const response = await fetch(portal.url + path, init);
    const text = await response.text();
    const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  const key = { 'X-Api-Key': portal.apiKey };
  return {
    portal,
    fetch: call,
    get: (path, headers = {}) => call(path, { headers: { ...key, ...headers } }),
    post: (path, body, headers = {}) =>
      call(path, {
        method: 'POST',
        headers: { ...key, 'Content-Type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body) }),
      }),
  };
}

export interface Heard {
  headers: IncomingHttpHeaders;
  raw: string;
  // biome-ignore lint/suspicious/noExplicitAny: events carry data of many shapes
  event: any;
}

/** A bot that only listens: answers the webhook with the next of `statuses`, then 200. */
export async function startListener(statuses: number[] = []): Promise<{ url: string; heard: Heard[] }> {
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    heard.push({ headers: request.headers, raw, event: JSON.parse(raw) });
    response.writeHead(statuses.shift() ?? 200).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhooks/portal`, heard };
}

/** The smallest bytes that pass as a JPEG: start, the given segments, scan data, end. */
export function jpeg(...segments: [marker: number, content: string][]): Buffer {
  const parts = segments.map(([marker, content]) => {
    const head = Buffer.from([0xff, marker, 0, 0]);
    head.writeUInt16BE(content.length + 2, 2);
    return Buffer.concat([head, Buffer.from(content, 'latin1')]);
  });
  return Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, Buffer.from([0xff, 0xda, 0, 2, 1, 2, 3, 0xff, 0xd9])]);
}
