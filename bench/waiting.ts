// Waiting for a condition, with a word about what did not come.

/** Something that must come did not: the round is stuck. */
export class Stuck extends Error {}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string | (() => string),
  withinMs = 60_000,
  everyMs = 15,
): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > end) {
      const missing = typeof what === 'string' ? what : what();
      throw new Stuck(`waited ${withinMs / 1000} s in vain for ${missing}`);
    }
    await pause(everyMs);
  }
}
