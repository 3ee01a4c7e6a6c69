// A view of the message for the code and number finders: look-alike characters made plain, every offset unchanged.

const DASHES = /[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d\u00ad\u02d7]/g;
const DOTS = /[\u00b7\u2022\uff0e\u2024]/g;
const SPACES = /[\u00a0\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff\t\r\n]/g;

/** One UTF-16 unit in, one out: dashes, dots, spaces, full-width digits and letters in their ASCII form. */
export function plain(message: string): string {
  return message
    .replace(DASHES, '-')
    .replace(DOTS, '.')
    .replace(SPACES, ' ')
    .replace(/[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
}

export interface Span {
  start: number;
  end: number;
}

export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
