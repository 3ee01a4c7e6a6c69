// A portal with as many procedures as the country has, all made up, for the rebuild of a large catalogue. Serves the one call that
// the sync makes; empty until it is filled.
import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { demoAccounts } from '../simulators/accounts.js';
import { listenLocally } from './child.js';

export const PROCEDURES = 6_300;

/** Syllables that names are put together from; their order of frequency is that of language: few everywhere, many rarely. */
const SYLLABLES = (
  'cấp giấy đăng ký phép thay đổi nội dung chứng nhận hoạt động thẩm định phê duyệt kinh doanh thủ tục công nhận điều kiện ' +
  'gia hạn thông báo hồ sơ quyết định tổ chức cơ sở sản xuất dịch vụ đất đai xây dựng môi trường y tế giáo dục lao động ' +
  'nông nghiệp thủy sản khoáng sản giao thông vận tải hàng hóa tài chính ngân sách thuế hải quan bảo hiểm xã hội hộ tịch'
).split(' ');

export class SyntheticPortal {
  filled = false;
  private readonly server: Server;
  private address = '';

  constructor() {
    this.server = createServer((request, response) => {
      const query = new URLSearchParams((request.url ?? '').split('?')[1]);
      const from = Number(query.get('cursor') ?? 0);
      const to = this.filled ? Math.min(PROCEDURES, from + Number(query.get('limit') ?? 100)) : 0;
      const items = Array.from({ length: Math.max(0, to - from) }, (_, index) => madeUpProcedure(from + index));
      const next = this.filled && to < PROCEDURES ? { nextCursor: String(to) } : {};
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ items, ...next, removed: [] }));
    });
  }

  get url(): string {
    return this.address;
  }

  async start(): Promise<void> {
    this.address = `http://127.0.0.1:${await listenLocally(this.server)}`;
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Tells the bot that procedures changed, as a portal does. */
export async function announceChange(botPort: number): Promise<void> {
  const body = JSON.stringify({
    id: `bench-${Date.now()}`,
    type: 'procedure.changed',
    occurredAt: new Date().toISOString(),
    data: { code: codeOf(0) },
  });
  const signature = createHmac('sha256', demoAccounts.portal.webhookSecret).update(body).digest('hex');
  const response = await fetch(`http://127.0.0.1:${botPort}/webhooks/portal`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Portal-Signature': `sha256=${signature}` },
    body,
  });
  if (response.status !== 200) throw new Error(`the bot answered ${response.status} to the portal's event`);
}

function codeOf(number: number): string {
  return `9.${String(number).padStart(6, '0')}`;
}

/** Some 6 KB, like the published ones. */
export function madeUpProcedure(number: number): object {
  const words = (count: number, seed: number) =>
    Array.from({ length: count }, (_, index) => syllable(number * 7919 + seed * 104_729 + index)).join(' ');
  return {
    code: codeOf(number),
    name: `${words(10 + (number % 14), 1)} ${number}`,
    field: words(3, number % 180),
    levels: [(['ministry', 'province', 'commune'] as const)[number % 3]],
    onlineLevel: 'partial',
    executingAgency: words(5, 3),
    methods: ['online', 'in-person', 'post'].map((channel) => ({
      channel,
      timeText: words(6, 4),
      feeText: words(8, 5),
    })),
    cases: [{ documents: Array.from({ length: 6 }, (_, index) => ({ name: words(30, 10 + index), originals: 1 })) }],
    steps: words(400, 6),
    conditions: words(150, 7),
    results: [words(8, 8)],
    legalBasis: Array.from({ length: 8 }, (_, index) => words(14, 20 + index)),
    updatedAt: '2026-01-01T00:00:00Z',
  };
}

function syllable(seed: number): string {
  // A multiplicative hash, squared: low places come up more often than high ones.
  const even = ((Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) >>> 8) & 0xffff) / 0x10000;
  return SYLLABLES[Math.floor(even * even * SYLLABLES.length)] ?? '';
}
