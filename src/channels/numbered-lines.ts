// Buttons written into a text as numbered lines, for platforms that refused the buttons themselves. Knows no platform's shapes.
import { labelled } from './choices.js';
import { splitText } from './text-parts.js';

export interface TitledTarget {
  title: string;
  /** Address or phone number; empty for a reply. */
  target: string;
}

/** Every button has a line: the one it has already in a numbered text (with its target added), or a new one at the end. */
export function withNumberedLines(text: string, buttons: readonly TitledTarget[]): string {
  const lines = text.split('\n');
  const added: string[] = [];
  buttons.forEach(({ title, target }, index) => {
    const number = /^(\d+)(?:\. |$)/.exec(title)?.[1];
    const at = lines.findIndex((line) =>
      number === undefined ? line.replace(/^\d+\. /, '') === title && line !== title : line.startsWith(`${number}. `),
    );
    const line = lines[at];
    if (line === undefined) added.push(number === undefined ? `${index + 1}. ${labelled(title, target)}` : title);
    else if (target !== '') lines[at] = labelled(line, target);
  });
  if (added.length === 0) return lines.join('\n');
  return [lines.join('\n'), added.join('\n')].filter(Boolean).join('\n\n');
}

/** The same text in smaller parts, for when a platform counts differently than we do; empty when it is short already. */
export function splitSmaller(text: unknown, limit: number): string[] {
  const parts = typeof text === 'string' ? splitText(text, limit) : [];
  return parts.length > 1 ? parts : [];
}
