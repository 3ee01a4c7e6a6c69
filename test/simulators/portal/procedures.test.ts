import { cleanUpAfterEach, FRIDAY, folderWith, jsonLines, smallCatalogue, startPortal } from './running-portal.js';

describe('the catalogue of the portal', () => {
  cleanUpAfterEach();

  it('gives the whole catalogue page by page, each procedure once', async () => {
    const { get } = await startPortal();
    const codes: string[] = [];
    let cursor: string | undefined;
    let pages = 0;
    do {
      const { body } = await get(`/procedures?limit=2${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      codes.push(...body.items.map((item: { code: string }) => item.code));
      cursor = body.nextCursor;
      pages += 1;
    } while (cursor !== undefined);
    expect(pages).toBe(3);
    expect([...codes].sort()).toEqual(smallCatalogue.map((procedure) => procedure.code).sort());
  });

  it('gives one procedure as it was published', async () => {
    const { get } = await startPortal();
    expect((await get('/procedures/1.001193')).body).toEqual(smallCatalogue[0]);
  });

  it('names since a moment what changed and what was removed', async () => {
    const { get, post } = await startPortal();
    const since = encodeURIComponent(new Date(FRIDAY).toISOString());
    expect((await get(`/procedures?updatedSince=${since}`)).body).toEqual({ items: [], removed: [] });

    await post('/__sim/procedures/1.001193', { name: 'Đăng ký khai sinh (tên mới)' });
    await post('/__sim/procedures/1.012784', { remove: true });

    const { body } = await get(`/procedures?updatedSince=${since}`);
    expect(body.items.map((item: { name: string }) => item.name)).toEqual(['Đăng ký khai sinh (tên mới)']);
    expect(body.removed).toEqual(['1.012784']);
    expect((await get('/procedures/1.012784')).status).toBe(404);
    expect((await get('/procedures')).body.removed).toBeUndefined();
  });

  it('keeps the updatedSince of a listing in its cursor and refuses another one', async () => {
    const { get } = await startPortal();
    const { nextCursor } = (await get('/procedures?limit=1&updatedSince=2026-04-15T00:00:00Z')).body;
    const rest = (await get(`/procedures?cursor=${nextCursor}`)).body;
    expect(rest.items.map((item: { code: string }) => item.code)).toEqual(['3.000333', '2.001583']);
    expect(rest.removed).toEqual([]);
    const other = await get(`/procedures?cursor=${nextCursor}&updatedSince=2026-01-01T00:00:00Z`);
    expect(other.body.code).toBe('bad-cursor');
  });

  it('takes a new procedure only when it is whole', async () => {
    const { get, post } = await startPortal();
    expect((await post('/__sim/procedures/1.555555', { name: 'Chỉ có tên' })).status).toBe(422);
    const whole = { name: 'Thủ tục mới', field: 'Hộ tịch', levels: ['commune'], onlineLevel: 'full' };
    expect((await post('/__sim/procedures/1.555555', whole)).status).toBe(200);
    expect((await get('/procedures/1.555555')).body).toMatchObject(whole);
  });

  it('does not start with a broken catalogue and says where it is broken', async () => {
    const [first] = smallCatalogue;
    const twice = folderWith({ 'procedures.jsonl': jsonLines([first, first]) });
    await expect(startPortal({ dataDir: twice })).rejects.toThrow(/procedures\.jsonl:2: procedure 1\.001193 .*twice/);
    const wrong = folderWith({ 'procedures.jsonl': jsonLines([{ ...first, code: 'TTHC-1' }]) });
    await expect(startPortal({ dataDir: wrong })).rejects.toThrow(/procedures\.jsonl:1/);
  });

  it('starts without a catalogue, and then has no dossiers', async () => {
    const { portal } = await startPortal({ dataDir: folderWith({ 'procedures.jsonl': '' }) });
    expect(portal.state().counts).toMatchObject({ procedures: 0, dossiers: 0 });
  });
});
