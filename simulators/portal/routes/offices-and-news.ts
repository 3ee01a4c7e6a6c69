// GET /offices and GET /news: what the bot copies to answer "where is …" and "what is new".
import { ok, type Route, timeParameter } from '../http.js';
import { pageOf } from '../paging.js';
import type { Portal } from '../portal.js';

/** The contract gives offices no limit parameter; small pages keep the bot's paging exercised. */
const OFFICES_PER_PAGE = 20;

export function officeAndNewsRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'GET',
      path: '/offices',
      query: ['updatedSince', 'cursor'],
      handle(request) {
        const { items, nextCursor } = pageOf(portal.state.offices, (office) => office.id, {
          since: timeParameter(request, 'updatedSince'),
          cursor: request.query('cursor'),
          limit: OFFICES_PER_PAGE,
        });
        return ok(nextCursor === undefined ? { items } : { items, nextCursor });
      },
    },
    {
      method: 'GET',
      path: '/news',
      query: ['since'],
      handle(request) {
        const since = timeParameter(request, 'since') ?? Number.NEGATIVE_INFINITY;
        return ok({ items: portal.state.news.filter((item) => Date.parse(item.publishedAt) >= since) });
      },
    },
  ];
}
