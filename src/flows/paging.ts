// Cuts long published texts into pages that read well on a phone. Nothing is lost: the pages joined are the text.

/** Comfortable length of one message, well under every platform's limit. */
export const PAGE_LENGTH = 1400;

/** Packs lines into pages; a line that is longer than a page is cut at sentence ends, else at spaces. */
export function pagesOf(lines: readonly string[], length: number = PAGE_LENGTH): string[] {
  const pages: string[] = [];
  let page = '';
  for (const line of lines.flatMap((one) => pieces(one, length))) {
    if (page !== '' && page.length + 1 + line.length > length) {
      pages.push(page);
      page = line;
    } else {
      page = page === '' ? line : `${page}\n${line}`;
    }
  }
  if (page.trim() !== '') pages.push(page);
  return pages;
}

function pieces(line: string, length: number): string[] {
  const out: string[] = [];
  let rest = line.trimEnd();
  while (rest.length > length) {
    const head = rest.slice(0, length);
    const sentence = Math.max(
      head.lastIndexOf('. '),
      head.lastIndexOf('; '),
      head.lastIndexOf('! '),
      head.lastIndexOf('? '),
    );
    const space = head.lastIndexOf(' ');
    const cut = sentence > length / 2 ? sentence + 1 : space > 0 ? space : wholeCharacters(head);
    out.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  out.push(rest);
  return out;
}

/** A cut never falls between the halves of one character. */
function wholeCharacters(head: string): number {
  const last = head.charCodeAt(head.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? head.length - 1 : head.length;
}

/** A name that must fit in `length`, ended at a word where it is longer. */
export function shortened(name: string, length: number): string {
  const clean = name.replace(/\s+/g, ' ').trim();
  if (clean.length <= length) return clean;
  const head = clean.slice(0, length - 1);
  const space = head.lastIndexOf(' ');
  return `${(space > length / 2 ? head.slice(0, space) : head.slice(0, wholeCharacters(head))).trimEnd()}…`;
}
