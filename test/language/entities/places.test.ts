import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gazetteerFrom, placeKey } from '../../../src/language/entities/gazetteer.js';
import { placesNamed } from '../../../src/language/entities/place-values.js';
import { PROVINCES } from '../../../src/language/entities/provinces.js';
import { fold } from '../../../src/language/fold.js';
import { compactPlaces } from '../../../src/language/training/place-names.js';
import { COMPACT, country, valuesOf } from './country.js';

const DATA = join(__dirname, '..', '..', '..', '..', 'shared', 'data');

describe('provinces', () => {
  it.each([
    ['em ở Sóc Trăng', 'Cần Thơ'],
    ['tỉnh Kiên Giang', 'An Giang'],
    ['sài gòn', 'Hồ Chí Minh'],
    ['làm ở tp hcm dc ko', 'Hồ Chí Minh'],
    ['tphcm', 'Hồ Chí Minh'],
    ['dang ky tam tru o sai gon', 'Hồ Chí Minh'],
    ['brvt', 'Hồ Chí Minh'],
    ['bà rịa - vũng tàu', 'Hồ Chí Minh'],
    ['quê ở huế', 'Huế'],
    ['đắc lắc', 'Đắk Lắk'],
    ['ở đăk nông', 'Lâm Đồng'],
    ['dân hòa bình', 'Phú Thọ'],
    ['o gia lai', 'Gia Lai'],
    ['thành phố Cần Thơ', 'Cần Thơ'],
  ])('are known by any of their names: %s', (message, province) => {
    expect(valuesOf(message, 'place')).toEqual([province]);
  });

  it('are 34, made of 63, each old one leading to one of today', () => {
    expect(PROVINCES).toHaveLength(34);
    const old = COMPACT.split('\n').flatMap((line) =>
      line.startsWith('-') ? [line.slice(1).split('|')[0] ?? ''] : [],
    );
    expect(new Set(old).size).toBe(63);
    for (const name of old)
      expect([name, country.named(placeKey(name)).some((one) => one.kind === 'province')]).toEqual([name, true]);
  });
});

describe('communes and former districts', () => {
  it.each([
    ['thống kê xã liêu tú tháng 7', ['Xã Liêu Tú, Cần Thơ']],
    ['p. Vĩnh Lạc, Rạch Giá', ['Phường Rạch Giá, An Giang', 'Rạch Giá, An Giang']],
    ['phuong vinh lac kien giang', ['Phường Rạch Giá, An Giang', 'An Giang']],
    ['x.Minh Hòa, Châu Thành, Kiên Giang', ['Xã Châu Thành, An Giang', 'Huyện Châu Thành (cũ), An Giang', 'An Giang']],
    ['nộp ở tt Minh Lương', ['Xã Châu Thành, An Giang']],
    ['phường 5 quận 3', ['Phường Bàn Cờ, Hồ Chí Minh', 'Quận 3 (cũ), Hồ Chí Minh']],
    ['p5 q3', ['Phường Bàn Cờ, Hồ Chí Minh', 'Quận 3 (cũ), Hồ Chí Minh']],
    ['phường 05, q.3', ['Phường Bàn Cờ, Hồ Chí Minh', 'Quận 3 (cũ), Hồ Chí Minh']],
    ['phường 5', ['Phường 5']],
    ['huyện Gò Quao', ['Huyện Gò Quao (cũ), An Giang']],
    ['h. go quao', ['Huyện Gò Quao (cũ), An Giang']],
    ['thành phố sóc trăng', ['Thành phố Sóc Trăng (cũ), Cần Thơ']],
    ['đặc khu phú quý', ['Đặc khu Phú Quý, Lâm Đồng']],
    ['em ở phú quốc', ['Phú Quốc, An Giang']],
    ['em ở an bình', ['An Bình']],
    ['rach gia kien giang', ['Thành phố Rạch Giá (cũ), An Giang', 'An Giang']],
    ['xã Đăk Tờ Re', ['Xã Kon Braih, Quảng Ngãi']],
    ['xã Hoà Bình ở đâu', ['Xã Hòa Bình']],
    ['xã Tân Quơn Lạc', ['xã tân quơn lạc']],
  ])('%s', (message, values) => {
    expect(valuesOf(message, 'place')).toEqual(values);
  });

  it.each([
    'an bình',
    'hòa bình',
    'bình an',
    'phú quý',
    'đồng ý',
    'tôi đồng ý',
    'thanh hóa giấy',
    'long an toàn',
    'đánh giá lại',
    'danh gia lai',
    'co ca mau don khong',
    'he thong da nang cap',
    'viet nam dinh cu',
    'em ở xa không đi được',
    'cấp xã chứng thực chữ ký',
    'phuong an dong cua',
    'xã, liên hiệp hợp tác xã',
    'bảo hiểm xã hội',
    'tôi tên Nguyễn Minh Hòa',
    'số 5 đường Trần Phú',
    'chủ tịch Hồ Chí Minh',
    'tình trạng hồ sơ',
    'ở trung tâm',
  ])('are not seen in: %s', (message) => {
    expect(valuesOf(message, 'place')).toEqual([]);
  });

  const procedures = join(DATA, 'procedures.jsonl');
  (existsSync(procedures) ? it : it.skip)(
    'are hardly ever seen in the names of procedures, with or without marks',
    () => {
      const names = readFileSync(procedures, 'utf8')
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { name: string }).name.toLowerCase().slice(0, 400));
      for (const spelt of [names, names.map(fold)]) {
        const seen = spelt.flatMap((name) => valuesOf(name, 'place'));
        // The few that do name a place name a province.
        expect(seen.filter((value) => !PROVINCES.some(({ name }) => name === value))).toEqual([]);
        expect(seen.length).toBeLessThan(30);
      }
    },
  );
});

describe('the lookup of places', () => {
  it('leads from an old ward to the commune that took it over, and says which one it was', () => {
    expect(placesNamed(country, 'phường Vĩnh Lạc', 'Kiên Giang')).toEqual([
      {
        kind: 'commune',
        code: '30742',
        name: 'Phường Rạch Giá',
        province: 'An Giang',
        value: 'Phường Rạch Giá, An Giang',
        formerly: ['Phường Vĩnh Lạc, Thành phố Rạch Giá, Kiên Giang'],
      },
    ]);
  });

  it('lists every commune that a name may mean, those that bear it today first', () => {
    const places = placesNamed(country, 'minh hoa');
    expect(places[0]).toMatchObject({ value: 'Xã Minh Hòa, Phú Thọ', formerly: [] });
    expect(places.map(({ value }) => value)).toContain('Xã Châu Thành, An Giang');
    expect(placesNamed(country, 'xã Minh Hòa', 'An Giang').map(({ value }) => value)).toEqual([
      'Xã Châu Thành, An Giang',
    ]);
  });

  it('lists the communes of a former district', () => {
    const names = placesNamed(country, 'Huyện Gò Quao (cũ), An Giang').map(({ name }) => name);
    expect(names.sort()).toEqual(['Xã Gò Quao', 'Xã Vĩnh Hòa Hưng', 'Xã Vĩnh Tuy', 'Xã Định Hòa']);
  });

  it('narrows by whatever larger places follow', () => {
    expect(placesNamed(country, 'phường 5 quận 3').map(({ name }) => name)).toEqual(['Phường Bàn Cờ']);
    expect(placesNamed(country, 'phường 5', 'sài gòn').length).toBeGreaterThan(3);
  });

  it('gives a province by any of its names', () => {
    expect(placesNamed(country, 'tỉnh Kiên Giang')).toEqual([
      {
        kind: 'province',
        code: '91',
        name: 'An Giang',
        province: 'An Giang',
        value: 'An Giang',
        formerly: ['Kiên Giang'],
      },
    ]);
  });

  it.each(['', ',', 'xã', 'không có nơi nào như thế', 'xã '.repeat(500), '\u0300', 'Quận 3, '.repeat(100)])(
    'finds nothing or something, but never fails: %j',
    (name) => {
      expect(Array.isArray(placesNamed(country, name, name))).toBe(true);
    },
  );

  it('finds every commune of today by its own name and province, and by the value of its entity', () => {
    for (const line of COMPACT.split('\n')) {
      const code = /^\d{5}/.exec(line)?.[0];
      if (code === undefined) continue;
      const name = line.slice(6).split('\t')[0] ?? '';
      const found = country.named(placeKey(name)).find((one) => one.current && one.communes[0]?.code === code);
      const commune = found?.communes[0];
      expect([code, commune?.code]).toEqual([code, code]);
      const value = `${commune?.name}, ${commune?.province.name}`;
      expect(placesNamed(country, value).map((place) => place.code)).toContain(code);
    }
  });

  it('leads every old commune to at least one of today', () => {
    const olds = COMPACT.split('\n').flatMap((line) => (line.split('\t')[1] ?? '').split('|').filter(Boolean));
    expect(olds.length).toBeGreaterThan(10_800);
    const lost = olds.filter((old) => placesNamed(country, old.slice(1).replace(/~.*/, '')).length === 0);
    expect(lost).toEqual([]);
  });
});

describe('the gazetteer', () => {
  it('knows the provinces without any data', () => {
    expect(gazetteerFrom('').named('kien giang')[0]?.province.name).toBe('An Giang');
    expect(gazetteerFrom('').named('go quao')).toEqual([]);
  });

  it('refuses tables of another shape', () => {
    expect(() => compactPlaces([{ type: 'table', name: 'wards', data: [{ code: 1 }] }])).toThrow();
    expect(() => compactPlaces({})).toThrow();
  });

  it('folds a name letter by letter as the rest of the language folds words', () => {
    expect(placeKey("Xã M'Drắk")).toBe('xa m drak');
    expect(placeKey('Phường 05')).toBe('phuong 5');
    for (const { name } of PROVINCES) expect(placeKey(name)).toBe(fold(name));
  });
});
