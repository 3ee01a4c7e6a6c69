// The whole report before it is sent: every line can be corrected, by button, by its number or in words.
import type { ReportPlace } from '../../records/feedback.js';
import type { Choice, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { choice, say } from '../message.js';
import { shortened } from '../paging.js';
import { pick } from '../picking.js';
import type { TextKey, Texts } from '../texts.js';
import { categoryOf } from './categories.js';
import { FIELDS, type Field, missing, type ReportDraft, without } from './draft.js';
import { advance, before, draftOf, rulesOf } from './form.js';
import { cancelled } from './giving-up.js';
import { isElsewhere, saysNo, saysYes, tellsEnough } from './reading.js';
import { sharedIn } from './shared.js';
import { taken } from './story.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

/** The story is in the report whole; on the summary its beginning says which it is. */
const SHOWN_CONTENT = 600;

const FIELD_TITLES: Readonly<Record<Field, TextKey>> = {
  what: T.fieldWhat,
  category: T.fieldCategory,
  place: T.fieldPlace,
  photos: T.fieldPhotos,
  contact: T.fieldContact,
  consent: T.fieldConsent,
};

function lines({ services: { texts, feedback } }: Turn, draft: ReportDraft): string {
  const { content = '', category = '', place, photos, name, phone, publish } = draft;
  const contact = [name, phone].filter((part) => part !== undefined).join(', ');
  const where = whereOf(texts, place);
  return [
    texts.format(T.lineWhat, { value: shortened(content, SHOWN_CONTENT) }),
    texts.format(T.lineCategory, { value: categoryOf(feedback.categories, category)?.name ?? category }),
    texts.format(T.linePlace, { value: where }),
    texts.format(T.linePhotos, { count: photos.length }),
    texts.format(T.lineContact, { value: contact === '' ? texts.format(T.anonymous) : contact }),
    texts.format(T.linePublish, { value: texts.format(publish === true ? T.publishYes : T.publishNo) }),
  ].join('\n');
}

/** Words and a shared position may stand side by side. */
function whereOf(texts: Texts, place: ReportPlace | undefined): string {
  if (place === undefined) return texts.format(T.noPlace);
  if (place.text === undefined) return texts.format(T.placePin);
  return place.latitude === undefined ? place.text : texts.format(T.placeBoth, { place: place.text });
}

function summaryChoices({ services: { texts } }: Turn): Choice[] {
  return [
    choice(texts.format(T.send), 'feedback.send'),
    choice(texts.format(T.change), 'feedback.correct'),
    choice(texts.format(T.cancel), 'feedback.cancel'),
  ];
}

const CHANGE =
  /^(?:(?:cho |toi |em |minh |muon |can |xin |lai )*)(?:sua|doi|chinh|thay|cap nhat|viet lai|ghi lai|chua)(?: lai| giup)*(?: (.*))?$/;
const FIELD_WORDS: readonly (readonly [Field, RegExp])[] = [
  ['what', /^(?:1\b|dong 1|so 1|noi dung|viec|chuyen|mo ta)/],
  ['category', /^(?:2\b|dong 2|so 2|loai|linh vuc|nhom)/],
  ['place', /^(?:3\b|dong 3|so 3|noi|dia chi|dia diem|vi tri|cho xay|dia ban)/],
  ['photos', /^(?:4\b|dong 4|so 4|anh|hinh)/],
  ['contact', /^(?:5\b|dong 5|so 5|lien he|ten|ho ten|so dien thoai|sdt|dien thoai|so)/],
  ['consent', /^(?:6\b|dong 6|so 6|cong khai)/],
];

/** "sửa 3", "đổi địa chỉ", "sai số điện thoại rồi" → the line meant; `any`: something, but not which. */
function lineMeant({ plain }: Heard): Field | 'any' | undefined {
  const rest = CHANGE.exec(plain)?.[1] ?? /^(?:sai|nham|chua dung)(?: (.*))?$/.exec(plain)?.[1];
  if (rest === undefined) return CHANGE.test(plain) || /^(?:sai|nham|chua dung)\b/.test(plain) ? 'any' : undefined;
  const line = rest.replace(/^(?:cai|phan|muc|o) /, '');
  return FIELD_WORDS.find(([, words]) => words.test(line))?.[0] ?? 'any';
}

export const summary: Step = {
  read: nothing,
  show(turn) {
    const draft = draftOf(turn);
    if (turn.facts.report === undefined) return { go: 'feedback.gone' };
    if (missing(draft, rulesOf(turn)) !== undefined) return advance(turn, draft);
    const text = turn.services.texts.format(T.summary, { lines: lines(turn, draft) });
    return { say: [say(text, summaryChoices(turn))], wait: {} };
  },
  async hear(turn, heard) {
    const picked = pick(heard.plain, summaryChoices(turn));
    if (picked !== undefined && picked !== 'out-of-range' && !/^\d/.test(heard.plain))
      return { go: picked.picked.payload };
    const line = lineMeant(heard);
    if (line !== undefined) return { go: line === 'any' ? 'feedback.correct' : `feedback.fix:${line}` };
    if (saysYes(heard)) return { go: 'feedback.send' };
    if (saysNo(heard)) return { go: 'feedback.correct' };
    if (isElsewhere(heard) || !tellsEnough(heard.plain)) return undefined;
    // Something that came to mind: it belongs to the story.
    const draft = draftOf(turn);
    const content = `${draft.content ?? ''}\n${heard.text.trim()}`;
    return advance(turn, taken(turn, { ...draft, content }, heard), [say(turn.services.texts.format(T.added))]);
  },
  async receive(turn, body) {
    const shared = await sharedIn(turn, body, draftOf(turn));
    if (shared === undefined) return undefined;
    return advance(turn, shared.draft, shared.words === undefined ? [] : [say(shared.words)]);
  },
  back: (turn) => before(turn, 'summary'),
  cancel: cancelled,
  remind: ({ services: { texts } }) => texts.format(T.summaryRemind),
};

export const correct: Step = {
  read: nothing,
  show(turn) {
    const { texts } = turn.services;
    if (turn.facts.report === undefined) return { go: 'feedback.gone' };
    const fields = FIELDS.filter((field) => field !== 'photos' || rulesOf(turn).pictures);
    const choices = fields.map((field) => choice(texts.format(FIELD_TITLES[field]), `feedback.fix:${field}`));
    return { say: [say(texts.format(T.correct), choices)], wait: {} };
  },
  hear(_turn, heard): StepResult | undefined {
    const field = FIELD_WORDS.find(([, words]) => words.test(heard.plain))?.[0];
    if (field !== undefined && !/^\d/.test(heard.plain)) return { go: `feedback.fix:${field}` };
    return saysNo(heard) ? { go: 'feedback.summary' } : undefined;
  },
  cancel: cancelled,
  remind: ({ services: { texts } }) => texts.format(T.summaryRemind),
};

/** Leads to one question again; what else is known stays. */
export const fix: Step<{ field: Field }> = {
  passing: true,
  read([name]) {
    const field = FIELDS.find((one) => one === name);
    return field === undefined ? undefined : { field };
  },
  show(turn, { field }) {
    const { report } = turn.facts;
    if (report === undefined) return { go: 'feedback.gone' };
    // Whoever corrects the category wants another one than what was suggested.
    const question = field === 'category' ? 'categories' : field;
    return { go: `feedback.${question}`, remember: { report: { ...without(report, field), touched: turn.now } } };
  },
};
