// Signs in a text that nobody sees and that change how the rest of it is read. Pure; what a text means is language/.

/** Marks of writing direction: an override shows "gpj.exe" as "exe.jpg", also to whoever opens an exported table. */
const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROLS = /\p{Cc}+/gu;
const CONTROLS_WITHIN_LINES = /[^\P{Cc}\n\t]/gu;

/** Of one line, such as a name: a line break becomes a space. */
export function cleanLine(text: string): string {
  return text.replace(DIRECTIONS, '').replace(CONTROLS, ' ').trim();
}

/** Of several lines, which stay. */
export function cleanText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(DIRECTIONS, '').replace(CONTROLS_WITHIN_LINES, '').trim();
}
