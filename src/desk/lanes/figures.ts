// The lane in which an agency's day is counted, `desk:figures:<agency>`: `figures.count` {figure, firstAnswerMs}. Days are Vietnam's.
import { z } from 'zod';
import { DAY, HOUR } from '../../lib/clock.js';
import type { JsonObject } from '../../lib/json.js';
import { VIETNAM, vnDay } from '../../lib/vietnam-time.js';
import { DAY_FIGURES, type DayFigures } from '../../records/desk-records.js';
import { putDocument } from '../../records/documents.js';
import { FIGURES } from '../../turns/desk-action.js';
import type { DeskLaneOutcome, DeskLaneTurn } from './turn.js';

/** Events that were on their way at midnight still count for their own day. */
const DAYS_KEPT = 2;

const count = z.object({ figure: z.enum(FIGURES), firstAnswerMs: z.number().min(0).default(0) });

/** By day; kept in the lane's state. */
type Days = Record<string, DayFigures>;

export async function takeFigure(turn: DeskLaneTurn): Promise<DeskLaneOutcome> {
  const { request, id: agency, action } = turn;
  const { figure, firstAnswerMs } = count.parse(action.data);
  const { at } = request.event;
  const day = vnDay(at);
  const days = daysIn(request.data);
  const before = days[day] ?? (await stored(turn, day)) ?? emptyDay(agency, day);
  const hour = Math.floor(((at + VIETNAM) % DAY) / HOUR);
  const after: DayFigures = {
    ...before,
    [figure]: before[figure] + 1,
    firstAnswerMs: before.firstAnswerMs + (figure === 'answered' ? firstAnswerMs : 0),
    hours: before.hours.map((opened, i) => (figure === 'opened' && i === hour ? opened + 1 : opened)),
  };
  const kept = Object.entries({ ...days, [day]: after })
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .slice(0, DAYS_KEPT);
  const change = putDocument(DAY_FIGURES, `${agency}:${day}`, after);
  return { data: { days: Object.fromEntries(kept) }, effects: [{ type: 'record', change }] };
}

async function stored({ request, id: agency, services }: DeskLaneTurn, day: string): Promise<DayFigures | undefined> {
  await request.recordsSettled();
  return (await services.documents.get(DAY_FIGURES, `${agency}:${day}`))?.body;
}

function daysIn({ days }: JsonObject): Days {
  // Written by this file alone: its shape is known.
  return (days ?? {}) as Days;
}

function emptyDay(agency: string, day: string): DayFigures {
  const none = { opened: 0, closed: 0, reopened: 0, answered: 0, firstAnswerMs: 0, breached: 0 };
  return { agency, day, ...none, hours: Array.from({ length: 24 }, () => 0) };
}
