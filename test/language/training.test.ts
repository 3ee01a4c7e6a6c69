import { createClassifier, rawScores, restoreWeights } from '../../src/language/classifier.js';
import { wordFeatures } from '../../src/language/features.js';
import type { Intent } from '../../src/language/language.js';
import { parseLanguageModel } from '../../src/language/language.js';
import { chooseFloor, isotonic } from '../../src/language/training/calibration.js';
import type { IntentFile } from '../../src/language/training/intent-files.js';
import { bayesTable, trainBayes } from '../../src/language/training/tables.js';
import { prepareExample, trainLanguageModel } from '../../src/language/training/train.js';
import { chatSpelled, mistyped, randomFrom } from '../../src/language/training/variations.js';

const file = (intent: Intent, examples: string[]): IntentFile => ({
  intent,
  description: 'for a test',
  rules: [],
  examples,
});

const small = {
  intents: [
    file('greet', ['xin chào anh', 'chào chị', 'chào buổi sáng', 'hello em']),
    file('procedure.ask', ['* làm {paper} ở đâu', 'làm {paper} cần gì', 'phí làm {paper}', 'mất {paper}']),
    file('none', ['trời mưa quá', 'ăn cơm chưa', 'đá bóng không', 'hát một bài']),
  ],
  slots: [{ slot: 'paper', values: ['khai sinh', 'hộ chiếu', 'căn cước', 'bằng lái', 'sổ đỏ'] }],
  hash: 'small',
};

describe('training', () => {
  it('gives the same model every time', () => {
    expect(trainLanguageModel(small)).toEqual(trainLanguageModel(small));
  });

  it('gives a model that survives its file', () => {
    const { model } = trainLanguageModel({ ...small, folds: 0 });
    const restored = parseLanguageModel(JSON.parse(JSON.stringify(model)));
    expect(restored).toEqual(model);
    for (const text of ['chào bác', 'làm lại hộ chiếu bao nhiêu tiền', 'mưa to']) {
      const prepared = prepareExample(text);
      expect(createClassifier(restored)(prepared)).toEqual(createClassifier(model)(prepared));
    }
  });

  it('refuses a model of another version', () => {
    const { model } = trainLanguageModel({ ...small, folds: 0 });
    expect(() => parseLanguageModel({ ...model, version: 0 })).toThrow(/npm run build/);
  });

  it('says which slot has no values', () => {
    expect(() => trainLanguageModel({ ...small, slots: [] })).toThrow('{paper}');
  });

  it("keeps natural's Bayes classifier as it is: the table ranks and weighs alike", () => {
    const labels = ['greet', 'procedure.ask', 'none'];
    const documents = small.intents.flatMap(({ intent, examples }) =>
      examples.map((example) => ({
        tokens: wordFeatures(prepareExample(example.replace(/[*{}]/g, ''))),
        label: intent,
      })),
    );
    const classifier = trainBayes(documents);
    const table = restoreWeights(bayesTable(classifier, labels));
    const nothing = restoreWeights({ features: '', weights: '', scale: 1, bias: [0, 0, 0] });
    for (const text of ['chào anh nhé', 'làm khai sinh cần gì', 'trời mưa', 'hộ chiếu']) {
      const prepared = prepareExample(text);
      const known = wordFeatures(prepared).filter((feature) => table.rows.has(feature)).length;
      const { bayes } = rawScores(nothing, table, prepared, () => true, labels.length);
      const natural = new Map(
        classifier.getClassifications(wordFeatures(prepared)).map(({ label, value }) => [label, Math.log(value)]),
      );
      for (const [index, label] of labels.entries()) {
        // The table damps by the root of the known words; undone here to compare.
        expect((bayes[index] ?? 0) * Math.sqrt(Math.max(1, known))).toBeCloseTo(natural.get(label) ?? 0, 2);
      }
    }
  });
});

describe('calibration', () => {
  it('never lets a higher score mean less', () => {
    const random = randomFrom(3);
    const outcomes = Array.from({ length: 500 }, () => {
      const raw = random();
      return { raw, right: random() < raw };
    });
    const points = isotonic(outcomes);
    for (const [index, point] of points.slice(1).entries()) {
      expect(point[0]).toBeGreaterThanOrEqual(points[index]?.[0] ?? 0);
      expect(point[1]).toBeGreaterThanOrEqual(points[index]?.[1] ?? 0);
    }
  });

  it('chooses the lowest floor that keeps wrong answers rare', () => {
    const outcomes = [
      ...Array.from({ length: 90 }, () => ({ confidence: 0.8, right: true })),
      ...Array.from({ length: 10 }, () => ({ confidence: 0.5, right: false })),
    ];
    expect(chooseFloor(outcomes, 0.03)).toBeCloseTo(0.5, 1);
    expect(chooseFloor(outcomes, 0)).toBe(0.8);
  });
});

describe('variations', () => {
  it('are the same for the same seed', () => {
    const text = 'cho em hỏi hồ sơ của em không biết làm gì';
    expect(chatSpelled(text, randomFrom(5))).toBe(chatSpelled(text, randomFrom(5)));
    expect(mistyped(text, randomFrom(5))).toBe(mistyped(text, randomFrom(5)));
    expect(chatSpelled(text, randomFrom(5))).not.toBe(text);
  });
});
