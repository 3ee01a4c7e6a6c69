// The places in answers kept ready that the desk fills in.
import { cannedPieces, fillCanned, unknownPlaces } from '../../web/src/parts/canned-variables.js';

describe('an answer kept ready', () => {
  it('is filled in, and shows what is missing as it stands', () => {
    expect(fillCanned('Chào {ten}, mã {ma}, {giay_to}', { ten: 'chị Lan', ma: undefined })).toBe(
      'Chào chị Lan, mã {ma}, {giay_to}',
    );
  });

  it('fills nothing in twice: what a citizen is called may look like a place', () => {
    expect(fillCanned('{ten} {can_bo}', { ten: '{can_bo}', can_bo: 'Minh' })).toBe('{can_bo} Minh');
  });

  it('names the places that nothing fills in by itself, once each', () => {
    expect(unknownPlaces('{ten} {gio} {gio} {ngay}')).toEqual(['{gio}', '{ngay}']);
  });

  it('is shown in pieces that make up the whole text', () => {
    const pieces = cannedPieces('Chào {ten}! {gio}');
    expect(pieces.filter(({ filled }) => filled)).toHaveLength(1);
    expect(pieces.map(({ text }) => text).join('')).toBe('Chào chị Lan! {gio}');
  });
});
