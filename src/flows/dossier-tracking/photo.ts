// A photo of the receipt: the dossier codes in its QR or bar codes. The picture is read once and kept nowhere.
import type { CodeReading } from '../../media/pictures.js';
import type { SharedBody, StepResult, Turn } from '../flow.js';
import { say } from '../message.js';
import type { TextKey } from '../texts.js';
import { dossierAddress, MOST_CODES } from './addresses.js';
import { DOSSIER } from './texts.js';

/** Of one message; more are an album. */
const MOST_PICTURES = 3;

/**
 * `asked`: the bot waits for a code, so a picture without one is answered; `unasked`: only one with a dossier's code is taken.
 */
export async function photographed(
  turn: Turn,
  body: SharedBody,
  when: 'asked' | 'unasked',
): Promise<StepResult | undefined> {
  const { pictures, portal } = turn.services;
  if (body.kind !== 'media' || pictures === undefined || !portal.configured) return undefined;
  const images = body.attachments.filter(({ kind }) => kind === 'image').slice(0, MOST_PICTURES);
  if (images.length === 0) return undefined;
  const readings: CodeReading[] = [];
  for (const image of images) readings.push(await pictures.readCode(turn.lane, image, turn.signal));
  const codes = [...new Set(readings.flatMap((reading) => codesIn(turn, reading)))].slice(0, MOST_CODES);
  if (codes.length > 0) return { go: dossierAddress(codes) };
  if (when === 'unasked' || body.text?.trim()) return undefined;
  return { say: [say(turn.services.texts.format(why(readings)))], wait: {} };
}

function codesIn({ services: { language } }: Turn, reading: CodeReading): string[] {
  if (reading.result !== 'found') return [];
  return reading.text.flatMap((text) =>
    language
      .understand(text)
      .entities.filter(({ type }) => type === 'dossier-code')
      .map(({ value }) => value),
  );
}

function why(readings: readonly CodeReading[]): TextKey {
  if (readings.some(({ result }) => result === 'found')) return DOSSIER.photoOtherCode;
  if (readings.some(({ result }) => result === 'none')) return DOSSIER.photoNoCode;
  return readings.some((one) => one.result === 'refused' && one.reason === 'too-large')
    ? DOSSIER.photoTooLarge
    : DOSSIER.photoUnread;
}
