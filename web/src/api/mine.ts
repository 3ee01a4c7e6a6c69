// Which conversations are known to be this officer's: what is given to them by others is told, what they took themselves is not.
import { onForget } from '../parts/kept.js';

let known: Set<string> | undefined;
onForget(() => {
  known = undefined;
});

/** What the server listed first; until then nothing is news. Later lists may be ahead of the live events that tell of it. */
export function listMine(ids: Iterable<string>): void {
  known ??= new Set(ids);
}

/** Taken by their own doing. */
export function tookMine(id: string): void {
  known?.add(id);
}

/** Whether this is the first that is heard of it being theirs. */
export function isNewlyMine(id: string, mine: boolean): boolean {
  if (known === undefined) return false;
  if (!mine) {
    known.delete(id);
    return false;
  }
  if (known.has(id)) return false;
  known.add(id);
  return true;
}
