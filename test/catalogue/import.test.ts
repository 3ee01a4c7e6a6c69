import { importProcedures } from '../../src/catalogue/import.js';

const published = {
  code: '1.000001',
  name: 'Cấp  giấy\nthử',
  field: 'Thử nghiệm',
  levels: ['Cấp Xã', 'Cấp tỉnh', 'Cấp xã', 'Cơ quan khác'],
  executing_agency: 'UBND cấp xã',
  competent_agency: '',
  steps: 'Bước 1',
  methods: [
    { channel: 'online', time_text: '3 Ngày làm việc', fee_text: 'Miễn phí', note: '' },
    { channel: 'in_person', time_text: '1', time_value: 1, time_unit: null, fee_text: '40 Việt Nam Đồng', note: '--' },
    { channel: 'postal', fee_text: '135 VNĐ(Lệ phí: 135.000 đồng/lần)', note: 'Qua bưu chính' },
    { channel: 'pigeon', fee_text: '' },
  ],
  cases: [
    {
      case: '',
      documents: [
        { name: 'Tờ khai', form_file: 'mau.doc', originals: 1, copies: 0 },
        { name: 'Ảnh', originals: 20261, copies: 2 },
      ],
    },
  ],
  legal_codes: ['68/2013/TT-BCA', '68/2013/TT-BCAL', '1102/2011/QH13'],
  results: [{ name: 'Giấy thử', code: null }],
  conditions: '',
  url: '',
  snapshot: '2026-06/07',
};

const contract = {
  code: '1.000002.000.00.00.H51',
  name: 'Thủ tục theo hợp đồng',
  field: 'Thử nghiệm',
  levels: ['province'],
  onlineLevel: 'full',
  updatedAt: '2026-09-01T00:00:00+07:00',
};

const line = (value: unknown) => JSON.stringify(value);

describe('importing a catalogue', () => {
  it('reads a published row: what cannot be true is left out, nothing is reworded', async () => {
    const { items } = await importProcedures([line(published)]);
    expect(items).toEqual([
      {
        code: '1.000001',
        name: 'Cấp giấy thử',
        field: 'Thử nghiệm',
        levels: ['commune', 'province', 'other'],
        onlineLevel: 'partial',
        executingAgency: 'UBND cấp xã',
        methods: [
          { channel: 'online', timeText: '3 Ngày làm việc', feeText: 'Miễn phí' },
          { channel: 'in-person' },
          { channel: 'post', feeText: 'Lệ phí: 135.000 đồng/lần', note: 'Qua bưu chính' },
        ],
        cases: [
          {
            documents: [
              { name: 'Tờ khai', originals: 1, copies: 0 },
              { name: 'Ảnh', copies: 2 },
            ],
          },
        ],
        steps: 'Bước 1',
        results: ['Giấy thử'],
        legalBasis: ['68/2013/TT-BCA', '02/2011/QH13'],
        updatedAt: '2026-06-01T00:00:00.000Z',
      },
    ]);
  });

  it.each([
    ['Miễn phí(Lệ phí: 135.000 đồng/lần)', 'Lệ phí: 135.000 đồng/lần'],
    ['Miễn phí(Mức thu do Hội đồng nhân dân tỉnh quyết định)', 'Mức thu do Hội đồng nhân dân tỉnh quyết định'],
    ['Miễn phí(Không có)', 'Miễn phí(Không có)'],
    ['50,000 Việt Nam Đồng(50.000đ/tem)', '50,000 Việt Nam Đồng(50.000đ/tem)'],
    ['10 USD(/lần)', '10 USD(/lần)'],
    ['Phí : 0 Đồng', 'Phí : 0 Đồng'],
    ['Phí : Đồng', undefined],
    ['40 Việt Nam Đồng', undefined],
  ])('keeps of the fee %j what is true', async (fee_text, feeText) => {
    const { items } = await importProcedures([line({ ...published, methods: [{ channel: 'online', fee_text }] })]);
    expect(items[0]?.methods).toEqual([feeText === undefined ? { channel: 'online' } : { channel: 'online', feeText }]);
  });

  it('keeps papers that were published as running text', async () => {
    const { items } = await importProcedures([line({ ...published, cases: [], documents_text: 'Đơn và ảnh' })]);
    expect(items[0]?.cases).toEqual([{ documents: [{ name: 'Đơn và ảnh' }] }]);
  });

  it('reads Procedures of the portal contract beside published rows, the last row of a code winning', async () => {
    const { items } = await importProcedures([line(published), line(contract), line({ ...contract, name: 'Tên mới' })]);
    expect(items.map(({ code, name }) => [code, name])).toEqual([
      ['1.000001', 'Cấp giấy thử'],
      ['1.000002', 'Tên mới'],
    ]);
  });

  it('says which lines were skipped and why, without their content', async () => {
    const { items, skipped, skippedCount } = await importProcedures([
      `\uFEFF${line(contract)}`,
      '',
      '{"code":',
      line({ ...contract, code: '53541' }),
      line({ ...contract, name: ' ' }),
      line([]),
      'x'.repeat(1_000_001),
    ]);
    expect(items).toHaveLength(1);
    expect(skippedCount).toBe(5);
    expect(skipped).toEqual([
      { line: 3, reason: 'not JSON' },
      { line: 4, reason: 'code: a code such as 1.001193 is needed' },
      { line: 5, reason: 'name: empty' },
      { line: 6, reason: expect.stringContaining('expected object') },
      { line: 7, reason: 'longer than 1000000 characters' },
    ]);
  });

  it('fails when no line is usable', async () => {
    await expect(importProcedures(['{}'])).rejects.toThrow(/line 1/);
    await expect(importProcedures([])).rejects.toThrow(/no procedures/);
  });

  it('bounds what a row may hold', async () => {
    const steps = 'a'.repeat(60_000);
    const methods = Array.from({ length: 30 }, () => ({ channel: 'online' }));
    const { items } = await importProcedures([line({ ...contract, steps, methods })]);
    expect(items[0]?.steps).toHaveLength(50_000);
    expect(items[0]?.methods).toHaveLength(20);
  });
});
