import { PassThrough, Readable } from 'node:stream';
import { answer, main } from '../../src/understand.js';
import { trainedLanguage } from './trained-language.js';

describe('the understand program', () => {
  let language: ReturnType<typeof trainedLanguage>;
  beforeAll(() => {
    language = trainedLanguage();
  }, 180_000);

  it('answers with what was understood and at most ten procedures', () => {
    const asked: string[] = [];
    const hits = Array.from({ length: 12 }, (_, n) => ({ code: `1.00000${n}`, name: 'Thủ tục', score: 0.123456 }));
    const result = answer('cho em hỏi làm hộ chiếu hết bn tiền', language, (query) => {
      asked.push(query);
      return hits;
    });
    expect(asked).toEqual(['làm hộ chiếu']);
    expect(Object.keys(result)).toEqual(['text', 'intent', 'confidence', 'entities', 'procedures', 'restored']);
    expect(result).toMatchObject({ text: 'cho em hỏi làm hộ chiếu hết bn tiền', intent: 'procedure.ask' });
    expect(result.procedures).toHaveLength(10);
    expect(result.procedures[0]?.score).toBe(0.1235);
  });

  it('searches the whole line when nothing remains of it', () => {
    const asked: string[] = [];
    answer('phí bao nhiêu', language, (query) => {
      asked.push(query);
      return [];
    });
    expect(asked).toEqual(['phí bao nhiêu']);
  });

  it('refuses an option that it does not know, without a word on stdout', async () => {
    const complaint = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const output = new PassThrough();
    expect(await main(['--catalog', 'x'], Readable.from([]), output)).toBe(2);
    expect(output.read()).toBeNull();
    expect(complaint.mock.calls.flat().join('')).toContain('--catalogue FILE');
    complaint.mockRestore();
  });
});
