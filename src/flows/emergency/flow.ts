// Emergencies: the number first, nothing else in the way. The numbers stand in templates/vi/emergency.yaml.
import type { Address, Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { say } from '../message.js';
import type { TextKey } from '../texts.js';
import { declareTexts, text } from '../texts.js';

const EMERGENCY = declareTexts('emergency', { numbers: text(), scam: text() });

function tells(key: TextKey): Step {
  return { read: nothing, show: ({ services: { texts } }) => ({ say: [say(texts.format(key))] }) };
}

/** Somebody who takes money right now is an emergency too, and the bank can still stop it. Folded words. */
const SCAM =
  /\b(?:lua dao|bi (?:\w+ ){0,3}lua|lua (?:chuyen|lay|mat|het)|bi hack|chiem doat|gia (?:danh |mao )?(?:lam )?(?:cong an|can bo|nhan vien|ngan hang)|(?:xung|bao|noi|tu nhan) (?:la|minh la) (?:ben )?(?:cong an|can bo|vien kiem sat|toa an|ngan hang))\b/;
const MONEY =
  /\b(?:chuyen (?:tien|khoan|het)|da chuyen|lo chuyen|mat (?:het )?tien|rut (?:het )?tien|(?:doc|dua|doi|hoi|gui|cung cap|nhap|lay) (?:ma )?otp|ma otp|tai khoan ngan hang|mat khau|cai (?:app|ung dung|phan mem)|(?:bam|nhan|bam vao) (?:link|duong dan)|nop tien|coc tien)\b/;

function overhear(_turn: Turn, heard: Heard): StepResult | undefined {
  return SCAM.test(heard.plain) && MONEY.test(heard.plain) ? { go: 'emergency.scam' } : undefined;
}

/** Where words lead that must not wait, whatever was asked before; undefined for all others. */
export function urgentAddress(heard: Heard): Address | undefined {
  const scam = SCAM.test(heard.plain);
  if (scam && MONEY.test(heard.plain)) return 'emergency.scam';
  const { intent, certain } = heard.meaning;
  if (intent !== 'emergency' || !certain) return undefined;
  return scam ? 'emergency.scam' : 'emergency.numbers';
}

export const emergencyFlow: Flow = {
  name: 'emergency',
  version: 1,
  texts: { name: 'emergency', keys: EMERGENCY },
  start: 'numbers',
  steps: { numbers: tells(EMERGENCY.numbers), scam: tells(EMERGENCY.scam) },
  intents: {
    emergency: (_turn, heard) => ({ go: SCAM.test(heard.plain) ? 'emergency.scam' : 'emergency.numbers' }),
  },
  overhear,
};
