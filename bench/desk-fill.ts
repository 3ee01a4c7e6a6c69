// Fills a home with tickets and their transcripts, as the conversations of a busy province leave them: five agencies, nearly all
// closed, ten turns a ticket. Written through the records' own contract.
import { DAY, HOUR, MINUTE, systemClock } from '../src/lib/clock.js';
import type { LaneId } from '../src/lib/ids.js';
import { putDocument } from '../src/records/documents.js';
import type { RecordWrite } from '../src/records/records.js';
import { TICKET, type Ticket } from '../src/records/ticket.js';
import { entryId, TRANSCRIPT, type TranscriptEntry } from '../src/records/transcript.js';
import type { Home } from '../src/storage/home.js';
import { laneOf } from './fill.js';

const AGENCIES = 5;
const TICKETS_AT_ONCE = 100;
const BATCHES_AT_ONCE = 4;
/** Of a hundred. */
const WAITING = 2;
const OPEN = 3;
const WORDS = [
  'đèn đường hẻm hỏng cả tuần nay',
  'hồ sơ khai sinh nộp rồi mà chưa thấy trả',
  'cho hỏi lệ phí đăng ký kết hôn bao nhiêu',
  'tôi cần gặp cán bộ tư pháp của phường',
  'rác thải đổ đầy lối đi không ai dọn',
  'sang tên sổ đỏ cần giấy tờ gì thêm không',
];
/** Stands in one ticket of a thousand. */
export const RARE = 'thủy lợi';
export const FREQUENT = 'hồ sơ';

export const agencyId = (number: number) => (number === 0 ? 'mot-cua' : `phuong-${number}`);

export interface Filled {
  tickets: number;
  messages: number;
}

/** Two lines an entry: with ten entries a ticket, a hundred thousand tickets are two million lines, a million of them citizens'. */
export async function fillDesk({ records }: Pick<Home, 'records'>, tickets: number, each: number): Promise<Filled> {
  const now = systemClock();
  let next = 0;
  const worker = async () => {
    for (let from = next; from < tickets; from = next) {
      next += TICKETS_AT_ONCE;
      const writes: RecordWrite[] = [];
      for (let index = from; index < Math.min(tickets, from + TICKETS_AT_ONCE); index += 1)
        writes.push(...writesOf(index, each, now));
      await records.apply(writes);
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, worker));
  return { tickets, messages: tickets * each };
}

export function ticketId(index: number): string {
  return `HT-${String(index).padStart(6, '0').slice(0, 4)}-${String(index).padStart(6, '0').slice(4)}`;
}

function writesOf(index: number, each: number, now: number): RecordWrite[] {
  const lane = laneOf(index);
  const id = ticketId(index);
  const agency = agencyId(index % AGENCIES);
  const openedAt = now - 60 * DAY + ((index * 7919) % (59 * 24)) * HOUR;
  const changes = Array.from({ length: each }, (_, turn) =>
    putDocument(TRANSCRIPT, entryId(`bench:${index}:${turn}`), entryOf(index, turn, { agency, id, openedAt })),
  );
  return [putDocument(TICKET, id, ticketOf(index, agency, openedAt, now)), ...changes].map((change, position) => ({
    id: `${lane}#${position}`,
    lane: lane as LaneId,
    laneSeq: position + 1,
    change,
  }));
}

function entryOf(
  index: number,
  turn: number,
  about: { agency: string; id: string; openedAt: number },
): TranscriptEntry {
  const text = WORDS[(index + turn) % WORDS.length] ?? '';
  const rare = index % 1000 === 7 && turn === 0 ? ` ${RARE}` : '';
  return {
    at: about.openedAt + turn * MINUTE,
    ticket: about.id,
    agency: about.agency,
    lines: [
      { by: 'citizen', text: `${text}${rare}` },
      turn % 3 === 0
        ? { by: 'staff', user: 'bench', text: 'Chào bạn, mình kiểm tra ngay' }
        : { by: 'bot', text: 'Một Cửa đã ghi lại để cán bộ xem nhé.' },
    ],
    sends: 1,
  };
}

function ticketOf(index: number, agency: string, openedAt: number, now: number): Ticket {
  const share = (index * 31) % 100;
  const status = share < WAITING ? 'waiting' : share < WAITING + OPEN ? 'open' : 'closed';
  const closed = status === 'closed';
  const waitingSince = closed ? openedAt : now - ((index * 13) % 600) * MINUTE;
  const met = closed ? { metAt: openedAt + 5 * MINUTE } : {};
  return {
    agency,
    reason: 'asked',
    priority: 2,
    status,
    ...(status === 'open' ? { assignee: `officer-${index % 40}` } : {}),
    tags: index % 10 === 0 ? ['đất đai'] : [],
    ...(closed ? { resolution: 'answered', closedAt: openedAt + HOUR, firstAnsweredAt: openedAt + 5 * MINUTE } : {}),
    openedAt,
    waitingSince,
    changedAt: closed ? openedAt + HOUR : waitingSince,
    lastCitizenAt: waitingSince,
    unanswered: closed ? 0 : 1,
    preview: WORDS[index % WORDS.length] ?? '',
    reopened: 0,
    targets: {
      firstAnswer: { dueAt: waitingSince + 20 * MINUTE, ...met },
      resolution: { dueAt: waitingSince + 480 * MINUTE, ...met },
    },
    history: [{ at: openedAt, action: 'opened' }],
    revision: 1,
  };
}
