import { cleanUpAfterEach, startPortal } from './running-portal.js';

const personal = ['applicant', 'statusReason', 'missingDocuments', 'fee', 'history'];

function hintFor(hints: { dossiers: { situation: string; code: string; proof: string }[] }, situation: string) {
  const hint = hints.dossiers.find((one) => one.situation === situation);
  if (hint === undefined) throw new Error(`no sample dossier is ${situation}`);
  return hint;
}

const otherDigits = (proof: string): string => String((Number(proof) + 1) % 10_000).padStart(4, '0');

describe('dossiers', () => {
  cleanUpAfterEach();

  it('shows nothing personal to who has only the code', async () => {
    const { get, portal } = await startPortal();
    for (const { code } of portal.hints().dossiers) {
      const { status, body } = await get(`/dossiers/${code}`);
      expect(status).toBe(200);
      expect(Object.keys(body).filter((field) => personal.includes(field))).toEqual([]);
      expect(body).toMatchObject({ code, status: expect.any(Number), statusLabel: expect.any(String) });
    }
  });

  it('shows everything to who has the proof', async () => {
    const { get, portal } = await startPortal();
    const read = async (situation: string) => {
      const { code, proof } = hintFor(portal.hints(), situation);
      return (await get(`/dossiers/${code}`, { 'X-Applicant-Proof': proof })).body;
    };
    const supplement = await read('supplement');
    expect(supplement.applicant.phone).toMatch(/^095000\d{4}$/);
    expect(supplement.missingDocuments.length).toBeGreaterThan(0);
    expect(supplement.statusReason).toEqual(expect.any(String));
    expect(supplement.history.map((entry: { status: number }) => entry.status)).toEqual([1, 2, 4, 5]);
    expect((await read('payment')).fee).toMatchObject({ paid: false, payUrl: expect.stringContaining('.example/') });
    expect((await read('ready')).collectAt).toEqual(expect.any(String));
    expect((await read('rejected')).statusReason).toEqual(expect.any(String));
  });

  it('refuses a wrong proof, and all proofs for a while after five wrong ones', async () => {
    const { get, portal } = await startPortal();
    const { code, proof } = hintFor(portal.hints(), 'overdue');
    const wrong = { 'X-Applicant-Proof': otherDigits(proof) };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const answer = await get(`/dossiers/${code}`, wrong);
      expect([answer.status, answer.body.code]).toEqual([403, 'proof-mismatch']);
    }
    const locked = await get(`/dossiers/${code}`, { 'X-Applicant-Proof': proof });
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBe(15 * 60);
    expect((await get(`/dossiers/${code}`)).status).toBe(200);

    portal.clock.advance(15 * 60_000);
    expect((await get(`/dossiers/${code}`, { 'X-Applicant-Proof': proof })).status).toBe(200);
  });

  it('forgets wrong proofs after a right one', async () => {
    const { get, portal } = await startPortal();
    const { code, proof } = hintFor(portal.hints(), 'ready');
    for (let attempt = 0; attempt < 9; attempt += 1) {
      const digits = attempt % 4 === 3 ? proof : otherDigits(proof);
      const expected = attempt % 4 === 3 ? 200 : 403;
      expect((await get(`/dossiers/${code}`, { 'X-Applicant-Proof': digits })).status).toBe(expected);
    }
  });

  it('refuses a proof that is not four digits, and unknown codes', async () => {
    const { get, portal } = await startPortal();
    const { code } = hintFor(portal.hints(), 'waiting');
    expect((await get(`/dossiers/${code}`, { 'X-Applicant-Proof': '12a4' })).body.code).toBe('bad-proof');
    expect((await get('/dossiers/H01.99-261120-9999', { 'X-Applicant-Proof': '1234' })).status).toBe(404);
    expect((await get(`/dossiers/${code.toLowerCase()}x`)).status).toBe(404);
  });

  it('lists the dossiers of a phone however it is written, without personal fields', async () => {
    const { get, portal } = await startPortal();
    const [busiest] = portal.hints().phones;
    if (busiest === undefined) throw new Error('no sample phone');
    const written = [busiest.phone, `+84 ${busiest.phone.slice(1)}`, busiest.phone.replace(/^(.{4})(.{3})/, '$1.$2.')];
    for (const phone of written) {
      const { items } = (await get('/dossiers', { 'X-Applicant-Phone': phone })).body;
      expect(items).toHaveLength(busiest.dossiers);
      for (const item of items) expect(Object.keys(item).filter((field) => personal.includes(field))).toEqual([]);
    }
    expect((await get('/dossiers', { 'X-Applicant-Phone': '0950009998' })).body).toEqual({ items: [] });
    expect((await get('/dossiers', { 'X-Applicant-Phone': '113' })).status).toBe(400);
  });
});
