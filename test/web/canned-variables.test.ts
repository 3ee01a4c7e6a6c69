// The places in answers kept ready that the desk fills in.
import { cannedPieces, fillCanned, unknownVariables } from '../../web/src/parts/canned-variables.js';

describe('an answer kept ready', () => {
  it('is filled in, and shows what is missing as it stands', () => {
    expect(fillCanned('Chào {name}, mã {code}, {other}', { name: 'chị Lan', code: undefined })).toBe(
      'Chào chị Lan, mã {code}, {other}',
    );
  });

  it('fills nothing in twice: what a citizen is called may look like a place', () => {
    expect(fillCanned('{name} {officer}', { name: '{officer}', officer: 'Minh' })).toBe('{officer} Minh');
  });

  it('names the places that nothing fills in, once each', () => {
    expect(unknownVariables('{name} {gio} {gio} {ngay}')).toEqual(['gio', 'ngay']);
  });

  it('is shown in pieces that make up the whole text', () => {
    const pieces = cannedPieces('Chào {name}! {gio}');
    expect(pieces.filter(({ filled }) => filled)).toHaveLength(1);
    expect(pieces.map(({ text }) => text).join('')).toBe('Chào chị Lan! {gio}');
  });
});
