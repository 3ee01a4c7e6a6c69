// GET /live: the stream of changes for one open desk. Heartbeats, the end of its session and a browser that does not read are the
// router's business (event-streams.ts).
import type { DeskRoute } from '../route.js';
import type { LiveHub } from './hub.js';

export function liveRoute(hub: Pick<LiveHub, 'join'>): DeskRoute {
  return {
    method: 'get',
    path: '/live',
    needs: 'tickets.read',
    async handle({ who, signal }) {
      return { status: 200, events: (write, end) => hub.join({ who, write, end }, signal) };
    },
  };
}
