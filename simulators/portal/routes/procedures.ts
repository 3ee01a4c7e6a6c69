// GET /procedures and /procedures/{code}: the catalogue, whole or only what changed since a moment.
import { countParameter, ok, type Route, timeParameter } from '../http.js';
import { pageOf } from '../paging.js';
import type { Portal } from '../portal.js';
import { badRequest, notFound } from '../problem.js';
import { procedureCode } from '../schemas.js';

export function procedureRoutes(portal: Portal): Route[] {
  return [
    {
      method: 'GET',
      path: '/procedures',
      query: ['updatedSince', 'cursor', 'limit'],
      handle(request) {
        const { items, nextCursor, since } = pageOf(portal.state.procedures.values(), (procedure) => procedure.code, {
          since: timeParameter(request, 'updatedSince'),
          cursor: request.query('cursor'),
          limit: countParameter(request, 'limit', 500, 200),
        });
        if (nextCursor !== undefined) return ok({ items, nextCursor });
        if (since === undefined) return ok({ items });
        // Removals stand on the last page: a listing that lasts still names what was removed meanwhile.
        const removed = [...portal.state.removedProcedures].filter(([, at]) => at >= since).map(([code]) => code);
        return ok({ items, removed });
      },
    },
    {
      method: 'GET',
      path: '/procedures/{code}',
      handle(request) {
        const code = request.param('code');
        if (!procedureCode.safeParse(code).success) throw badRequest('bad-code', 'A procedure code is d.dddddd');
        const procedure = portal.state.procedures.get(code);
        if (procedure === undefined) throw notFound('This procedure');
        return ok(procedure);
      },
    },
  ];
}
