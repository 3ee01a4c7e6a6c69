// Which intent a message surely has, once its words, its entities and the words that only flows know are taken together. Pure.
import type { Intent } from '../language/language.js';
import type { Heard } from './heard.js';

/** A form's number as the law prints it ("CT07", "TK01"); folded. */
const FORM =
  /^(?:(?:mau|to khai|phieu|don|form|bieu mau)(?: so)? )?[a-z]{2,3} ?\d{2}[a-z]?(?: (?:la gi|dau|o dau|tai o dau))?$/;

/** Says itself that it is a report, whatever it then tells; folded. */
const REPORTING = /\b(?:muon|xin|can|cho)(?: (?:toi|em|minh|e|con|duoc))? (?:bao cao|phan anh|gop y|kien nghi)\b/;

/** What the message surely means: by its intent, or by what it names where the intent alone is not certain. */
export function clearIntent(heard: Heard): Intent | undefined {
  const { intent, certain, entities } = heard.meaning;
  // Somebody who sends nothing but a phone or ID number wants their dossiers found; the answer says what is needed for it.
  const numbered =
    entities.some(({ type }) => type === 'phone' || type === 'id-number') && /^[\d\s.+-]+$/.test(heard.text);
  const coded = numbered || entities.some(({ type }) => type.startsWith('dossier-code'));
  if (coded && (!certain || intent === 'none' || intent === 'insult')) return 'dossier.track';
  if (!coded && (!certain || intent === 'none') && FORM.test(heard.plain)) return 'procedure.ask';
  if ((!certain || intent === 'none') && REPORTING.test(heard.plain)) return 'feedback.send';
  if (certain) return intent;
  return intent === 'office.contact' && heard.entities('agency').length > 0 ? intent : undefined;
}

/** Sentences that together tell one thing gone wrong: they are no several questions, and a report is heard whole. */
export function isOneReport(heard: Heard): boolean {
  const parts = heard.meaning.parts.map(({ intent, certain }) => (certain ? intent : 'none'));
  return parts.includes('feedback.send') && parts.every((intent) => OF_A_REPORT.has(intent));
}

const OF_A_REPORT: ReadonlySet<Intent> = new Set<Intent>(['feedback.send', 'none', 'insult', 'greet', 'thanks']);
