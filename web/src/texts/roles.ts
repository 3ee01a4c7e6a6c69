// Roles and permissions in words, for the page of staff. Which permission belongs to which role is src/desk/permissions.ts; a test
// compares the two.
import type { Permission } from '../../../src/desk/permissions.js';
import type { Role } from '../../../src/records/staff.js';

export interface RoleWords {
  name: string;
  /** For whom it is, in one line. */
  about: string;
  permissions: readonly Permission[];
}

export const ROLE_WORDS: Readonly<Record<Role, RoleWords>> = {
  officer: {
    name: 'Cán bộ',
    about: 'Trực bàn hỗ trợ và trả lời công dân.',
    permissions: ['tickets.read', 'tickets.work', 'feedback.read'],
  },
  supervisor: {
    name: 'Giám sát',
    about: 'Làm được mọi việc của cán bộ, thêm điều phối và báo cáo.',
    permissions: [
      'tickets.read',
      'tickets.work',
      'feedback.read',
      'tickets.supervise',
      'personal.reveal',
      'tickets.export',
      'statistics.read',
      'feedback.work',
      'dead-letters.read',
      'dead-letters.work',
      'data-requests.read',
      'data-requests.work',
    ],
  },
  'content-editor': {
    name: 'Biên tập',
    about: 'Giữ câu trả lời mẫu, dạy bot hiểu câu mới. Không xem cuộc trò chuyện.',
    permissions: ['content.edit', 'statistics.read'],
  },
  administrator: {
    name: 'Quản trị',
    about: 'Quản lý tài khoản cán bộ và tin bị kẹt. Không xem cuộc trò chuyện.',
    permissions: [
      'staff.manage',
      'dead-letters.read',
      'dead-letters.work',
      'content.edit',
      'data-requests.read',
      'data-requests.work',
    ],
  },
  auditor: {
    name: 'Kiểm tra',
    about: 'Chỉ xem nhật ký, thống kê và yêu cầu dữ liệu.',
    permissions: ['audit.read', 'statistics.read', 'data-requests.read'],
  },
};

export const PERMISSION_WORDS: Readonly<Record<Permission, string>> = {
  'tickets.read': 'Xem hàng chờ và cuộc trò chuyện (số điện thoại, số giấy tờ đã che)',
  'tickets.work': 'Nhận, trả lời, ghi chú, chuyển và đóng cuộc trò chuyện của mình',
  'tickets.supervise': 'Giao việc, nhận thay, đóng cuộc trò chuyện của người khác; xem ai đang trực',
  'personal.reveal': 'Xem số điện thoại, số giấy tờ đầy đủ (mỗi lần xem đều ghi nhật ký)',
  'tickets.export': 'Xuất danh sách cuộc trò chuyện ra CSV, Excel',
  'statistics.read': 'Xem thống kê',
  'feedback.read': 'Xem phản ánh, kiến nghị',
  'feedback.work': 'Phân loại, chuyển, trả lời, công khai phản ánh',
  'dead-letters.read': 'Xem tin chưa xử lý được',
  'dead-letters.work': 'Chạy lại hoặc bỏ qua tin chưa xử lý được',
  'content.edit': 'Sửa câu trả lời mẫu, gắn ý cho câu bot chưa hiểu',
  'staff.manage': 'Thêm cán bộ, giao vai trò, đặt lại mật khẩu',
  'audit.read': 'Xem nhật ký',
  'data-requests.read': 'Xem yêu cầu về dữ liệu cá nhân',
  'data-requests.work': 'Ghi nhận yêu cầu về dữ liệu cá nhân đã làm xong',
};
