// Buttons written into a text as numbered lines, for platforms that refused the buttons themselves. Knows no platform's shapes.
import { labelled } from './choices.js';
import { splitText } from './text-parts.js';

export interface TitledTarget {
  title: string;
  /** Address or phone number; empty for a reply. */
  target: string;
}

const NUMBERED = /^(\d+)(?:\. (.*))?$/;

/**
 * The text with a line for every button at its end; a reply that stands on a numbered line already is left there. The
 * buttons are the first choices in order, so the n-th without a number of its own is the answer "n".
 */
export function withNumberedLines(text: string, buttons: readonly TitledTarget[]): string {
  const lines = text.split('\n').filter((line) => NUMBERED.test(line));
  const verb = repeatedLabel(buttons);
  const added: string[] = [];
  buttons.forEach(({ title, target }, index) => {
    const [, number, label] = NUMBERED.exec(title) ?? [];
    // A button named by its number alone, or by the same verb as others ("2. Xem"), stands for the line of that number.
    const byNumber = number !== undefined && (label === undefined || label === verb);
    const listed = lines.some((line) =>
      byNumber ? line.startsWith(`${number}. `) : line === title || NUMBERED.exec(line)?.[2] === title,
    );
    if (listed && target !== '') added.push(labelled(title, target));
    else if (!listed) added.push(labelled(number === undefined ? `${index + 1}. ${title}` : title, target));
  });
  return [text, added.join('\n')].filter(Boolean).join('\n\n');
}

/** The words that several buttons carry after different numbers. */
function repeatedLabel(buttons: readonly TitledTarget[]): string | undefined {
  const numbers = new Map<string, string>();
  for (const { title } of buttons) {
    const [, number, label] = NUMBERED.exec(title) ?? [];
    if (number === undefined || label === undefined) continue;
    const other = numbers.get(label);
    if (other !== undefined && other !== number) return label;
    numbers.set(label, number);
  }
  return undefined;
}

/** The same text in smaller parts, for when a platform counts differently than we do; empty when it is short already. */
export function splitSmaller(text: unknown, limit: number): string[] {
  const parts = typeof text === 'string' ? splitText(text, limit) : [];
  return parts.length > 1 ? parts : [];
}
