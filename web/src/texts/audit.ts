// Actions of the audit trail in words. A code that stands in no list is shown as it is.

export const AUDIT_TEXTS = {
  about:
    'Ai đã làm gì, mới nhất trước. Nhật ký chỉ ghi thêm, mỗi dòng nối với dòng trước nên sửa hay xóa đều bị phát hiện.',
  columns: { at: 'Lúc', by: 'Ai', action: 'Việc', object: 'Với', detail: 'Chi tiết', seq: 'Số' },
  system: 'Hệ thống',
  chain: 'Nhật ký của cơ quan',
  everywhere: 'Chung, không riêng cơ quan nào',
  empty: 'Chưa có dòng nào',
  emptyAbout: 'Mọi việc cán bộ làm ở bàn hỗ trợ sẽ được ghi tại đây.',
  yes: 'có',
  no: 'không',
} as const;

const ACTIONS: Readonly<Record<string, string>> = {
  'sign-in': 'Đăng nhập',
  'sign-in.failed': 'Đăng nhập sai',
  'sign-out': 'Đăng xuất',
  'staff.own-password': 'Đổi mật khẩu của mình',
  'staff.create': 'Thêm cán bộ',
  'staff.change': 'Sửa cán bộ',
  'staff.password': 'Đặt lại mật khẩu cán bộ',
  'desk.first-administrator': 'Tạo quản trị đầu tiên',
  'duty.on': 'Bắt đầu trực',
  'duty.off': 'Nghỉ trực',
  'ticket.claim': 'Nhận cuộc trò chuyện',
  'ticket.assign': 'Giao cuộc trò chuyện',
  'ticket.transfer': 'Chuyển cuộc trò chuyện',
  'ticket.release': 'Trả lại hàng chờ',
  'ticket.reply': 'Trả lời công dân',
  'ticket.note': 'Ghi chú nội bộ',
  'ticket.tag': 'Gắn nhãn',
  'ticket.priority': 'Đổi mức ưu tiên',
  'ticket.close': 'Đóng cuộc trò chuyện',
  'personal.reveal': 'Xem số đã che',
  'dossier.read': 'Xem hồ sơ',
  'feedback.read': 'Xem phản ánh',
  'feedback.classify': 'Phân loại phản ánh',
  'feedback.forward': 'Chuyển phản ánh',
  'feedback.answer': 'Trả lời phản ánh',
  'feedback.publish': 'Công khai phản ánh',
  'dead-letter.replay': 'Chạy lại tin bị kẹt',
  'dead-letter.drop': 'Bỏ qua tin bị kẹt',
  'canned.put': 'Lưu câu trả lời mẫu',
  'canned.remove': 'Xóa câu trả lời mẫu',
  'label.put': 'Gắn ý cho câu bot chưa hiểu',
  'not-understood.export': 'Tải các câu đã gắn ý',
  'tickets.export': 'Xuất danh sách cuộc trò chuyện',
};

const OBJECTS: Readonly<Record<string, string>> = {
  ticket: 'Cuộc trò chuyện',
  feedback: 'Phản ánh',
  staff: 'Cán bộ',
  dossier: 'Hồ sơ',
  canned: 'Câu mẫu',
  'dead-letter': 'Tin bị kẹt',
  'not-understood': 'Câu chưa hiểu',
  label: 'Câu chưa hiểu',
  export: 'Bản xuất',
  agency: 'Cơ quan',
};

const DETAILS: Readonly<Record<string, string>> = {
  to: 'tới',
  from: 'từ',
  agency: 'cơ quan',
  team: 'bộ phận',
  toAgency: 'sang cơ quan',
  toTeam: 'sang bộ phận',
  resolution: 'kết quả',
  priority: 'ưu tiên',
  tags: 'nhãn',
  permission: 'quyền',
  outcome: 'kết quả',
  category: 'loại',
  entry: 'tin',
  format: 'dạng',
  rows: 'số dòng',
  disabled: 'khóa',
  username: 'tên đăng nhập',
  grants: 'vai trò',
  roles: 'vai trò',
  intent: 'ý',
  procedure: 'thủ tục',
  dossier: 'hồ sơ',
  reason: 'lý do',
  status: 'trạng thái',
};

export const actionName = (code: string): string | undefined => ACTIONS[code];
export const objectName = (kind: string): string => OBJECTS[kind] ?? kind;
export const detailName = (key: string): string => DETAILS[key] ?? key;
