// Where something happened: words, today's commune behind an old name, or a shared position.
import { fold } from '../../language/fold.js';
import type { Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import type { ReportDraft } from './draft.js';
import { placePhrase } from './reading.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

const LONGEST = 300;
/** More namesakes are told apart by asking for the province in words. */
export const MOST_NAMESAKES = 5;

/** Communes of today that a name may mean: the one that bears just this name, else all. */
export function communesNamed({ services: { language } }: Turn, name: string) {
  const communes = language.placesNamed(name).filter(({ kind }) => kind === 'commune');
  const [said = ''] = fold(name).split(',');
  const exact = communes.filter((commune) => fold(commune.name) === said.trim());
  return exact.length === 1 ? exact : communes;
}

/** The place in a message: as said, with what it is called today, or the name of several among which the citizen chooses. */
export function placeIn(turn: Turn, heard: Heard, whole: boolean): Pick<ReportDraft, 'place' | 'which'> {
  const phrase = placePhrase(heard.text);
  const places = heard.entities('place');
  // "thị trấn Núi Sập, huyện Thoại Sơn": the smallest part says which commune.
  const entity = places.find(({ value }) => communesNamed(turn, value).length > 0) ?? places.at(-1);
  const said = (whole ? heard.text.trim() : joined(phrase, entity?.text)).slice(0, LONGEST);
  if (said === '') return {};
  const communes = entity === undefined ? [] : communesNamed(turn, entity.value);
  if (communes.length > 1 && communes.length <= MOST_NAMESAKES && entity !== undefined)
    return { place: { text: said }, which: entity.value };
  return { place: { text: withToday(turn, said, communes.length === 1 ? communes[0]?.value : undefined) } };
}

/** "xã Vĩnh Phú" → "xã Vĩnh Phú (nay thuộc Xã Thoại Sơn, An Giang)"; a name that is still borne stays as it is. */
export function withToday({ services: { texts } }: Turn, said: string, today: string | undefined): string {
  if (today === undefined || fold(said).includes(fold(today).replace(/,.*$/, ''))) return said;
  return texts.format(T.placeToday, { said, today });
}

/** Folded. */
const PLACE_ALONE =
  /^(?:(?:o|tai|ngay|gan|truoc|sau|canh|doi dien|dau|cuoi) )?(?:ap|xa|phuong|thi tran|huyen|thanh pho|tp|xom|thon|khom|khu pho|to dan pho|to|duong|hem|ngo|quoc lo|tinh lo|so nha|cho|cau|truong|ubnd)\b/;
const MOST_WORDS = 10;

/** A message that only says more of where it is: "ấp 3 xã Tân Bình". */
export function isPlaceAlone(heard: Heard): boolean {
  const { plain } = heard;
  if (!PLACE_ALONE.test(plain) || plain.split(' ').length > MOST_WORDS) return false;
  return heard.entities('place').length > 0 || /^\p{L}+ \d+/u.test(plain);
}

function joined(phrase: string | undefined, name: string | undefined): string {
  if (phrase === undefined || name === undefined) return phrase ?? name ?? '';
  return fold(phrase).includes(fold(name)) ? phrase : `${phrase}, ${name}`;
}
