import fc from 'fast-check';
import { parseBigSafe } from '../../src/channels/big-json.js';

describe('JSON with long ids', () => {
  it('keeps every digit of an integer beyond 2^53', () => {
    expect(parseBigSafe('{"id":3000400050006000701,"n":[-12345678901234567 , 5],"t":1767225600123}')).toEqual({
      id: '3000400050006000701',
      n: ['-12345678901234567', 5],
      t: 1767225600123,
    });
  });

  it('leaves digits inside texts alone', () => {
    const text = '{"text":"mã: 1234567890123456789, \\"x\\":12345678901234567\\\\","id":12345678901234567}';
    expect(parseBigSafe(text)).toEqual({
      text: 'mã: 1234567890123456789, "x":12345678901234567\\',
      id: '12345678901234567',
    });
  });

  it('is JSON.parse for everything else', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const long = /\d{16}/.test(text);
        if (!long) expect(parseBigSafe(text)).toEqual(JSON.parse(text));
        // The slow path, forced by an id beside the value.
        const beside = `{"id":12345678901234567890,"value":${long ? 'null' : text}}`;
        expect(parseBigSafe(beside)).toEqual({ id: '12345678901234567890', value: long ? null : JSON.parse(text) });
      }),
    );
  });

  it.each(['', '{', '{"a":1234567890123456789', 'x', '"'])('throws for "%s"', (text) => {
    expect(() => parseBigSafe(text)).toThrow(SyntaxError);
  });
});
