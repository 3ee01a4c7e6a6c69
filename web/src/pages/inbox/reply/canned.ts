// Answers kept ready: finding them by a few letters without marks, and what fills their places. Pure.
import type { Canned, Me, TicketDetail } from '../../../../../src/desk/api.js';
import { folded } from '../../../parts/format.js';

/** By the keys of parts/canned-variables. */
export function valuesFor(ticket: TicketDetail, me: Me): Readonly<Record<string, string | undefined>> {
  const only = ticket.dossiers.length === 1 ? ticket.dossiers[0] : undefined;
  return {
    ten: ticket.name,
    can_bo: me.name,
    co_quan: me.agencies.find(({ id }) => id === ticket.agency)?.name,
    ma: ticket.id,
    ma_ho_so: ticket.about?.dossier ?? only,
  };
}

/** The word after a slash at the beginning of the text or of a line, up to the cursor; undefined when there is none. */
export function slashQuery(text: string, cursor: number): { query: string; from: number } | undefined {
  const from = text.lastIndexOf('\n', cursor - 1) + 1;
  if (text[from] !== '/' || cursor <= from) return undefined;
  return { query: text.slice(from + 1, cursor), from };
}

/** Every word must occur in the title or the text; those with it in the title come first. */
export function matching(all: readonly Canned[], query: string): Canned[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  return all
    .map((one) => ({ one, title: folded(one.title), all: folded(`${one.title} ${one.text}`) }))
    .filter(({ all }) => words.every((word) => all.includes(word)))
    .sort((a, b) => rank(b.title, words) - rank(a.title, words))
    .map(({ one }) => one);
}

function rank(title: string, words: readonly string[]): number {
  return words.filter((word) => title.includes(word)).length;
}
