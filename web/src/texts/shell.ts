// Words of the frame around every page: navigation, header, sign-in.

export const NAV = {
  waiting: 'Đang chờ',
  mine: 'Của tôi',
  open: 'Đang xử lý',
  breached: 'Quá hạn',
  closed: 'Đã đóng',
  search: 'Tìm kiếm',
  supervision: 'Điều hành',
  feedback: 'Phản ánh',
  statistics: 'Thống kê',
  canned: 'Câu trả lời mẫu',
  'not-understood': 'Bot chưa hiểu',
  'dead-letters': 'Tin không xử lý được',
  'data-requests': 'Yêu cầu dữ liệu',
  staff: 'Cán bộ',
  audit: 'Nhật ký',
} as const;

export const SHELL = {
  conversations: 'Hội thoại',
  work: 'Công việc',
  manage: 'Quản trị',
  navigation: 'Điều hướng chính',
  openMenu: 'Mở trình đơn',
  agency: 'Cơ quan',
  onDuty: 'Đang trực',
  offDuty: 'Nghỉ trực',
  dutyHint: 'Khi trực, bạn được giao lần lượt các cuộc trò chuyện đang chờ.',
  room: (n: number) => `Nhận cùng lúc tối đa ${n} cuộc`,
  roomLabel: 'Số cuộc nhận cùng lúc',
  colour: 'Giao diện',
  light: 'Sáng',
  dark: 'Tối',
  auto: 'Theo máy',
  account: 'Tài khoản',
  password: 'Đổi mật khẩu',
  signOut: 'Đăng xuất',
  keys: 'Phím tắt',
  singleKeys: 'Dùng phím tắt một chữ',
  offline: 'Mất kết nối mạng. Trang sẽ tự nối lại; chữ bạn đang gõ vẫn được giữ.',
  reconnecting: 'Đang nối lại với máy chủ …',
  skip: 'Đến nội dung chính',
  noPage: 'Không có trang này',
  noPageHint: 'Địa chỉ không đúng, hoặc bạn không có quyền xem trang này.',
  toQueue: 'Về danh sách chờ',
  crashed: 'Trang này gặp lỗi',
  crashedHint: 'Hãy tải lại trang. Nếu vẫn lỗi, báo người quản trị.',
  reload: 'Tải lại trang',
  given: 'Bạn vừa được giao',
  dutyFailed: 'Chưa đổi được trạng thái trực',
} as const;

export const SIGN_IN = {
  title: 'Đăng nhập',
  lead: 'Bàn làm việc của cán bộ',
  username: 'Tên đăng nhập',
  password: 'Mật khẩu',
  submit: 'Đăng nhập',
  required: 'Hãy nhập ô này',
  privacy: 'Mọi thao tác tại đây được ghi vào nhật ký.',
} as const;

export const PASSWORD = {
  title: 'Đổi mật khẩu',
  mustTitle: 'Đặt mật khẩu của riêng bạn',
  must: 'Mật khẩu hiện tại do người khác đặt. Hãy chọn mật khẩu chỉ mình bạn biết trước khi bắt đầu.',
  others: 'Các phiên đăng nhập khác của bạn sẽ kết thúc.',
  current: 'Mật khẩu hiện tại',
  next: 'Mật khẩu mới',
  again: 'Nhập lại mật khẩu mới',
  rule: 'Ít nhất 10 ký tự. Một câu dễ nhớ là tốt nhất.',
  short: 'Cần ít nhất 10 ký tự',
  differs: 'Hai lần nhập chưa giống nhau',
  submit: 'Đổi mật khẩu',
  done: 'Đã đổi mật khẩu',
} as const;

/** Of the help overlay: keys and what they do. */
export const KEYS: readonly { title: string; keys: readonly (readonly [string, string])[] }[] = [
  {
    title: 'Danh sách',
    keys: [
      ['J  ↓', 'Cuộc tiếp theo'],
      ['K  ↑', 'Cuộc trước'],
      ['Enter', 'Mở cuộc trò chuyện'],
      ['C', 'Nhận cuộc trò chuyện'],
      ['/', 'Tìm kiếm'],
    ],
  },
  {
    title: 'Cuộc trò chuyện',
    keys: [
      ['R', 'Viết trả lời'],
      ['N', 'Viết ghi chú nội bộ'],
      ['T', 'Chuyển'],
      ['E', 'Đóng cuộc trò chuyện'],
      ['I', 'Bật hoặc tắt bảng thông tin'],
      ['Esc', 'Về danh sách'],
    ],
  },
  {
    title: 'Ô soạn tin',
    keys: [
      ['Ctrl + Enter', 'Gửi'],
      ['/', 'Chèn câu trả lời mẫu (ở đầu tin)'],
      ['Esc', 'Rời ô soạn'],
    ],
  },
  {
    title: 'Đi tới',
    keys: [
      ['G rồi W', 'Đang chờ'],
      ['G rồi M', 'Của tôi'],
      ['G rồi O', 'Đang xử lý'],
      ['G rồi B', 'Quá hạn'],
      ['?', 'Bảng phím tắt này'],
    ],
  },
];
