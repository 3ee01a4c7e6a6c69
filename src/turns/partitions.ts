// Which partition a lane belongs to. The hash is part of a deployment's data: it never changes.
import type { LaneId } from '../lib/ids.js';

/** FNV-1a over UTF-16 units, then Murmur3's last mixing: ids that differ in their last digits alone spread as well. */
export function partitionOf(lane: LaneId, partitions: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < lane.length; index += 1) {
    hash = Math.imul(hash ^ lane.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % partitions;
}

export function leaseName(partition: number): string {
  return `partition:${partition}`;
}
