// Which letter strings can be a Vietnamese syllable. Tells words from keyboard noise and checks the spelling repairs.

const ONSETS = 'b c ch d g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x'.split(' ');
const RIMES = new Set(
  (
    'a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet ieu im in inh ip it iu ' +
    'o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong ooc oong op ot ' +
    'u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya uych uyen uyet uynh uyt uyu ' +
    'y yem yen yeng yet yeu'
  ).split(' '),
);
const LONGEST_FIRST = [...ONSETS].sort((a, b) => b.length - a.length);
const LONGEST_SYLLABLE = 7;

/** Takes a folded word ("duong"); true when Vietnamese spelling allows it, whatever its tone. */
export function isSyllable(folded: string): boolean {
  if (folded.length === 0 || folded.length > LONGEST_SYLLABLE) return false;
  if (RIMES.has(folded)) return true;
  // "gi" is an onset (gia) and a syllable of its own (gì), so every onset that fits is tried.
  return (
    LONGEST_FIRST.some((onset) => folded.startsWith(onset) && RIMES.has(folded.slice(onset.length))) || folded === 'gi'
  );
}

/** "xinchao" → ["xin", "chao"]: a word typed without its spaces, or undefined when it is no run of syllables. Folded input. */
export function splitSyllables(folded: string): string[] | undefined {
  if (folded.length < 4 || folded.length > 28) return undefined;
  // best[i] = the fewest syllables that end at i; fewest keeps "khong" whole instead of "kho" + "ng".
  const best: (string[] | undefined)[] = [[]];
  for (let end = 1; end <= folded.length; end++) {
    for (let start = Math.max(0, end - LONGEST_SYLLABLE); start < end; start++) {
      const before = best[start];
      const syllable = folded.slice(start, end);
      if (before === undefined || syllable.length < 2 || !isSyllable(syllable)) continue;
      const current = best[end];
      if (current === undefined || before.length + 1 < current.length) best[end] = [...before, syllable];
    }
  }
  return best[folded.length];
}
