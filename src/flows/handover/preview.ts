// The beginning of what a citizen said, as the queue shows it to staff: masked.
import { safeEnd } from '../../channels/text-parts.js';
import { maskPersonal } from '../../language/mask.js';
import { cleanText } from '../../lib/clean-text.js';
import { PREVIEW_LENGTH } from '../../records/ticket.js';
import type { CitizenBody } from '../flow.js';

/** More than is shown is looked at, so that a number is not cut in two before it is masked. */
const LOOKED_AT = 400;

/** Undefined where nothing was said in words. */
export function previewOf(body: CitizenBody): string | undefined {
  const words = cleanText(wordsOf(body) ?? '');
  if (words === '') return undefined;
  const masked = maskPersonal(words.slice(0, safeEnd(words, LOOKED_AT)));
  return masked.length <= PREVIEW_LENGTH ? masked : masked.slice(0, safeEnd(masked, PREVIEW_LENGTH));
}

function wordsOf(body: CitizenBody): string | undefined {
  switch (body.kind) {
    case 'text':
      return body.text;
    case 'tap':
      return body.title;
    case 'media':
      return body.text;
    default:
      return undefined;
  }
}
