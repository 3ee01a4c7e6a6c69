// What Graph's error codes mean for a message. Decided by code and subcode only: the texts change.
import { HOUR, MINUTE, SECOND } from '../../lib/clock.js';

export interface GraphError {
  code: number;
  subcode: number | undefined;
  type: string | undefined;
  isTransient: boolean;
}

/**
 * `rate`: the Page or app is too fast. `retry`: refused, may work later. `shape`: this form is refused, a simpler one may
 * pass. `unknown`: it may have been sent. `account`: the Page cannot send at all until somebody acts.
 */
export type GraphAction =
  | { do: 'rate' | 'shape' | 'give-up' | 'unknown' }
  | { do: 'retry' | 'account'; afterMs: number };

const GIVE_UP: GraphAction = { do: 'give-up' };
const SHAPE: GraphAction = { do: 'shape' };
const RATE: GraphAction = { do: 'rate' };
const SOON: GraphAction = { do: 'retry', afterMs: 3 * SECOND };
const LATER: GraphAction = { do: 'retry', afterMs: 20 * SECOND };
const ACCOUNT: GraphAction = { do: 'account', afterMs: 5 * MINUTE };
const RESTRICTED: GraphAction = { do: 'account', afterMs: HOUR };

/** `code` or `code.subcode`; a subcode that is not listed falls back to its code's line `code.*`, then to giving up. */
const ACTIONS: ReadonlyMap<string, GraphAction> = new Map<string, GraphAction>([
  // Unknown and temporary errors. 1357046: the message was sent and the error is wrong.
  ['1', LATER],
  ['1.99', LATER],
  ['1.1357046', { do: 'unknown' }],
  ['1.*', GIVE_UP],
  ['2', SOON],
  ['1200', SOON],
  // Limits.
  ['4', RATE],
  ['17', RATE],
  ['32', RATE],
  ['341', RATE],
  ['613', RATE],
  ['613.2534040', RATE],
  ['613.2018338', RESTRICTED],
  ['80001', RATE],
  ['80006', RATE],
  // Token, permission, restriction: the whole Page.
  ['102', ACCOUNT],
  ['102.*', ACCOUNT],
  ['190', ACCOUNT],
  ['190.*', ACCOUNT],
  ['3', ACCOUNT],
  ['10', ACCOUNT],
  ['200', ACCOUNT],
  ['230', ACCOUNT],
  ['10.1893063', RESTRICTED],
  ['368', RESTRICTED],
  ['368.*', RESTRICTED],
  // Parameters. Media that Meta could not fetch may be tried again.
  ['100', SHAPE],
  ['100.2018032', SHAPE],
  ['100.2018034', SHAPE],
  ['100.2534015', SHAPE],
  ['100.2018008', LATER],
  ['100.2018294', LATER],
]);

/** Subcodes that say the same under any code: Meta's own question flow holds the thread for a moment. */
const FLOW_RUNS = 2018321;

/** A right that is missing; for a utility template it may be the one for utility templates, while answers in chat still leave. */
const PERMISSION: ReadonlySet<number> = new Set([3, 10, 200, 230]);

/** The same for a utility template, whose lack of permission is no trouble of the whole Page. */
export function graphTemplateAction(error: GraphError): GraphAction {
  const action = graphAction(error);
  return action.do === 'account' && error.subcode === undefined && PERMISSION.has(error.code) ? GIVE_UP : action;
}

/** What is not listed (window closed, person unreachable, thread owned by another app, …) will never arrive. */
export function graphAction({ code, subcode, type, isTransient }: GraphError): GraphAction {
  if (code === FLOW_RUNS || subcode === FLOW_RUNS) return LATER;
  // A missing or wrong proof has no subcode of its own.
  if (code === 100 && subcode === undefined && type === 'GraphMethodException') return ACCOUNT;
  const listed =
    subcode === undefined ? ACTIONS.get(String(code)) : (ACTIONS.get(`${code}.${subcode}`) ?? ACTIONS.get(`${code}.*`));
  return listed ?? (isTransient ? SOON : GIVE_UP);
}
