// A ticket as a row of a table that leaves the desk: its columns and their words. Personal numbers are masked. Pure.
import { vnClock } from '../../flows/dates.js';
import { maskPersonal } from '../../language/mask.js';
import { cleanLine } from '../../lib/clean-text.js';
import { addressOf } from '../../lib/ids.js';
import type { StoredDocument } from '../../records/documents.js';
import type { HandoverReason, Priority, Resolution, Target, Ticket, TicketStatus } from '../../records/ticket.js';

/** What a row needs beside the ticket. */
export interface RowFacts {
  agency: string;
  team: string | undefined;
  assignee: string | undefined;
  now: number;
}

export type Cell = string | number;

const REASONS: Readonly<Record<HandoverReason, string>> = {
  asked: 'Công dân xin gặp cán bộ',
  'not-understood': 'Bot hai lần không hiểu',
  anger: 'Công dân bức xúc',
  overdue: 'Hồ sơ quá hạn',
  'low-rating': 'Đánh giá thấp',
  feedback: 'Phản ánh, kiến nghị',
  flow: 'Bot chuyển trong lúc hướng dẫn',
  platform: 'Cán bộ trả lời trên ứng dụng',
};

const STATUSES: Readonly<Record<TicketStatus, string>> = {
  waiting: 'Đang chờ',
  open: 'Đang xử lý',
  closed: 'Đã đóng',
};

const PRIORITIES: Readonly<Record<Priority, string>> = { 0: 'Khẩn', 1: 'Cao', 2: 'Thường', 3: 'Thấp' };

const RESOLUTIONS: Readonly<Record<Resolution, string>> = {
  answered: 'Đã trả lời xong',
  referred: 'Đã hướng dẫn sang nơi khác',
  'no-answer': 'Công dân không phản hồi',
  spam: 'Tin rác',
  'hand-back': 'Giao lại cho bot',
  left: 'Công dân rời hàng chờ',
};

const CHANNELS = { zalo: 'Zalo', messenger: 'Messenger' } as const;

type Row = StoredDocument<Ticket>;

const COLUMNS: readonly (readonly [string, (row: Row, facts: RowFacts) => Cell | undefined])[] = [
  ['Mã yêu cầu', ({ id }) => id],
  ['Cơ quan', (_, { agency }) => agency],
  ['Bộ phận', (_, { team }) => team],
  ['Kênh', ({ lane }) => channelOf(lane)],
  ['Lý do', ({ body }) => REASONS[body.reason]],
  ['Mã hồ sơ', ({ body }) => body.about?.dossier],
  ['Mã thủ tục', ({ body }) => body.about?.procedure],
  ['Mã phản ánh', ({ body }) => body.about?.feedback],
  ['Công dân', ({ body }) => masked(body.citizen?.name)],
  ['Ưu tiên', ({ body }) => PRIORITIES[body.priority]],
  ['Trạng thái', ({ body }) => STATUSES[body.status]],
  ['Cán bộ', (_, { assignee }) => assignee],
  ['Nhãn', ({ body }) => masked(body.tags.join(', '))],
  ['Kết quả', ({ body }) => (body.resolution === undefined ? undefined : RESOLUTIONS[body.resolution])],
  ['Mở lúc', ({ body }) => vnClock(body.openedAt)],
  ['Trả lời đầu tiên lúc', ({ body }) => time(body.firstAnsweredAt)],
  ['Hạn trả lời đầu tiên', ({ body }) => time(body.targets.firstAnswer.dueAt)],
  ['Trễ hạn trả lời', ({ body }, { now }) => late(body.targets.firstAnswer, body, now)],
  ['Hạn giải quyết', ({ body }) => time(body.targets.resolution.dueAt)],
  ['Trễ hạn giải quyết', ({ body }, { now }) => late(body.targets.resolution, body, now)],
  ['Đóng lúc', ({ body }) => time(body.closedAt)],
  ['Số lần mở lại', ({ body }) => body.reopened],
];

export const TICKET_TITLES: readonly string[] = COLUMNS.map(([title]) => title);

export function ticketCells(row: Row, facts: RowFacts): Cell[] {
  return COLUMNS.map(([, cell]) => cell(row, facts) ?? '');
}

function channelOf(lane: Row['lane']): string | undefined {
  const channel = addressOf(lane)?.channel;
  return channel === undefined ? undefined : CHANNELS[channel];
}

function time(at: number | undefined): string | undefined {
  return at === undefined ? undefined : vnClock(at);
}

/** Met late, or not met when it should have been: at the closing of a closed ticket, else now. */
function late({ dueAt, metAt }: Target, { closedAt }: Ticket, now: number): string {
  return (metAt ?? closedAt ?? now) > dueAt ? 'Có' : 'Không';
}

function masked(text: string | undefined): string | undefined {
  return text === undefined ? undefined : maskPersonal(cleanLine(text));
}
