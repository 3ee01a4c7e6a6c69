// What the stand-in of the desk's API says in the tests of its pages: everything invented, in the API's own types.
import type {
  AuditView,
  Canned,
  DataRequestView,
  DeadLetterView,
  FeedbackView,
  Me,
  NotUnderstoodView,
  Queue,
  StaffView,
  Supervision,
  TicketRow,
} from '../../src/desk/api.js';
import { PERMISSIONS, type Permission } from '../../src/desk/permissions.js';

/** Friday 20 November 2026, 09:40 in Vietnam. */
export const NOW = Date.parse('2026-11-20T09:40:00+07:00');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ago = (ms: number) => NOW - ms;

const AGENCIES = [
  { id: 'mot-cua', name: 'Bộ phận Một cửa', teams: [{ id: 'tiep-nhan', name: 'Tiếp nhận và trả kết quả' }] },
  { id: 'dat-dai', name: 'Văn phòng Đăng ký đất đai', teams: [] },
];

export function meWith(permissions: readonly Permission[] = PERMISSIONS): Me {
  return {
    id: 'u-lan',
    username: 'lan.tran',
    name: 'Trần Thị Lan',
    mustChange: false,
    csrf: 'token',
    everywhere: [...permissions],
    agencies: AGENCIES.map((agency) => ({ ...agency, permissions: [...permissions] })),
    duty: { room: 5, until: NOW + 3 * MINUTE },
  };
}

export const agencies = { items: AGENCIES };

const OFFICERS = [
  { id: 'u-binh', name: 'Nguyễn Văn Bình', room: 5, open: 3, since: ago(2 * HOUR + 8 * MINUTE) },
  { id: 'u-hoa', name: 'Lê Thị Hoa', room: 4, open: 4, since: ago(2 * HOUR) },
  { id: 'u-lan', name: 'Trần Thị Lan', room: 5, open: 1, since: ago(95 * MINUTE) },
  { id: 'u-khoa', name: 'Phạm Đăng Khoa', room: 6, open: 0, since: ago(12 * MINUTE) },
];

function ticket(id: string, agoMinutes: number, rest: Partial<TicketRow>): TicketRow {
  return {
    id,
    agency: 'mot-cua',
    channel: 'zalo',
    reason: 'asked',
    person: id.slice(3, 7).toLowerCase(),
    priority: 2,
    status: 'waiting',
    tags: [],
    openedAt: ago((agoMinutes + 10) * MINUTE),
    waitingSince: ago(agoMinutes * MINUTE),
    changedAt: ago(agoMinutes * MINUTE),
    unanswered: 1,
    reopened: 0,
    revision: 3,
    ...rest,
  };
}

const BINH = { id: 'u-binh', name: 'Nguyễn Văn Bình' };
const HOA = { id: 'u-hoa', name: 'Lê Thị Hoa' };
const LAN = { id: 'u-lan', name: 'Trần Thị Lan' };

export const tickets: TicketRow[] = [
  ticket('HT-7K3F-92', 34, {
    name: 'Đỗ Minh Tuấn',
    reason: 'overdue',
    priority: 0,
    about: { dossier: 'H56.14-261102-0031' },
    dueAt: ago(14 * MINUTE),
    preview: 'Hồ sơ của tôi hẹn trả từ hôm 12, đến nay vẫn chưa có tin gì',
  }),
  ticket('HT-2M8Q-47', 21, {
    channel: 'messenger',
    reason: 'not-understood',
    priority: 1,
    status: 'open',
    assignee: HOA,
    dueAt: ago(MINUTE),
    preview: 'cho hỏi tách sổ cho 2 đứa con thì làm sao ạ',
  }),
  ticket('HT-9PX4-15', 9, {
    name: 'Cô Sáu',
    dueAt: NOW + 4 * MINUTE,
    preview: 'Con ơi cho cô hỏi giấy tờ nhập hộ khẩu',
  }),
  ticket('HT-5TR6-83', 6, {
    agency: 'dat-dai',
    reason: 'anger',
    priority: 1,
    dueAt: NOW + 9 * MINUTE,
    preview: 'Sao gọi hoài không ai nghe máy vậy?',
  }),
  ticket('HT-3WN2-66', 3, {
    name: 'Nguyễn Thị Thu',
    status: 'open',
    assignee: BINH,
    dueAt: NOW + 25 * MINUTE,
    preview: 'Dạ em cảm ơn, em gửi ảnh tờ khai ạ',
  }),
  ticket('HT-8CVD-20', 2, {
    channel: 'messenger',
    reason: 'flow',
    status: 'open',
    assignee: LAN,
    dueAt: NOW + 40 * MINUTE,
    preview: 'Phí cấp bản sao là bao nhiêu vậy',
  }),
];

export function queue(view: string): Queue {
  const late = (row: TicketRow) => row.dueAt !== undefined && row.dueAt <= NOW;
  const items = tickets.filter((row) => (view === 'breached' ? late(row) : row.status === view));
  return { items, counts: { waiting: 3, mine: 1, open: 3, breached: 2, closed: 128 } };
}

export const supervision: Supervision = {
  onDuty: OFFICERS,
  waiting: 3,
  oldestWaitingSince: ago(34 * MINUTE),
  breached: queue('breached').items,
  open: 3,
};

export const colleagues = {
  items: [
    ...OFFICERS.map(({ id, name, open }) => ({ id, name, open, onDuty: true })),
    { id: 'u-son', name: 'Vũ Thái Sơn', open: 0, onDuty: false },
  ],
};

export const deadLetters: DeadLetterView[] = [
  letter('reply:1', 'reply', 'zalo.-230', 12, { channel: 'zalo', ticket: 'HT-3WN2-66' }),
  letter('event:2', 'event', 'turn.too-long', 55, { channel: 'messenger', ticket: 'HT-2M8Q-47' }),
  letter('reply:3', 'reply', 'reply.unknown-outcome', 190, { channel: 'messenger' }),
  letter('effect:4', 'effect', 'effect.records.bad-document', 60 * 26, { replayable: false }),
  letter('webhook:5', 'webhook', 'unknown.user_reacted_message', 60 * 49, { replayable: false }),
];

function letter(
  id: string,
  source: DeadLetterView['source'],
  reason: string,
  agoMinutes: number,
  rest: Partial<DeadLetterView>,
): DeadLetterView {
  return { id, source, reason, at: ago(agoMinutes * MINUTE), status: 'open', replayable: true, ...rest };
}

export const notUnderstood: NotUnderstoodView[] = [
  {
    id: 'n1',
    at: ago(3 * HOUR),
    text: 'Cho hỏi làm lại cái bằng b2 bị mất giấy ở dưới xã có làm đc k hay phải lên tỉnh vậy ad',
    guesses: [
      { intent: 'procedure.ask', confidence: 0.44 },
      { intent: 'office.contact', confidence: 0.27 },
      { intent: 'dossier.track', confidence: 0.11 },
    ],
    offered: ['proc.ask', 'office.ask', 'talk.none'],
    chosen: 'proc.show:3.000348',
  },
  {
    id: 'n2',
    at: ago(5 * HOUR),
    text: 'số máy [số điện thoại] gọi hoài k ai bắt',
    guesses: [
      { intent: 'office.contact', confidence: 0.38 },
      { intent: 'none', confidence: 0.21 },
      { intent: 'feedback.send', confidence: 0.12 },
    ],
    offered: ['office.ask', 'feedback.ask', 'talk.none'],
  },
  { id: 'n3', at: ago(DAY), text: 'mai có họp tổ dân phố hông', guesses: [], offered: [] },
];

export const reports: FeedbackView[] = [
  {
    code: 'PA-7K3F-92',
    category: 'dien-nuoc',
    categoryName: 'Điện, nước, chiếu sáng',
    content:
      'Đèn đường trước chợ Long Hòa hỏng cả tuần nay, tối rất nguy hiểm. Hôm qua có cụ già đi xe đạp té ngã.\nMong các anh chị cho người sửa sớm.',
    place: 'Trước chợ Long Hòa, ấp 3, xã Long Hòa',
    photos: ['p1', 'p2', 'p3'],
    createdAt: ago(2 * DAY + 3 * HOUR),
    delivery: 'sent',
    status: 'processing',
    agency: 'mot-cua',
    dueAt: NOW + 5 * DAY,
    publishConsent: true,
    published: false,
  },
  {
    code: 'PA-4QW8-31',
    category: 'moi-truong',
    categoryName: 'Môi trường, rác thải',
    content: 'Bãi rác sau trường tiểu học bốc mùi hôi, trưa nắng không chịu nổi.',
    place: 'Đường Nguyễn Huệ, phường 2',
    photos: [],
    createdAt: ago(9 * DAY),
    delivery: 'sent',
    status: 'answered',
    answer: 'Công ty Môi trường đã thu gom ngày 18/11 và tăng lên hai chuyến mỗi ngày. Cảm ơn bạn đã phản ánh.',
    agency: 'dat-dai',
    dueAt: ago(2 * DAY),
    publishConsent: true,
    published: false,
  },
  {
    code: 'PA-9HT2-08',
    category: 'can-bo',
    categoryName: 'Thái độ cán bộ, thủ tục chậm',
    content: 'Tôi nộp giấy từ tuần trước, ba lần lên hỏi đều bảo chờ.',
    photos: [],
    createdAt: ago(20 * HOUR),
    delivery: 'undelivered',
    status: 'undelivered',
    publishConsent: false,
    published: false,
  },
];

export const categories = {
  items: [
    { id: 'ha-tang', name: 'Hạ tầng, giao thông' },
    { id: 'moi-truong', name: 'Môi trường, rác thải' },
    { id: 'dien-nuoc', name: 'Điện, nước, chiếu sáng' },
    { id: 'can-bo', name: 'Thái độ cán bộ, thủ tục chậm' },
    { id: 'khac', name: 'Việc khác' },
  ],
};

export const canned: Canned[] = [
  {
    id: 'c1',
    agency: 'mot-cua',
    title: 'Chào và nhận việc',
    text: 'Chào {ten}, tôi là {can_bo}, cán bộ {co_quan}. Tôi đang xem yêu cầu {ma} của {ten}, xin chờ ít phút nhé.',
  },
  {
    id: 'c2',
    agency: 'mot-cua',
    title: 'Thiếu giấy tờ',
    text: 'Hồ sơ {ma_ho_so} còn thiếu {giay_to}. {ten} bổ sung giúp trong giờ làm việc, hoặc gửi trực tuyến trên Cổng Dịch vụ công.',
  },
  {
    id: 'c3',
    agency: 'dat-dai',
    title: 'Giờ làm việc',
    text: 'Chúng tôi làm việc sáng 7:30–11:30, chiều 13:30–17:00.',
  },
];

export const staff: StaffView[] = [
  member('u-lan', 'lan.tran', 'Trần Thị Lan', {
    grants: [
      { agency: '*', role: 'administrator' },
      { agency: 'mot-cua', role: 'supervisor' },
    ],
  }),
  member('u-binh', 'binh.nguyen', 'Nguyễn Văn Bình', { grants: [{ agency: 'mot-cua', role: 'officer' }] }),
  member('u-hoa', 'hoa.le', 'Lê Thị Hoa', {
    grants: [
      { agency: 'mot-cua', role: 'officer' },
      { agency: 'dat-dai', role: 'officer' },
    ],
  }),
  member('u-khoa', 'khoa.pham', 'Phạm Đăng Khoa', {
    grants: [{ agency: 'dat-dai', role: 'supervisor' }],
    mustChange: true,
  }),
  member('u-my', 'my.do', 'Đỗ Thị Mỹ', { grants: [{ agency: '*', role: 'content-editor' }] }),
  member('u-cu', 'cu.ho', 'Hồ Văn Cư', { disabled: true }),
];

function member(id: string, username: string, name: string, rest: Partial<StaffView>): StaffView {
  return { id, username, name, grants: [], disabled: false, mustChange: false, ...rest };
}

export const audit: AuditView[] = [
  line(1042, 2, 'u-binh', 'ticket.reply', 'ticket:HT-3WN2-66', {}),
  line(1041, 6, 'u-lan', 'ticket.assign', 'ticket:HT-2M8Q-47', { to: 'u-hoa' }),
  line(1040, 9, 'u-hoa', 'personal.reveal', 'ticket:HT-2M8Q-47', { entry: 't-81' }),
  line(1039, 24, 'u-lan', 'tickets.export', 'export:csv', { rows: 412 }),
  line(1038, 41, 'u-binh', 'feedback.answer', 'feedback:PA-4QW8-31', {}),
  line(1037, 63, 'system', 'ticket.assign', 'ticket:HT-8CVD-20', { to: 'u-lan' }),
  line(1036, 80, 'u-lan', 'staff.change', 'staff:u-khoa', { disabled: false }),
];

function line(
  seq: number,
  agoMinutes: number,
  by: string,
  action: string,
  object: string,
  detail: AuditView['detail'],
): AuditView {
  const byName = staff.find(({ id }) => id === by)?.name;
  return { seq, at: ago(agoMinutes * MINUTE), by, ...(byName === undefined ? {} : { byName }), action, object, detail };
}

export const dataRequests: DataRequestView[] = [
  {
    id: 'DL-7K3M9PQ2',
    agency: 'mot-cua',
    type: 'view',
    source: 'chat',
    at: ago(5 * DAY),
    answerBy: ago(3 * HOUR),
    doneBy: NOW + 5 * DAY,
  },
  {
    id: 'DL-4RT8XN5B',
    agency: 'dat-dai',
    type: 'withdraw',
    source: 'platform',
    purpose: 'notices',
    at: ago(DAY),
    answerBy: NOW + 20 * HOUR,
    doneBy: NOW + 14 * DAY,
  },
  {
    id: 'DL-2HJ6WQ9C',
    agency: 'mot-cua',
    type: 'delete',
    source: 'chat',
    at: ago(30 * DAY),
    answerBy: ago(28 * DAY),
    doneBy: ago(20 * DAY),
    doneAt: ago(30 * DAY),
  },
];
