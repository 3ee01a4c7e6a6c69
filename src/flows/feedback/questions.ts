// The questions of a report, one by one. In which order they come is draft.ts.
import type { Step, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { categoryOf } from './categories.js';
import { categories, category } from './category-question.js';
import { type ReportDraft, without } from './draft.js';
import { advance, draftOf, question } from './form.js';
import { dropPhotos } from './giving-up.js';
import { communesNamed, placeIn, withToday } from './places.js';
import { nameIn, phoneIn, saysNo, saysYes, tellsEnough } from './reading.js';
import { MOST_PHOTOS } from './shared.js';
import { added, taken } from './story.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

const SHORTEST_PLACE = 3;

const what = question('what', {
  reminder: T.whatRemind,
  ask: ({ services: { texts } }) => ({
    text: texts.format(T.what),
    choices: [choice(texts.format(T.mine), 'feedback.mine')],
  }),
  answer(turn, heard, draft) {
    const { texts } = turn.services;
    // Told anew, it takes the place of what was told before.
    const again = draft.content !== undefined && tellsEnough(heard.plain);
    const next = taken(turn, again ? without(draft, 'what') : draft, heard);
    if (next.content !== undefined) return { draft: next };
    // Words in pieces: "đèn đường", then "hỏng cả tuần".
    return heard.plain === '' || saysNo(heard) ? undefined : { again: texts.format(T.whatMore), draft: next };
  },
});

function hasLetters({ plain }: Heard): boolean {
  return /\p{L}/u.test(plain);
}

const place = question('place', {
  reminder: T.placeRemind,
  ask: ({ services: { texts } }) => ({
    text: texts.format(T.place),
    choices: [choice(texts.format(T.skip), 'feedback.place-skip')],
  }),
  answer(turn, heard, draft) {
    if (saysNo(heard)) return { draft: { ...draft, placed: true } };
    // Figures alone are no place; they may be the digits of somebody's proof.
    if (heard.plain.replaceAll(' ', '').length < SHORTEST_PLACE || !hasLetters(heard))
      return { again: turn.services.texts.format(T.placeShort) };
    const { latitude, longitude } = draft.place ?? {};
    const found = placeIn(turn, heard, true);
    const pin = latitude === undefined || longitude === undefined ? {} : { latitude, longitude };
    return {
      draft: { ...draft, ...found, ...(found.place === undefined ? {} : { place: { ...found.place, ...pin } }) },
    };
  },
});

const which = question('which', {
  reminder: T.placeRemind,
  ask(turn, { which: name = '' }) {
    const { texts } = turn.services;
    const communes = communesNamed(turn, name).map(({ code, value }) => choice(value, `feedback.place-is:${code}`));
    return {
      text: texts.format(T.which, { name }),
      choices: [...communes, choice(texts.format(T.skip), 'feedback.place-is:0')],
    };
  },
  answer(turn, heard, draft) {
    const { which: _which, ...rest } = draft;
    if (saysNo(heard) || saysYes(heard)) return { draft: rest };
    if (!hasLetters(heard)) return undefined;
    // "ở An Giang": the province tells the namesakes apart.
    const around = heard.entities('place').at(-1)?.value;
    const communes = around === undefined ? [] : turn.services.language.placesNamed(draft.which ?? '', around);
    const today = communes.length === 1 ? communes[0]?.value : undefined;
    const said = rest.place?.text ?? '';
    const both = said === '' ? heard.text.trim() : `${said}, ${heard.text.trim()}`;
    const text = today === undefined ? both : withToday(turn, said, today);
    return { draft: { ...rest, place: { ...rest.place, text } } };
  },
});

const photos = question('photos', {
  reminder: T.photosRemind,
  ask({ services: { texts } }, draft) {
    const count = draft.photos.length;
    if (count === 0)
      return {
        text: texts.format(T.photos, { most: MOST_PHOTOS }),
        choices: [choice(texts.format(T.noPhotos), 'feedback.photos-done')],
      };
    return {
      text: `${texts.format(T.photosGot, { count, most: MOST_PHOTOS })} ${texts.format(T.photosMore)}`,
      choices: [
        choice(texts.format(T.done), 'feedback.photos-done'),
        choice(texts.format(T.dropPhotos), 'feedback.photos-drop'),
      ],
    };
  },
  answer: (turn, heard, draft) =>
    saysNo(heard) || saysYes(heard) ? { draft: { ...draft, photosDone: true } } : added(turn, heard, draft),
});

/** Folded: rather not, or why at all. */
const UNWILLING = /\b(?:an danh|giau ten|tai sao|vi sao|sao (?:phai|lai|can)|de lam gi|lam gi vay|bat buoc)\b/;

const contact = question('contact', {
  reminder: T.contactRemind,
  ask({ services: { texts, feedback } }, draft) {
    if (draft.phone !== undefined && draft.name === undefined)
      return { text: texts.format(T.contactName), choices: [] };
    if (draft.name !== undefined && draft.phone === undefined)
      return { text: texts.format(T.contactPhone), choices: [] };
    if (feedback.contact === 'required') return { text: texts.format(T.contact), choices: [] };
    return {
      text: texts.format(T.contactOptional),
      choices: [choice(texts.format(T.stayAnonymous), 'feedback.anonymous')],
    };
  },
  answer(turn, heard, draft) {
    const { texts, feedback } = turn.services;
    if (feedback.contact === 'optional' && (saysNo(heard) || /\ban danh\b/.test(heard.plain)))
      return { draft: { ...draft, anonymous: true } };
    if (UNWILLING.test(heard.plain) || saysNo(heard)) {
      const { province } = serviceFacts(texts);
      return { again: texts.format(T.contactNeeded, { province }) };
    }
    const phone = phoneIn(heard) ?? draft.phone;
    const name = nameIn(heard.text, true) ?? draft.name;
    const next = { ...draft, ...(phone === undefined ? {} : { phone }), ...(name === undefined ? {} : { name }) };
    if (phone !== undefined && name !== undefined) return { draft: next };
    if (phone === draft.phone && name === draft.name)
      return heard.plain === '' ? undefined : { again: texts.format(T.contact) };
    return { again: texts.format(phone === undefined ? T.contactPhone : T.contactName), draft: next };
  },
});

const consent = question('consent', {
  reminder: T.consentRemind,
  ask: ({ services: { texts } }) => ({
    text: texts.format(T.consent),
    choices: [
      choice(texts.format(T.agree), 'feedback.publish:yes'),
      choice(texts.format(T.disagree), 'feedback.publish:no'),
    ],
  }),
  answer(turn, heard, draft) {
    if (saysNo(heard)) return { draft: { ...draft, publish: false } };
    return saysYes(heard) ? { draft: { ...draft, publish: true } } : added(turn, heard, draft);
  },
});

/** A button that answers; without a draft it belongs to a report that is gone. */
function sets<M extends { value: string }>(
  read: (value: string | undefined) => boolean,
  change: (draft: ReportDraft, value: string, turn: Turn) => ReportDraft | Promise<ReportDraft>,
): Step<M> {
  return {
    passing: true,
    acts: true,
    read: ([value]) => (read(value) ? ({ value: value ?? '' } as M) : undefined),
    async show(turn, { value }) {
      if (turn.facts.report === undefined) return { go: 'feedback.gone' };
      return advance(turn, await change(draftOf(turn), value, turn));
    },
  };
}

const bare = (value: string | undefined) => value === undefined;

export const QUESTIONS: Readonly<Record<string, Step>> = {
  what,
  category,
  categories,
  place,
  which,
  photos,
  contact,
  consent,
  'category-is': sets(
    (id) => id !== undefined && /^[a-z-]{2,40}$/.test(id),
    (draft, id, { services }) =>
      categoryOf(services.feedback.categories, id) === undefined ? draft : { ...draft, category: id },
  ),
  'place-skip': sets(bare, (draft) => ({ ...draft, placed: true })),
  'place-is': sets(
    (code) => code !== undefined && /^\d{1,6}$/.test(code),
    ({ which: name, ...draft }, code, turn) => {
      const today = communesNamed(turn, name ?? '').find((commune) => commune.code === code);
      if (today === undefined || draft.place?.text === undefined) return draft;
      return { ...draft, place: { ...draft.place, text: withToday(turn, draft.place.text, today.value) } };
    },
  ),
  'photos-done': sets(bare, (draft) => ({ ...draft, photosDone: true })),
  'photos-drop': sets(bare, async (draft, _value, turn) => {
    await dropPhotos(turn);
    return { ...draft, photos: [], photosDone: true };
  }),
  anonymous: sets(bare, (draft, _value, { services }) =>
    services.feedback.contact === 'optional' ? { ...draft, anonymous: true } : draft,
  ),
  publish: sets(
    (value) => value === 'yes' || value === 'no',
    (draft, value) => ({ ...draft, publish: value === 'yes' }),
  ),
  /** A button of a report that was sent or given up. */
  gone: {
    passing: true,
    read: nothing,
    show: ({ services: { texts } }) => ({
      say: [
        say(texts.format(T.nothingToSend), [
          choice(texts.format(T.writeAnother), 'feedback.ask'),
          choice(texts.format(T.mine), 'feedback.mine'),
        ]),
      ],
    }),
  },
};
