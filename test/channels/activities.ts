// Random activities for property tests of rendering: Vietnamese, emoji, combining marks, long and short.
import fc from 'fast-check';
import type { CardAction, OutgoingActivity } from '../../src/channels/activity.js';
import { HERO_CARD } from '../../src/channels/activity.js';

const word = fc.constantFrom(
  'hồ',
  'sơ',
  'thủ tục',
  'đăng ký',
  'khai',
  'sinh',
  'giấy',
  'tờ,',
  'nộp.',
  'Phí:',
  '50.000',
  'đồng!',
  'A\u0309n',
  '👨‍👩‍👧',
  '👍🏽',
  '🇻🇳',
  'H01.23-456',
  'https://dichvucong.example.gov.vn/a/b?c=1',
  '1.',
  '…',
  '(chi',
  'tiết)?',
  'o\u031b\u0309',
  'x'.repeat(50),
);
const gap = fc.constantFrom(' ', ' ', ' ', '\n', '\n\n', '  ');

function words(min: number, max: number): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(word, gap), { minLength: min, maxLength: max, size: 'max' })
    .map((pairs) => pairs.map(([text, space]) => text + space).join(''));
}

const text = fc.oneof(words(0, 30), words(0, 30), words(100, 1500), fc.string({ unit: 'binary', maxLength: 300 }));
const title = fc.oneof(words(1, 3), words(1, 3), words(1, 12), words(20, 60));

const action: fc.Arbitrary<CardAction> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      type: fc.constant('postBack'),
      title,
      value: fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
    }),
  },
  fc.record({ type: fc.constant('openUrl'), title, value: fc.webUrl() }),
  fc.record({
    type: fc.constant('call'),
    title,
    value: fc.constantFrom('tel:+84901234567', '1900 1234', '0901.234.567', '113'),
  }),
);

const card = fc
  .record({
    title,
    subtitle: fc.oneof(fc.constant(''), title),
    text: fc.oneof(fc.constant(''), words(0, 40)),
    buttons: fc.array(action, { maxLength: 5 }),
  })
  .map((content) => ({ contentType: HERO_CARD, content }));

export const activities: fc.Arbitrary<OutgoingActivity> = fc
  .record({
    text,
    actions: fc.array(action, { maxLength: 20 }),
    attachments: fc.oneof(fc.array(card, { maxLength: 1 }), fc.array(card, { maxLength: 12 })),
    attachmentLayout: fc.constantFrom('list', 'carousel'),
  })
  .map(({ actions, ...rest }) => ({ type: 'message' as const, ...rest, suggestedActions: { actions, to: [] } }));

/** Every word that the activity says and that must not get lost. */
export function saidBy(activity: OutgoingActivity): string[] {
  const actions = activity.suggestedActions?.actions ?? [];
  const cards = (activity.attachments ?? []).map(
    ({ content }) => content as { title: string; subtitle: string; text: string; buttons: CardAction[] },
  );
  return [
    activity.text ?? '',
    ...cards.flatMap((one) => [one.title, one.subtitle, one.text, ...one.buttons.map((button) => button.title)]),
    ...actions.map((one) => one.title),
  ]
    .map(level)
    .filter((said) => said !== '');
}

/** Text without white space and in NFC: what must survive splitting. */
export function level(said: string): string {
  return said.normalize('NFC').replace(/\s+/g, '');
}
