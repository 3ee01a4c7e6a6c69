// What the page of citizens' requests about their own data says.
import type { DataRequestView } from '../../../src/desk/api.js';

export const DATA_REQUESTS = {
  about: 'Công dân yêu cầu xem, xóa dữ liệu hoặc rút đồng ý. Yêu cầu chưa xong đứng trước.',
  columns: {
    id: 'Mã',
    type: 'Yêu cầu',
    agency: 'Cơ quan',
    at: 'Gửi lúc',
    answerBy: 'Trả lời trước',
    doneBy: 'Xong trước',
    state: 'Tình trạng',
  },
  types: { view: 'Xem dữ liệu của mình', delete: 'Xóa dữ liệu của mình', withdraw: 'Rút đồng ý' } satisfies Record<
    DataRequestView['type'],
    string
  >,
  sources: { chat: 'nhắn trong cuộc trò chuyện', platform: 'từ cài đặt của nền tảng' } satisfies Record<
    DataRequestView['source'],
    string
  >,
  purposes: { notices: 'nhận tin báo', 'publish-feedback': 'công khai phản ánh' } as Readonly<Record<string, string>>,
  reports: 'Phản ánh cần gỡ trên cổng:',
  finish: 'Đã làm xong',
  finishAbout: 'Ghi nhận yêu cầu này đã được làm xong? Việc này không hoàn lại được và được ghi nhật ký.',
  finished: 'Đã ghi nhận',
  done: (at: string) => `Đã xong ${at}`,
  open: 'Chưa xong',
  overdue: (duration: string) => `Quá hạn ${duration}`,
  left: (duration: string) => `Còn ${duration}`,
  all: 'Tất cả',
  overdueCount: (count: number) => `${count} yêu cầu đã quá hạn`,
  soonCount: (count: number) => `${count} yêu cầu sắp đến hạn`,
  automatic:
    'Phần lớn yêu cầu được bot thực hiện ngay. Yêu cầu còn mở cần cán bộ xem và làm tiếp theo quy định của cơ quan.',
  emptyOpen: 'Không có yêu cầu nào đang chờ',
  empty: 'Chưa có yêu cầu nào',
  emptyAbout: 'Yêu cầu của công dân về dữ liệu cá nhân sẽ hiện ở đây cùng hạn trả lời.',
} as const;
