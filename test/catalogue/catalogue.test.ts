// The worker runs compiled code: `npx tsc -p tsconfig.json` comes first.
import { join } from 'node:path';
import { Catalogue } from '../../src/catalogue/catalogue.js';
import { createProcedureSearch } from '../../src/catalogue/search.js';
import { loadSearchData } from '../../src/catalogue/search-data.js';
import { wordsOf } from '../../src/language/normalise.js';
import type { Procedure } from '../../src/records/procedure.js';

const data = loadSearchData(join(__dirname, '../../intents'));

function procedure(code: string, name: string): Procedure {
  return {
    code,
    name,
    field: 'Hộ tịch',
    levels: ['commune'],
    onlineLevel: 'full',
    methods: [],
    cases: [],
    results: [],
    legalBasis: [],
    updatedAt: '2026-01-01T00:00:00Z',
  };
}

const birth = procedure('1.001193', 'Đăng ký khai sinh');
const death = procedure('1.000656', 'Đăng ký khai tử');

describe('the loaded catalogue', () => {
  let catalogue: Catalogue;

  beforeEach(() => {
    catalogue = new Catalogue(data);
  });

  afterEach(() => catalogue.close());

  it('is empty, and searchable, before anything is loaded', () => {
    expect(catalogue.current().size).toBe(0);
    expect(catalogue.current().search('khai sinh')).toEqual([]);
    expect(catalogue.current().get('1.001193')).toBeUndefined();
  });

  it('answers as the index built on the spot does, and gives procedures whole', async () => {
    await catalogue.load([birth, death]);
    const snapshot = catalogue.current();
    expect(snapshot.size).toBe(2);
    expect(snapshot.get('1.001193.000.00.00.H51')).toBe(birth);
    const direct = createProcedureSearch([death, birth], data);
    for (const query of ['khai sinh cho con', 'báo tử', 'gks', 'đăng ký']) {
      expect(snapshot.search(query)).toEqual(direct.search(query));
    }
  });

  it('answers from the old index until the new one is whole', async () => {
    await catalogue.load([birth]);
    const before = catalogue.current();
    const loading = catalogue.load([death]);
    expect(catalogue.current()).toBe(before);
    expect(catalogue.current().search('khai sinh')[0]?.code).toBe('1.001193');
    await loading;
    expect(catalogue.current().get('1.001193')).toBeUndefined();
    expect(before.get('1.001193')).toBe(birth);
  });

  it('restores diacritics by the words of what is loaded', async () => {
    const restored = () =>
      catalogue
        .current()
        .restorer.read(wordsOf('dang ky khai sinh'))
        .map((word) => word.restored)
        .join(' ');
    expect(restored()).toBe('dang ky khai sinh');
    await catalogue.load([birth]);
    expect(restored()).toBe('đăng ký khai sinh');
  });

  it('ends up with what was loaded last, whichever build ends first', async () => {
    const many = Array.from({ length: 3000 }, (_, i) =>
      procedure(`5.${String(i).padStart(6, '0')}`, `Thủ tục thử nghiệm số ${i}`),
    );
    await Promise.all([catalogue.load(many), catalogue.load([birth])]);
    expect(catalogue.current().size).toBe(1);
  });

  it('does not depend on the order that procedures come in', async () => {
    const twins = [procedure('1.000002', 'Gia hạn nộp thuế'), procedure('1.000001', 'Gia hạn nộp thuế')];
    await catalogue.load(twins);
    const one = catalogue.current().search('gia hạn nộp thuế');
    await catalogue.load(twins.reverse());
    expect(catalogue.current().search('gia hạn nộp thuế')).toEqual(one);
  });

  it('keeps what it has when a build is cut off', async () => {
    await catalogue.load([birth]);
    const loading = catalogue.load([death]);
    await catalogue.close();
    await expect(loading).rejects.toThrow();
    expect(catalogue.current().get('1.001193')).toBe(birth);
    await expect(catalogue.load([death])).rejects.toThrow('closed');
  });
});
