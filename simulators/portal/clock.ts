// The portal's own time: the real clock moved by an offset, so that tests and the phone page can reach next week at once.

export interface SimulatedClock {
  /** Milliseconds since 1970, as the portal sees them. */
  now(): number;
  advance(ms: number): void;
  /** Jumps to an absolute time; the clock goes on running from there. */
  set(at: number): void;
  reset(): void;
}

export function createClock(base: () => number = Date.now): SimulatedClock {
  let offset = 0;
  return {
    now: () => base() + offset,
    advance: (ms) => {
      offset += ms;
    },
    set: (at) => {
      offset = at - base();
    },
    reset: () => {
      offset = 0;
    },
  };
}
