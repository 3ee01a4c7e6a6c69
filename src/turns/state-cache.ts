// States of the lanes that were busy last, in memory: the owner of a partition is the only one who changes them. Kept as
// JSON text, so that a turn that throws halfway leaves no trace in them.
import { LRUCache } from 'lru-cache';
import type { LaneId } from '../lib/ids.js';

const MAX_LANES = 50_000;
const MAX_CHARACTERS = 32_000_000;

export class StateCache {
  private readonly states = new LRUCache<LaneId, string>({
    max: MAX_LANES,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (text) => text.length,
  });

  get(lane: LaneId): string | undefined {
    return this.states.get(lane);
  }

  set(lane: LaneId, text: string): void {
    this.states.set(lane, text);
  }
}
