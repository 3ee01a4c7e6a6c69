// What a fault is. Each breaks something of a stage, waits, and mends it.
import type { Chance } from '../chance.js';
import type { HomeKind, Stage } from '../stage.js';

export interface Fault {
  readonly name: string;
  readonly homes: readonly HomeKind[];
  /** A process died, was paused or cut off, or a send's outcome stayed unknown: invariant 6 lets a reply leave a second time. */
  readonly mayRepeat: boolean;
  /**
   * Resolves when everything is whole again, with the moment (`performance.now()`) from which on recovery counts: what broke
   * by itself (a killed process or server) from the order to start it again, everything else from its end.
   */
  strike(stage: Stage, chance: Chance): Promise<number>;
}

export const ALL_HOMES = ['embedded', 'cluster', 'replicated'] as const;
export const WITH_REDIS = ['cluster', 'replicated'] as const;

export const now = () => performance.now();
