// What words add to a report: the story and its place, whatever question it stands at.
import { fold } from '../../language/fold.js';
import type { Turn } from '../flow.js';
import type { Heard } from '../heard.js';
import type { ReportDraft } from './draft.js';
import type { Answer } from './form.js';
import { isPlaceAlone, placeIn } from './places.js';
import { absorbed, tellsEnough } from './reading.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

const LONGEST_CONTENT = 4000;

/** All that a message says, its place too. */
export function taken(turn: Turn, draft: ReportDraft, heard: Heard): ReportDraft {
  const next = absorbed(draft, heard);
  return next.place === undefined && next.content !== undefined ? { ...next, ...placeIn(turn, heard, false) } : next;
}

/** People write in pieces: what is no answer and long enough belongs to the story. */
export function added(turn: Turn, heard: Heard, draft: ReportDraft): Answer | undefined {
  if (draft.place?.text !== undefined && isPlaceAlone(heard)) {
    const { place, which } = placeIn(turn, heard, true);
    const said = place?.text;
    const isKnown = said === undefined || fold(draft.place.text).includes(fold(said));
    const text = isKnown ? draft.place.text : `${draft.place.text}, ${said}`;
    const next = { ...draft, place: { ...draft.place, text }, ...(which === undefined ? {} : { which }) };
    return { again: turn.services.texts.format(T.added), draft: next, repeat: true };
  }
  if (!tellsEnough(heard.plain)) return undefined;
  const content = [draft.content, heard.text.trim()].filter((part) => part !== undefined).join('\n');
  if (content.length > LONGEST_CONTENT) return undefined;
  const next = taken(turn, { ...draft, content }, heard);
  return { again: turn.services.texts.format(T.added), draft: next, repeat: true };
}
