// What the program that verifies the audit trail must find, on any home.
import { runAudit } from '../../src/audit.js';
import { AUDIT, type AuditLine, auditLineId } from '../../src/records/audit.js';
import { putDocument, removeDocument } from '../../src/records/documents.js';
import type { RecordChange } from '../../src/records/records.js';
import type { Home } from '../../src/storage/home.js';
import { auditLane } from '../../src/turns/desk-action.js';
import { type AccessStage, accessStage, KEY } from './access-stage.js';

interface Place {
  settings: Record<string, string>;
  home: Home;
}

export function auditContract(prepare: () => Promise<Place>): void {
  let place: Place;
  let stage: AccessStage;
  let writes = 0;

  beforeAll(async () => {
    place = await prepare();
    stage = await accessStage({ home: place.home });
  }, 60_000);
  afterAll(() => stage.close());

  async function audit(...args: string[]) {
    const said: string[] = [];
    const env = { ...place.settings, DATA_KEY: KEY.toString('base64') };
    const code = await runAudit(args, { env, say: (line) => said.push(line) });
    return { code, said };
  }

  /** As somebody with the keys to everything could. */
  async function meddle(agency: string, change: RecordChange): Promise<void> {
    writes += 1;
    const laneSeq = Number.MAX_SAFE_INTEGER - 1000 + writes;
    await place.home.records.apply([{ id: `meddle-${writes}`, lane: auditLane(agency), laneSeq, change }]);
  }

  async function written(agency: string, lines: number): Promise<AuditLine[]> {
    for (let i = 0; i < lines; i += 1)
      await stage.actions.audit({ agency, by: 'u1', action: 'ticket.claim', object: `ticket:${i}` }, 1000 + i);
    return stage.trail(agency, lines);
  }

  const about = (agency: string, said: readonly string[]) => said.find((line) => line.startsWith(`${agency}:`));

  it('finds whole chains whole, beside a bot that runs, and says where they end', async () => {
    const lines = await written('whole', 12);
    const { code, said } = await audit();
    expect(code).toBe(0);
    expect(about('whole', said)).toContain('12 lines, whole to line 12');
    expect(about('whole', said)).toContain(lines.at(-1)?.hash);
    expect(about('mot-cua', said)).toBe('mot-cua: no lines');
    expect(said.join()).not.toContain('BROKEN');
  });

  it('names a line that was changed, and ends with 1', async () => {
    const lines = await written('changed', 9);
    const line = lines[4] as AuditLine;
    await meddle('changed', putDocument(AUDIT, auditLineId('changed', 5), { ...line, by: 'u2' }));
    const { code, said } = await audit();
    expect(code).toBe(1);
    expect(about('changed', said)).toContain('BROKEN: line 5 was changed, after line 4 of');
    expect(about('whole', said)).toContain('whole to line 12');
  });

  it('names a line that was taken out', async () => {
    await written('removed', 9);
    await meddle('removed', removeDocument(AUDIT, auditLineId('removed', 3)));
    const { code, said } = await audit();
    expect(code).toBe(1);
    expect(about('removed', said)).toContain('BROKEN: line 3 is missing');
  }, 60_000);

  it('accepts a chain whose oldest lines are past their time, and says where it begins', async () => {
    await written('older', 6);
    for (const seq of [1, 2]) await meddle('older', removeDocument(AUDIT, auditLineId('older', seq)));
    const { said } = await audit();
    const line = about('older', said);
    expect(line).toContain('4 lines, whole to line 6');
    expect(line).toContain('begins with line 3 of');
    expect(line).toContain('365 days');
  }, 60_000);

  it('names a line that was taken out at the end, once it cannot be on its way any more', async () => {
    await written('shortened', 4);
    await meddle('shortened', removeDocument(AUDIT, auditLineId('shortened', 4)));
    expect(about('shortened', (await audit()).said)).toContain('BROKEN: line 4 is missing');
  }, 60_000);

  it('explains itself, and takes no other arguments', async () => {
    expect(await audit('--help')).toMatchObject({ code: 0 });
    expect((await audit('FILE')).code).toBe(2);
  });
}
