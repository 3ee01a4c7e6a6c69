// Ids of staff and the lanes of their records. An id says nothing to whoever reads an audit trail, and the same username always
// has the same one: two who create it at once meet in one lane.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type LaneId, systemLane } from '../lib/ids.js';

/** Lower case, of ASCII, so that no two look alike. */
export const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?$/, 'letters without diacritics, digits, dots and dashes');

export function staffIdOf(username: string): string {
  return `u${createHash('sha256').update(`staff:${username}`).digest('hex').slice(0, 16)}`;
}

export const staffLane = (id: string): LaneId => systemLane('desk', `staff:${id}`);
export const dutyLane = (id: string): LaneId => systemLane('desk', `duty:${id}`);
export const cannedLane = (id: string): LaneId => systemLane('desk', `canned:${id}`);
export const labelLane = (id: string): LaneId => systemLane('desk', `label:${id}`);
