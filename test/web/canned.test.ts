// Answers kept ready, as the reply box finds and fills them.
import type { Canned, Me, TicketDetail } from '../../src/desk/api.js';
import { matching, slashQuery, valuesFor } from '../../web/src/pages/inbox/reply/canned.js';
import { fillCanned, placesIn } from '../../web/src/parts/canned-variables.js';

const canned = (title: string, text = ''): Canned => ({ id: title, agency: 'a', title, text });

describe('finding an answer', () => {
  const all = [
    canned('Hẹn gọi lại', 'Xin chờ ít phút'),
    canned('Giờ làm việc', 'Đừng gọi buổi trưa'),
    canned('Đất đai'),
  ];

  it.each([
    ['dat', ['Đất đai']],
    ['goi', ['Hẹn gọi lại', 'Giờ làm việc']],
    ['CHỜ phút', ['Hẹn gọi lại']],
    ['goi trua', ['Giờ làm việc']],
    ['không có', []],
  ])('%s finds %j, the title first', (query, titles) => {
    expect(matching(all, query).map(({ title }) => title)).toEqual(titles);
  });

  it('lists all before anything was typed', () => {
    expect(matching(all, '')).toHaveLength(3);
  });
});

describe('the slash', () => {
  it.each([
    ['/gio', 4, { query: 'gio', from: 0 }],
    ['Chào chị\n/hen goi', 17, { query: 'hen goi', from: 9 }],
    ['/', 1, { query: '', from: 0 }],
    ['/gio', 0, undefined],
    ['ngày 12/11', 10, undefined],
    ['và/hoặc', 7, undefined],
    ['/gio\nrồi', 8, undefined],
  ])('in %j at %i means %j', (text, cursor, meant) => {
    expect(slashQuery(text, cursor)).toEqual(meant);
  });
});

describe('what an answer leaves open', () => {
  const me = { name: 'Nguyễn Thị Lan', agencies: [] } as unknown as Me;
  const ticket = (more: Partial<TicketDetail>) => ({ dossiers: [], ...more }) as unknown as TicketDetail;

  it('is filled with what is known of the citizen, the dossier and the officer', () => {
    const values = valuesFor(ticket({ name: 'Trần Văn Bê', dossiers: ['H26-1'] }), me);
    expect(fillCanned('Chào {ten}, {can_bo} xem {ma_ho_so}.', values)).toBe(
      'Chào Trần Văn Bê, Nguyễn Thị Lan xem H26-1.',
    );
  });

  it('stays where nothing is known, and is listed once each', () => {
    const values = valuesFor(ticket({ dossiers: ['H26-1', 'H26-2'] }), me);
    const text = fillCanned('{ten}: {ma_ho_so}, {giay_to}, {ten}', values);
    expect(text).toBe('{ten}: {ma_ho_so}, {giay_to}, {ten}');
    expect(placesIn(text)).toEqual(['{ten}', '{ma_ho_so}', '{giay_to}']);
  });

  it('puts in names as they are, whatever signs they hold', () => {
    expect(fillCanned('{ten}', { ten: '$& {can_bo}' })).toBe('$& {can_bo}');
  });
});
