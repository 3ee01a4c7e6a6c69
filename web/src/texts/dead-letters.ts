// What the page of dead letters says: above all what each reason means for somebody who answers citizens, and what to do about it.
import type { DeadLetterView } from '../../../src/desk/api.js';

export const DEAD_LETTERS = {
  about: 'Tin của công dân hoặc câu trả lời mà hệ thống đã cố nhiều lần nhưng không xử lý hay gửi đi được.',
  status: 'Trạng thái',
  statuses: { open: 'Chưa xử lý', replayed: 'Đã chạy lại', dropped: 'Đã bỏ qua' },
  sources: {
    event: 'Tin đến',
    reply: 'Câu trả lời',
    effect: 'Ghi hồ sơ',
    webhook: 'Tín hiệu từ nền tảng',
  } satisfies Record<DeadLetterView['source'], string>,
  toDo: 'Nên làm',
  openTicket: (id: string) => `Mở ${id}`,
  replay: 'Chạy lại',
  drop: 'Bỏ qua',
  replayAbout: {
    event: 'Tin của công dân được đưa vào cuộc trò chuyện lần nữa, và công dân có thể nhận câu trả lời ngay.',
    reply: 'Câu trả lời được gửi cho công dân lần nữa. Nếu lần trước thật ra đã tới, công dân sẽ thấy hai lần.',
  },
  dropAbout: 'Tin chuyển sang mục Đã bỏ qua và không chạy lại được nữa. Công dân không nhận được gì thêm.',
  replayed: 'Đã đưa vào chạy lại',
  dropped: 'Đã bỏ qua',
  empty: 'Không có tin nào bị kẹt',
  emptyAbout: 'Mọi tin đều đã được xử lý. Tin mới bị kẹt sẽ hiện ở đây.',
  emptyOther: 'Không có tin nào ở trạng thái này',
} as const;

export interface Explanation {
  what: string;
  toDo: string;
}

const CLOSED: Explanation = {
  what: 'Đã quá thời hạn được nhắn cho công dân này.',
  toDo: 'Nền tảng chỉ cho trả lời trong một thời gian sau tin cuối của công dân. Chờ công dân nhắn lại, hoặc liên hệ bằng cách khác.',
};
const UNPAID: Explanation = {
  what: 'Zalo tính phí tin này nhưng tài khoản không có gói hoặc ví để trả.',
  toDo: 'Báo quản trị kiểm tra gói dịch vụ và ví ZCA của Zalo OA, rồi chạy lại.',
};
const UNREACHABLE: Explanation = {
  what: 'Công dân không nhận tin: đã chặn, khóa tài khoản hoặc lâu không dùng.',
  toDo: 'Nhắn lại cũng không tới. Liên hệ bằng cách khác nếu cần, rồi bỏ qua.',
};
const ACCOUNT: Explanation = {
  what: 'Tài khoản của cơ quan trên nền tảng chưa gửi được tin.',
  toDo: 'Báo quản trị kiểm tra kết nối của tài khoản (mã kết nối, quyền, hạn chế), rồi chạy lại.',
};
const NETWORK: Explanation = {
  what: 'Không kết nối được tới nền tảng trong thời gian cho phép.',
  toDo: 'Thường là sự cố mạng đã qua. Chạy lại, nếu lặp lại thì báo quản trị.',
};
const UNKNOWN_OUTCOME: Explanation = {
  what: 'Không rõ câu trả lời đã tới công dân hay chưa.',
  toDo: 'Mở cuộc trò chuyện xem công dân đã thấy chưa. Chưa thấy thì chạy lại.',
};

/** By the whole code. */
const EXACT: Readonly<Record<string, Explanation>> = {
  'event.process-deaths': {
    what: 'Hệ thống bị dừng nhiều lần khi đang xử lý tin này.',
    toDo: 'Báo quản trị kèm mã. Có thể chạy lại sau khi hệ thống được cập nhật; trả lời công dân trực tiếp trong lúc chờ.',
  },
  'turn.too-long': {
    what: 'Xử lý tin này mất quá lâu nên đã bị dừng.',
    toDo: 'Thường do hệ thống hồ sơ trả lời chậm. Chạy lại sau ít phút.',
  },
  'reply.unknown-outcome': UNKNOWN_OUTCOME,
  'reply.too-old': {
    what: 'Câu trả lời để quá lâu mới gửi được nên đã thay bằng một lời xin lỗi.',
    toDo: 'Xem công dân còn cần không rồi trả lời trực tiếp, hoặc bỏ qua.',
  },
  'notice.too-old': {
    what: 'Thông báo để quá lâu, không còn đúng lúc để gửi.',
    toDo: 'Bỏ qua. Công dân vẫn xem được hồ sơ khi nhắn mã.',
  },
  'reply.no-channel': {
    what: 'Kênh của cuộc trò chuyện này đang tắt.',
    toDo: 'Báo quản trị bật lại kênh rồi chạy lại, hoặc bỏ qua.',
  },
  'reply.sealing.unreadable': {
    what: 'Không mở được nội dung đã niêm phong: khóa dữ liệu đã đổi.',
    toDo: 'Báo quản trị kiểm tra khóa dữ liệu (DATA_KEY), rồi chạy lại.',
  },
  'zalo.-211': UNPAID,
  'zalo.-320': UNPAID,
  'zalo.-321': UNPAID,
  'zalo.-213': CLOSED,
  'zalo.-230': CLOSED,
  'zalo.-232': CLOSED,
  'zalo.-217': UNREACHABLE,
  'zalo.-218': UNREACHABLE,
  'zalo.-227': UNREACHABLE,
  'zalo.-244': UNREACHABLE,
  'zalo.-248': {
    what: 'Zalo cho rằng nội dung vi phạm quy định của nền tảng.',
    toDo: 'Xem lại nội dung, viết lại cho khác rồi gửi từ cuộc trò chuyện. Không chạy lại nguyên văn.',
  },
  'messenger.10.2018278': CLOSED,
  'messenger.10.2018065': CLOSED,
  'messenger.10.2534022': CLOSED,
  'messenger.100.2018001': UNREACHABLE,
  'messenger.200.1545041': UNREACHABLE,
  'messenger.551': UNREACHABLE,
  'messenger.551.1545041': UNREACHABLE,
  'portal-task.unknown-task': {
    what: 'Có việc cần báo cho hệ thống hồ sơ mà phiên bản này không biết.',
    toDo: 'Báo quản trị kèm mã.',
  },
};

/** By the beginning of the code, the longer first. */
const BEGINNINGS: readonly (readonly [string, Explanation])[] = [
  [
    'zalo.template.',
    {
      what: 'Zalo không nhận tin mẫu (ZNS) này.',
      toDo: 'Báo quản trị kiểm tra mẫu tin đã duyệt và hạn mức. Tin mẫu có phí nên không tự gửi lại.',
    },
  ],
  ['zalo.network.', NETWORK],
  ['messenger.network.', NETWORK],
  ['zalo.http-', NETWORK],
  ['messenger.http-', NETWORK],
  ['zalo.oauth.', ACCOUNT],
  ['zalo.no-', ACCOUNT],
  ['zalo.token', ACCOUNT],
  ['zalo.unknown-account', ACCOUNT],
  ['messenger.no-token', ACCOUNT],
  ['messenger.unknown-account', ACCOUNT],
  ['messenger.190', ACCOUNT],
  ['messenger.368', ACCOUNT],
  [
    'zalo.',
    {
      what: 'Zalo từ chối câu trả lời này.',
      toDo: 'Xem cuộc trò chuyện rồi trả lời bằng cách viết khác. Báo quản trị kèm mã nếu gặp nhiều lần.',
    },
  ],
  [
    'messenger.',
    {
      what: 'Messenger từ chối câu trả lời này.',
      toDo: 'Xem cuộc trò chuyện rồi trả lời bằng cách viết khác. Báo quản trị kèm mã nếu gặp nhiều lần.',
    },
  ],
  [
    'portal-task.',
    {
      what: 'Không báo được một việc cho hệ thống hồ sơ sau nhiều lần thử.',
      toDo: 'Kiểm tra hệ thống hồ sơ có hoạt động không, rồi chạy lại.',
    },
  ],
  [
    'turn.',
    {
      what: 'Hệ thống gặp lỗi ba lần khi xử lý tin này.',
      toDo: 'Trả lời công dân trực tiếp. Báo quản trị kèm mã; chạy lại sau khi đã sửa.',
    },
  ],
  [
    'reply.',
    {
      what: 'Hệ thống gặp lỗi khi gửi câu trả lời này.',
      toDo: 'Chạy lại một lần. Nếu vẫn lỗi, báo quản trị kèm mã.',
    },
  ],
  [
    'effect.',
    {
      what: 'Không ghi lại được một việc đã xảy ra trong cuộc trò chuyện.',
      toDo: 'Báo quản trị kèm mã để xem bộ nhớ lưu trữ. Cuộc trò chuyện của công dân không bị ảnh hưởng.',
    },
  ],
  [
    'unreadable.',
    {
      what: 'Nền tảng gửi tới một tín hiệu không đọc được.',
      toDo: 'Báo quản trị kèm mã. Lặp lại nhiều ngày thì cần xem cài đặt webhook.',
    },
  ],
  [
    'malformed.',
    {
      what: 'Nền tảng gửi tới một tín hiệu thiếu hoặc sai phần cần có.',
      toDo: 'Báo quản trị kèm mã. Có thể nền tảng đã đổi cách gửi.',
    },
  ],
  [
    'unknown.',
    {
      what: 'Nền tảng gửi tới một loại tín hiệu mà phiên bản này chưa biết.',
      toDo: 'Thường không ảnh hưởng công dân. Bỏ qua, hoặc báo quản trị nếu xuất hiện nhiều.',
    },
  ],
];

const ANY: Explanation = {
  what: 'Hệ thống không xử lý được tin này.',
  toDo: 'Báo quản trị kèm mã bên dưới.',
};

/** What a reason means, in words; every code has some. */
export function explain(reason: string): Explanation {
  return EXACT[reason] ?? BEGINNINGS.find(([beginning]) => reason.startsWith(beginning))?.[1] ?? ANY;
}
