import { cleanLine, cleanText } from '../../src/lib/clean-text.js';

it('a line has no breaks, control characters or marks of direction', () => {
  expect(cleanLine(' \u202Egpj.exe\u0000\r\nNguyễn\tAn ')).toBe('gpj.exe Nguyễn An');
});

it('a text keeps its lines, and signs that are seen', () => {
  expect(cleanText('a\r\nb\u0007\u2066c\u2069 👨‍👩‍👧\n\td ')).toBe('a\nbc 👨‍👩‍👧\n\td');
});
