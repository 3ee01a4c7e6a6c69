// What people read for each error code of the desk's API, and for what goes wrong on the way.

const SENTENCES: Readonly<Record<string, string>> = {
  network: 'Không nối được với máy chủ. Hãy kiểm tra mạng rồi thử lại.',
  'desk.slow':
    'Máy chủ đang chậm nên chưa biết kết quả. Việc này vẫn có thể đã được thực hiện: hãy xem lại trước khi làm tiếp.',
  'desk.busy': 'Máy chủ đang bận. Hãy thử lại sau ít phút.',
  'session.none': 'Phiên làm việc đã hết. Hãy đăng nhập lại.',
  'session.expired': 'Phiên làm việc đã hết. Hãy đăng nhập lại.',
  'csrf.wrong': 'Trang đã cũ. Hãy tải lại trang rồi thử lại.',
  'sign-in.wrong': 'Tên đăng nhập hoặc mật khẩu không đúng.',
  'sign-in.throttled': 'Đăng nhập sai quá nhiều lần. Hãy chờ ít phút rồi thử lại.',
  'sign-in.disabled': 'Tài khoản này đã bị khóa. Hãy liên hệ người quản trị.',
  'password.wrong': 'Mật khẩu hiện tại không đúng.',
  'password.weak': 'Mật khẩu mới quá dễ đoán. Hãy dùng ít nhất 12 ký tự, không trùng tên đăng nhập.',
  'password.same': 'Mật khẩu mới phải khác mật khẩu đang dùng.',
  'password.must-change': 'Bạn cần đổi mật khẩu trước khi làm việc khác.',
  'ticket.taken': 'Đã có cán bộ khác nhận cuộc trò chuyện này.',
  'ticket.moved': 'Cuộc trò chuyện vừa được chuyển sang cơ quan khác.',
  'ticket.closed': 'Cuộc trò chuyện đã đóng.',
  'ticket.not-yours': 'Cuộc trò chuyện này không do bạn phụ trách.',
  'ticket.not-claimed': 'Hãy nhận cuộc trò chuyện trước khi trả lời.',
  'ticket.none': 'Không còn thấy cuộc trò chuyện này.',
  'ticket.unknown': 'Không tìm thấy cuộc trò chuyện này.',
  'window.closed': 'Đã quá thời hạn nền tảng cho phép nhắn cho công dân. Tin chưa được gửi.',
  'window.unpaid': 'Tin ngoài thời gian miễn phí và tài khoản chưa có gói trả phí. Tin chưa được gửi.',
  'text.long': 'Tin dài quá mức nền tảng cho phép.',
  'text.masked': 'Nội dung có số đã được che. Hãy bỏ phần che rồi thử lại.',
  'masked.value': 'Nội dung có số đã được che. Hãy bỏ phần che rồi thử lại.',
  'file.large': 'Tệp quá lớn so với mức nền tảng cho phép.',
  'file.kind': 'Nền tảng này không nhận loại tệp đó.',
  'file.gone': 'Tệp đính kèm không còn. Hãy đính kèm lại.',
  'dossier.none': 'Cổng dịch vụ công không có hồ sơ mang mã này.',
  'portal.down': 'Cổng dịch vụ công chưa trả lời. Hãy thử lại sau.',
  'portal.off': 'Chưa nối với cổng dịch vụ công nên không tra được hồ sơ.',
  'procedure.none': 'Không tìm thấy thủ tục này.',
  'export.large': 'Quá 50.000 dòng cho một tệp Excel. Hãy chọn khoảng ngày ngắn hơn hoặc xuất CSV.',
  'export.too-big': 'Quá nhiều dòng cho một tệp Excel. Hãy chọn khoảng ngày ngắn hơn hoặc xuất CSV.',
  'dead-letter.not-open': 'Tin này đã được xử lý rồi. Danh sách vừa được tải lại.',
  'dead-letter.not-replayable': 'Loại tin này không chạy lại được.',
  'staff.taken': 'Tên đăng nhập này đã có người dùng.',
  'staff.self': 'Không làm được việc này với tài khoản của chính mình.',
  'staff.last-administrator': 'Đây là quản trị duy nhất của mọi cơ quan. Hãy giao vai trò này cho người khác trước.',
  'staff.elsewhere': 'Người này còn có vai trò ở cơ quan bạn không quản trị. Hãy liên hệ quản trị chung.',
  'staff.too-many-roles': 'Một người có quá nhiều vai trò. Hãy bỏ bớt.',
  'staff.cannot-work': 'Người này không có quyền xử lý cuộc trò chuyện của cơ quan.',
  'staff.unknown': 'Không còn thấy tài khoản này.',
  'agency.unknown': 'Không có cơ quan này.',
  'canned.elsewhere': 'Câu này vừa được chuyển sang cơ quan khác. Hãy tải lại trang.',
  'canned.unknown': 'Câu này đã bị xóa.',
  'username.taken': 'Tên đăng nhập này đã có người dùng.',
};

const BY_STATUS: Readonly<Record<number, string>> = {
  400: 'Thông tin gửi đi chưa hợp lệ. Hãy kiểm tra lại.',
  401: 'Phiên làm việc đã hết. Hãy đăng nhập lại.',
  403: 'Bạn không có quyền làm việc này.',
  404: 'Không tìm thấy, hoặc bạn không có quyền xem.',
  409: 'Việc này không còn phù hợp: dữ liệu vừa thay đổi.',
  413: 'Nội dung gửi đi quá lớn.',
  429: 'Thao tác quá nhiều lần. Hãy chờ một lát rồi thử lại.',
  503: 'Máy chủ chưa sẵn sàng. Hãy thử lại sau ít phút.',
};

export function sentenceOf(code: string, status?: number): string {
  return SENTENCES[code] ?? (status === undefined ? undefined : BY_STATUS[status]) ?? `Có lỗi xảy ra (${code}).`;
}

/** Why a message did not reach the citizen, by the platform's code. */
export function deliveryReason(reason: string | undefined): string {
  if (reason === undefined) return 'không rõ lý do';
  const known = DELIVERY[reason];
  if (known !== undefined) return known;
  if (reason.startsWith('zalo.')) return `Zalo từ chối (mã ${reason.slice(5)})`;
  if (reason.startsWith('messenger.')) return `Messenger từ chối (mã ${reason.slice(10)})`;
  return reason;
}

const DELIVERY: Readonly<Record<string, string>> = {
  'zalo.-213': 'công dân chưa quan tâm OA hoặc đã chặn',
  'zalo.-230': 'công dân đã quá 7 ngày không nhắn với OA',
  'zalo.-232': 'công dân đã quá 7 ngày không nhắn với OA',
  'zalo.-211': 'OA đã hết lượt nhắn trả phí',
  'zalo.-320': 'ví của ứng dụng Zalo không đủ tiền',
  'zalo.-321': 'ví của ứng dụng Zalo không đủ tiền',
  'messenger.10.2018278': 'đã quá thời hạn nhắn của Messenger',
  'messenger.10.2018065': 'đã quá thời hạn nhắn của Messenger',
  'messenger.10.2534022': 'đã quá thời hạn nhắn của Messenger',
  'window.closed': 'đã quá thời hạn nền tảng cho phép nhắn',
};
