// The words of tickets: states, reasons, steps, resolutions, and what the bot understood.
import type { HandoverReason, Priority, Resolution, TicketAction, TicketStatus } from '../../../src/records/ticket.js';
import type { Speaker, TalkStep } from '../../../src/records/transcript.js';

export const STATUS: Readonly<Record<TicketStatus, string>> = {
  waiting: 'Đang chờ',
  open: 'Đang xử lý',
  closed: 'Đã đóng',
};

export const REASON: Readonly<Record<HandoverReason, string>> = {
  asked: 'Công dân xin gặp cán bộ',
  'not-understood': 'Bot hai lần không hiểu',
  anger: 'Công dân bức xúc',
  overdue: 'Hồ sơ quá hạn',
  'low-rating': 'Đánh giá thấp',
  feedback: 'Phản ánh, kiến nghị',
  flow: 'Bot chuyển trong lúc hướng dẫn',
  platform: 'Cán bộ trả lời trên ứng dụng',
};

export const PRIORITY: Readonly<Record<Priority, string>> = { 0: 'Khẩn', 1: 'Cao', 2: 'Thường', 3: 'Thấp' };

export const RESOLUTION: Readonly<Record<Resolution, string>> = {
  answered: 'Đã trả lời xong',
  referred: 'Đã hướng dẫn sang nơi khác',
  'no-answer': 'Công dân không phản hồi',
  spam: 'Tin rác',
  'hand-back': 'Giao lại cho bot',
  left: 'Công dân rời hàng chờ',
};

/** What an officer may choose; `left` is the citizen's own doing. */
export const CHOOSABLE: readonly Resolution[] = ['answered', 'referred', 'no-answer', 'hand-back', 'spam'];

export const STEP: Readonly<Record<TicketAction | TalkStep, string>> = {
  opened: 'Chuyển đến cán bộ',
  'message-left': 'Để lại lời nhắn',
  claimed: 'Nhận',
  assigned: 'Giao',
  transferred: 'Chuyển cơ quan',
  released: 'Trả lại hàng chờ',
  priority: 'Đổi mức ưu tiên',
  tagged: 'Đổi nhãn',
  closed: 'Đóng',
  reopened: 'Mở lại',
  entered: 'Công dân mở cuộc trò chuyện',
  left: 'Công dân bỏ theo dõi',
  edited: 'đã sửa',
  'platform-took-over': 'Cán bộ trả lời trên ứng dụng',
  'platform-left': 'Cán bộ trả lại cuộc trò chuyện trên ứng dụng',
};

export const SPEAKER: Readonly<Record<Speaker, string>> = {
  citizen: 'Công dân',
  bot: 'Bot',
  staff: 'Cán bộ',
  platform: 'Trả lời trên ứng dụng',
  note: 'Ghi chú nội bộ',
  system: 'Hệ thống',
};

const INTENTS: Readonly<Record<string, string>> = {
  greet: 'Chào hỏi',
  goodbye: 'Tạm biệt',
  thanks: 'Cảm ơn',
  affirm: 'Đồng ý',
  deny: 'Từ chối',
  'bot.capabilities': 'Hỏi bot làm được gì',
  'bot.identity': 'Hỏi bot là ai',
  'procedure.ask': 'Hỏi thủ tục',
  'dossier.track': 'Tra cứu hồ sơ',
  'feedback.send': 'Gửi phản ánh, kiến nghị',
  'feedback.track': 'Theo dõi phản ánh',
  'rating.give': 'Đánh giá',
  'staff.request': 'Xin gặp cán bộ',
  'office.contact': 'Hỏi địa chỉ, giờ làm việc',
  'statistics.ask': 'Hỏi số liệu',
  'portal.help': 'Trợ giúp cổng dịch vụ công',
  'payment.ask': 'Hỏi thanh toán',
  'appointment.book': 'Đặt lịch hẹn',
  'news.ask': 'Hỏi tin tức',
  'notify.subscribe': 'Đăng ký nhận thông báo',
  'notify.unsubscribe': 'Dừng nhận thông báo',
  'privacy.request': 'Yêu cầu về dữ liệu cá nhân',
  emergency: 'Tình huống khẩn cấp',
  insult: 'Lời lẽ xúc phạm',
  none: 'Không rõ ý',
};

export function intentName(intent: string): string {
  return INTENTS[intent] ?? intent;
}

export function citizenName(row: { name?: string; person: string }): string {
  return row.name ?? `Công dân ${row.person}`;
}
