// Counts wrong proofs per dossier and locks it for a while: codes are easy to guess, four digits too. The bot has
// its own, stricter counters; these are the portal's.

const ALLOWED_WRONG = 5;
const LOCKED_FOR = 15 * 60_000;

export interface ProofLocks {
  /** Seconds until proofs for this dossier are looked at again; 0 when they are. */
  lockedFor(code: string, now: number): number;
  countWrong(code: string, now: number): void;
  forgive(code: string): void;
}

export function createProofLocks(): ProofLocks {
  const wrong = new Map<string, { count: number; last: number }>();
  const current = (code: string, now: number) => {
    const entry = wrong.get(code);
    return entry !== undefined && now < entry.last + LOCKED_FOR ? entry : undefined;
  };
  return {
    lockedFor(code, now) {
      const entry = current(code, now);
      if (entry === undefined || entry.count < ALLOWED_WRONG) return 0;
      return Math.ceil((entry.last + LOCKED_FOR - now) / 1000);
    },
    countWrong(code, now) {
      wrong.set(code, { count: (current(code, now)?.count ?? 0) + 1, last: now });
    },
    forgive(code) {
      wrong.delete(code);
    },
  };
}
