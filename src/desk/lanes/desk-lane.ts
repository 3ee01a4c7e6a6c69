// Turns of the desk's own system lanes, `desk:<record>:<id>`: staff, duty, canned answers, labels, the audit trail, figures. One
// file each, which says what its actions are.
import type { TurnHandler, TurnOutcome } from '../../turns/turn.js';
import { takeAuditLine } from './audit.js';
import { takeCanned } from './canned.js';
import { takeDuty } from './duty.js';
import { takeFigure } from './figures.js';
import { takeLabel } from './label.js';
import { takeStaff } from './staff.js';
import type { DeskLaneOutcome, DeskLaneServices, DeskLaneTurn } from './turn.js';

const RECORDS: Readonly<Record<string, (turn: DeskLaneTurn) => Promise<DeskLaneOutcome>>> = {
  staff: takeStaff,
  duty: takeDuty,
  canned: takeCanned,
  label: takeLabel,
  audit: takeAuditLine,
  figures: takeFigure,
};

/** For lanes that begin with `desk:`. */
export function createDeskLaneHandler(services: DeskLaneServices): TurnHandler {
  return async (request) => {
    const { body, lane } = request.event;
    const [, record = '', ...rest] = lane.split(':');
    const take = Object.hasOwn(RECORDS, record) ? RECORDS[record] : undefined;
    const unchanged: TurnOutcome = { mode: request.mode, data: request.data, replies: [], effects: [], timers: [] };
    if (body.kind !== 'desk-action' || take === undefined) return unchanged;
    return { ...unchanged, ...(await take({ request, id: rest.join(':'), action: body, services })) };
  };
}
