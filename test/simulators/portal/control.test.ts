import { cleanUpAfterEach, startPortal } from './running-portal.js';

describe('the control routes', () => {
  cleanUpAfterEach();

  it('count what happened without a trace of codes, proofs or phones', async () => {
    const { get, portal } = await startPortal();
    const [hint] = portal.hints().dossiers;
    const [{ phone } = { phone: '' }] = portal.hints().phones;
    await get(`/dossiers/${hint?.code}`, { 'X-Applicant-Proof': hint?.proof ?? '' });
    await get('/dossiers', { 'X-Applicant-Phone': phone });
    await get('/somewhere/else');
    const { body } = await get('/__sim/state');
    expect(body.requests.map((one: { route: string; status: number }) => [one.route, one.status])).toEqual([
      ['/dossiers/{code}', 200],
      ['/dossiers', 200],
      ['(unknown)', 404],
    ]);
    expect(body.counts).toMatchObject({ dossiers: 200, requests: 3, news: 12 });
    const text = JSON.stringify(body);
    for (const secret of [hint?.code, phone, 'somewhere']) expect(text).not.toContain(secret);
  });

  it('hint at one dossier for every situation with a proof that works', async () => {
    const { get } = await startPortal();
    const { dossiers, phones } = (await get('/__sim/hints')).body;
    expect(dossiers.map((hint: { situation: string }) => hint.situation)).toEqual([
      'overdue',
      'due-soon',
      'in-progress',
      'supplement',
      'payment',
      'ready',
      'returned',
      'waiting',
      'accepted',
      'rejected',
      'withdrawn',
      'stopped',
    ]);
    for (const { code, proof } of dossiers) {
      expect((await get(`/dossiers/${code}`, { 'X-Applicant-Proof': proof })).status).toBe(200);
    }
    expect(phones[0].dossiers).toBeGreaterThan(1);
  });

  it('move the clock, and with it what is overdue', async () => {
    const { get, post, portal } = await startPortal();
    const dueSoon = portal.hints().dossiers.find((hint) => hint.situation === 'due-soon');
    expect((await post('/__sim/clock', { set: '2027-01-01T00:00:00Z' })).body.now).toBe('2027-01-01T00:00:00.000Z');
    expect((await post('/__sim/clock', { advanceMs: 1000 })).body.now).toBe('2027-01-01T00:00:01.000Z');
    expect((await get(`/dossiers/${dueSoon?.code}`)).body.dueAt < '2027').toBe(true);
    expect(portal.hints().dossiers.some((hint) => hint.situation === 'due-soon')).toBe(false);
    expect((await post('/__sim/clock', { reset: true })).body.now).toBe('2026-11-20T03:00:00.000Z');
  });

  it('change a dossier as the real office would', async () => {
    const { get, post, portal } = await startPortal();
    const hint = portal.hints().dossiers.find((one) => one.situation === 'waiting');
    const change = (body: object) => post(`/__sim/dossiers/${hint?.code}/status`, body);
    const read = async () => (await get(`/dossiers/${hint?.code}`, { 'X-Applicant-Proof': hint?.proof ?? '' })).body;
    await change({ status: 2 });
    expect(await read()).toMatchObject({ status: 2, acceptedAt: expect.any(String), dueAt: expect.any(String) });
    await change({ status: 5, missingDocuments: ['Giấy chứng sinh'], statusReason: 'Thiếu giấy' });
    expect(await read()).toMatchObject({ missingDocuments: ['Giấy chứng sinh'], statusReason: 'Thiếu giấy' });
    await change({ status: 6, fee: { amount: 8000, paid: false } });
    const paying = await read();
    expect(paying.missingDocuments).toBeUndefined();
    expect(paying.fee).toMatchObject({ amount: 8000, paid: false, payUrl: expect.any(String) });
    await change({ status: 4, statusLabel: 'Đang thẩm định' });
    expect(await read()).toMatchObject({ statusLabel: 'Đang thẩm định', fee: { amount: 8000, paid: true } });
    await change({ status: 10 });
    expect((await read()).history.map((entry: { status: number }) => entry.status)).toEqual([1, 2, 5, 6, 4, 10]);
    expect((await change({ status: 11 })).status).toBe(422);
    expect((await post('/__sim/dossiers/unknown/status', { status: 4 })).status).toBe(404);
  });

  it('reset everything', async () => {
    const { post, portal } = await startPortal();
    const before = portal.hints();
    await portal.changeDossier(before.dossiers[0]?.code ?? '', { status: 10 });
    portal.clock.advance(1_000_000_000);
    await post('/__sim/faults', { kind: 'down' });
    await post('/__sim/reset');
    expect(portal.hints()).toEqual(before);
    expect(portal.state()).toMatchObject({ faults: [], requests: [], webhooks: [], counts: { requests: 0 } });
  });

  it('work whatever fault is on, and need no key', async () => {
    const { fetch, portal } = await startPortal();
    portal.setFault({ kind: 'down' });
    expect((await fetch('/__sim/state')).status).toBe(200);
    expect((await fetch('/__sim/nothing')).status).toBe(404);
  });
});
