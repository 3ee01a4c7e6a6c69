// GET /procedures: what the catalogue knows, for officers who send the bot's card of a procedure.
import { z } from 'zod';
import type { ProcedureHit } from '../../catalogue/search.js';
import { present } from '../../portal/present.js';
import type { Procedure } from '../../records/procedure.js';
import type { Page, ProcedureFound, ProcedureView } from '../api.js';
import { NOT_FOUND } from '../refusals.js';
import type { DeskRoute } from '../route.js';

const MOST_FOUND = 10;
const MOST_DOCUMENTS = 40;

export interface ProcedureParts {
  catalogue: {
    search(query: string, most: number): ProcedureHit[];
    get(code: string): Procedure | undefined;
  };
}

const procedureQuery = z.object({ q: z.string().trim().min(1).max(200) });

export function procedureRoutes({ catalogue }: ProcedureParts): DeskRoute[] {
  return [
    {
      method: 'get',
      path: '/procedures',
      // The catalogue is public; editors look for a procedure too, to say what a message meant.
      needs: 'signed-in',
      async handle({ query }) {
        const { q } = procedureQuery.parse(query);
        const named = catalogue.get(q);
        const hits: ProcedureFound[] =
          named === undefined
            ? catalogue.search(q, MOST_FOUND).map(({ code, name, score }) => ({ code, name, score }))
            : [{ code: named.code, name: named.name, score: 1 }];
        return { status: 200, json: { items: hits } satisfies Page<ProcedureFound> };
      },
    },
    {
      method: 'get',
      path: '/procedures/:code',
      needs: 'tickets.read',
      async handle({ params }) {
        const procedure = catalogue.get(params.code ?? '');
        return procedure === undefined ? NOT_FOUND : { status: 200, json: viewOf(procedure) };
      },
    },
  ];
}

function viewOf({ code, name, field, executingAgency, methods, cases, url }: Procedure): ProcedureView {
  return present({
    code,
    name,
    field,
    agency: executingAgency,
    methods: methods.map(({ channel, timeText, feeText }) => present({ channel, time: timeText, fee: feeText })),
    documents: cases.flatMap(({ documents }) => documents.map((one) => one.name)).slice(0, MOST_DOCUMENTS),
    url,
  });
}
