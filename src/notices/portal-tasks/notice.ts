// The effect that tells a citizen's lane something: the lane's own turn decides what is said.
import type { LaneId } from '../../lib/ids.js';
import type { JsonObject } from '../../lib/json.js';
import type { Effect } from '../../turns/turn.js';

export function noticeTo(lane: string, at: number, name: string, data: JsonObject): Effect {
  return { type: 'append', lane: lane as LaneId, at, body: { kind: 'notice', name, data } };
}
