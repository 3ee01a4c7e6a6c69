// Which partition a lane belongs to. The hash is part of a deployment's data: it never changes.
import type { LaneId } from '../lib/ids.js';

/** FNV-1a, 32 bits, over UTF-16 units: short ids spread well and the cost is nothing. */
export function partitionOf(lane: LaneId, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < lane.length; index += 1) {
    hash = Math.imul(hash ^ lane.charCodeAt(index), 0x01000193);
  }
  return (hash >>> 0) % partitions;
}

export function leaseName(partition: number): string {
  return `partition:${partition}`;
}
