// Tables of tickets: everything of one's own agencies and nothing of another, harmless in a spreadsheet, in little memory.
import { inflateRawSync } from 'node:zlib';
import { eventId } from '../../src/lib/ids.js';
import { putDocument } from '../../src/records/documents.js';
import { TICKET } from '../../src/records/ticket.js';
import { until } from '../storage/until.js';
import {
  ALPHA,
  BETA,
  type Browser,
  closeStages,
  laneIn,
  type OfficeStage,
  officeStage,
  ticket,
} from './office-stage.js';

const DAYS = 'from=2026-11-01&to=2026-11-30';
const ROWS = 52_000;
const MB = 1024 * 1024;

let stage: OfficeStage;
let supervisor: Browser;

beforeAll(async () => {
  stage = await officeStage();
  supervisor = await stage.signIn('lan', { agency: ALPHA, role: 'supervisor' });
});
afterAll(closeStages);

describe('a table of tickets', () => {
  beforeAll(async () => {
    await stage.put(
      TICKET,
      'HT-AAAA-01',
      ticket(ALPHA, {
        team: 'tiep-nhan',
        citizen: { name: '=HYPERLINK("http://evil")' },
        tags: ['@cmd', 'gọi 0912345678'],
        assignee: 's-lan',
        status: 'closed',
        resolution: 'answered',
        closedAt: Date.UTC(2026, 10, 20, 5),
        about: { dossier: 'H56.14-240823-0001' },
      }),
      laneIn(ALPHA, 'u1'),
    );
    await stage.put(TICKET, 'HT-AAAA-02', ticket(ALPHA, { citizen: { name: '+84912345678' } }), laneIn(ALPHA, 'u2'));
    await stage.put(TICKET, 'HT-BBBB-01', ticket(BETA), laneIn(BETA, 'u3'));
    await stage.put(TICKET, 'HT-AAAA-03', ticket(ALPHA, { openedAt: Date.UTC(2026, 9, 31, 16) }), laneIn(ALPHA, 'u4'));
  });

  it('has the tickets that were opened in these days in Vietnam, of one’s own agency alone', async () => {
    const answer = await supervisor.get(`/exports/tickets.csv?${DAYS}`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toContain(
      'attachment; filename="yeu-cau_2026-11-01_2026-11-30.csv"',
    );
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString('utf8').split('\r\n');
    expect(lines[0]).toContain('Mã yêu cầu,Cơ quan,Bộ phận,Kênh');
    expect(lines.slice(1).map((line) => line.slice(0, 10))).toEqual(['HT-AAAA-01', 'HT-AAAA-02', '']);
    expect(lines[1]).toContain('Phường Alpha,Tiếp nhận,Zalo,Công dân xin gặp cán bộ,H56.14-240823-0001');
    expect(lines[1]).toContain('Cán bộ lan');
  });

  it('lets no cell be taken for a formula, and shows no number of a person', async () => {
    const text = await (await supervisor.get(`/exports/tickets.csv?${DAYS}`)).text();
    expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(text).toContain(`"'@cmd, gọi ••••••••••"`);
    expect(text).not.toMatch(/[,"][=+@-]/);
    expect(text).not.toContain('912345678');
  });

  it('is written down with the number of its rows before the first of them leaves', async () => {
    await (await supervisor.get(`/exports/tickets.csv?${DAYS}`)).text();
    const line = { by: supervisor.id, action: 'tickets.export', object: 'export:csv', detail: { rows: 2 } };
    await until(async () => (await stage.trail(ALPHA)).length > 0);
    expect((await stage.trail(ALPHA))[0]).toMatchObject(line);
    expect(await stage.trail(BETA)).toEqual([]);
  });

  it('comes as XLSX, whose texts are texts', async () => {
    const answer = await supervisor.get(`/exports/tickets.xlsx?${DAYS}`);
    expect(answer.status).toBe(200);
    const bytes = Buffer.from(await answer.arrayBuffer());
    const sheet = unzipped(bytes, 'xl/worksheets/sheet1.xml');
    expect(sheet.match(/<row /g)).toHaveLength(3);
    expect(sheet).not.toContain('<f>');
    const strings = unzipped(bytes, 'xl/sharedStrings.xml');
    expect(strings).toContain('=HYPERLINK(');
    expect(strings).not.toContain('912345678');
  });

  it('is refused for another agency as if there were none, and for days that are none', async () => {
    for (const kind of ['csv', 'xlsx']) {
      expect((await supervisor.get(`/exports/tickets.${kind}?agency=${BETA}`)).status).toBe(404);
      for (const days of ['from=2026-13-01', 'from=2026-11-30&to=2026-11-01', 'from=2024-01-01&to=2026-01-01', 'to=x'])
        expect((await supervisor.get(`/exports/tickets.${kind}?${days}`)).status).toBe(400);
    }
  });
});

describe('a table of more tickets than XLSX takes', () => {
  beforeAll(async () => {
    const { records } = stage.shop.home;
    const first = Date.UTC(2026, 0, 1);
    let seq = 10_000_000;
    for (let done = 0; done < ROWS; done += 2000) {
      const writes = Array.from({ length: 2000 }, (_, i) => {
        const n = done + i;
        const agency = n % 2 === 0 ? ALPHA : BETA;
        const body = ticket(agency, { openedAt: first + n * 1000, status: 'closed', resolution: 'answered' });
        seq += 1;
        const id = eventId(`${agency}-${n}`);
        return { id, lane: laneIn(agency, `many${n % 100}`), laneSeq: seq, change: putDocument(TICKET, id, body) };
      });
      await records.apply(writes);
    }
  }, 240_000);

  it('streams as CSV in the memory of some pages, each row once, and of one agency alone', async () => {
    const both = await stage.signIn('both', { agency: '*', role: 'supervisor' });
    let most = 0;
    const measure = async (browser: Browser): Promise<{ rows: number; other: number }> => {
      const answer = await browser.get('/exports/tickets.csv?from=2026-01-01&to=2026-01-31');
      const decoder = new TextDecoder();
      let rows = 0;
      let other = 0;
      let rest = '';
      const seen = new Set<string>();
      for await (const chunk of answer.body ?? []) {
        most = Math.max(most, process.memoryUsage.rss());
        const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\r\n');
        rest = lines.pop() ?? '';
        for (const line of lines) {
          const id = line.slice(0, line.indexOf(','));
          if (seen.has(id)) throw new Error(`${id} came twice`);
          seen.add(id);
          rows += 1;
          if (id.startsWith(BETA)) other += 1;
        }
      }
      return { rows: rows - 1, other };
    };
    expect(await measure(supervisor)).toEqual({ rows: ROWS / 2, other: 0 });
    const before = process.memoryUsage.rss();
    most = before;
    expect(await measure(both)).toEqual({ rows: ROWS, other: ROWS / 2 });
    // The whole table is 25 MB as text, and ten times that as objects.
    expect(most - before).toBeLessThan(150 * MB);
  }, 240_000);

  it('stops reading when the browser goes', async () => {
    const find = jest.spyOn(stage.shop.home.documents, 'find');
    const leaving = new AbortController();
    const answer = await supervisor.get('/exports/tickets.csv?from=2026-01-01&to=2026-01-31', leaving.signal);
    const reader = answer.body?.getReader();
    await reader?.read();
    leaving.abort();
    await reader?.read().catch(() => undefined);
    let calls = -1;
    let still = 0;
    await until(() => {
      still = calls === find.mock.calls.length ? still + 1 : 0;
      calls = find.mock.calls.length;
      return still === 40;
    }, 'the reading to stand still');
    expect(calls).toBeLessThan(ROWS / 2 / 500);
    find.mockRestore();
  });

  it('is too much for XLSX, which says how much would do', async () => {
    const both = await stage.signIn('both2', { agency: '*', role: 'supervisor' });
    const answer = await both.get('/exports/tickets.xlsx?from=2026-01-01&to=2026-01-31');
    expect(answer.status).toBe(413);
    expect(await answer.json()).toEqual({ error: 'export.too-big', detail: { most: 50_000 } });
  });
});

/** One file of a zip archive, by its central directory. */
function unzipped(zip: Buffer, name: string): string {
  for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 1)) {
    const length = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + length) !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const begins = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(begins, begins + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 0 ? packed : inflateRawSync(packed)).toString('utf8');
  }
  throw new Error(`${name} is not in the archive`);
}
