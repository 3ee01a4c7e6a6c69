// What people read for each error code of the desk's API, and for what goes wrong on the way.

const SENTENCES: Readonly<Record<string, string>> = {
  network: 'Không nối được với máy chủ. Hãy kiểm tra mạng rồi thử lại.',
  'desk.slow':
    'Máy chủ đang chậm nên chưa biết kết quả. Việc này vẫn có thể đã được thực hiện: hãy xem lại trước khi làm tiếp.',
  'desk.busy': 'Máy chủ đang bận. Hãy thử lại sau ít phút.',
  'session.none': 'Phiên làm việc đã hết. Hãy đăng nhập lại.',
  'desk.error': 'Máy chủ gặp lỗi. Hãy thử lại; nếu vẫn lỗi, báo người quản trị.',
  csrf: 'Trang đã cũ. Hãy tải lại trang rồi thử lại.',
  origin: 'Yêu cầu không đến từ trang này nên đã bị từ chối.',
  'sign-in.too-often': 'Đăng nhập sai quá nhiều lần. Hãy chờ ít phút rồi thử lại.',
  'password.too-short': 'Mật khẩu mới quá ngắn: cần ít nhất 10 ký tự.',
  'password.too-long': 'Mật khẩu mới quá dài.',
  'password.common': 'Mật khẩu mới quá dễ đoán. Hãy chọn một câu khác.',
  'password.username': 'Mật khẩu mới không được chứa tên đăng nhập.',
  'ticket.forgotten': 'Cuộc trò chuyện đã quá cũ, dữ liệu không còn được lưu.',
  'ticket.reopening-over': 'Cuộc trò chuyện đã đóng quá lâu nên không mở lại được.',
  'ticket.bad-tags': 'Nhãn quá dài hoặc quá nhiều.',
  'team.unknown': 'Không có bộ phận này.',
  'file.too-large': 'Tệp quá lớn so với mức nền tảng cho phép.',
  'file.type': 'Nền tảng này không nhận loại tệp đó.',
  'file.unknown': 'Tệp đính kèm không còn. Hãy đính kèm lại.',
  'procedure.unknown': 'Không tìm thấy thủ tục này.',
  'dossier.unproven': 'Công dân chưa nêu mã hoặc chưa chứng minh hồ sơ này là của mình, nên không gửi thẻ hồ sơ được.',
  'dossier.not-found': 'Cổng dịch vụ công không có hồ sơ mang mã này.',
  'portal.none': 'Chưa nối với cổng dịch vụ công nên không tra được hồ sơ.',
  'portal.busy': 'Cổng dịch vụ công đang bận. Hãy thử lại sau.',
  'portal.unavailable': 'Cổng dịch vụ công chưa trả lời. Hãy thử lại sau.',
  'sign-in.wrong': 'Tên đăng nhập hoặc mật khẩu không đúng.',
  'password.wrong': 'Mật khẩu hiện tại không đúng.',
  'password.same': 'Mật khẩu mới phải khác mật khẩu đang dùng.',
  'password.must-change': 'Bạn cần đổi mật khẩu trước khi làm việc khác.',
  'ticket.taken': 'Đã có cán bộ khác nhận cuộc trò chuyện này.',
  'ticket.moved': 'Cuộc trò chuyện vừa được chuyển sang cơ quan khác.',
  'ticket.closed': 'Cuộc trò chuyện đã đóng.',
  'ticket.not-yours': 'Cuộc trò chuyện này không do bạn phụ trách.',
  'window.closed': 'Đã quá thời hạn nền tảng cho phép nhắn cho công dân. Tin chưa được gửi.',
  'text.masked': 'Nội dung có số đã được che. Hãy bỏ phần che rồi thử lại.',
  'export.too-big': 'Quá nhiều dòng cho một tệp Excel. Hãy chọn khoảng ngày ngắn hơn hoặc xuất CSV.',
  'dead-letter.not-open': 'Tin này đã được xử lý rồi. Danh sách vừa được tải lại.',
  'dead-letter.not-replayable': 'Loại tin này không chạy lại được.',
  'feedback.unknown': 'Không còn thấy phản ánh này. Có thể công dân đã yêu cầu xóa.',
  'feedback.moved': 'Phản ánh vừa được chuyển sang cơ quan khác.',
  'feedback.bad-category': 'Không có loại phản ánh này.',
  'feedback.portal-answers': 'Phản ánh đã lên hệ thống phản ánh của tỉnh nên được trả lời ở đó.',
  'feedback.no-consent': 'Không công khai được: công dân không đồng ý.',
  'feedback.unanswered': 'Chưa công khai được: cần có trả lời trước.',
  'staff.taken': 'Tên đăng nhập này đã có người dùng.',
  'staff.self': 'Không làm được việc này với tài khoản của chính mình.',
  'staff.last-administrator': 'Đây là quản trị duy nhất của mọi cơ quan. Hãy giao vai trò này cho người khác trước.',
  'staff.elsewhere': 'Người này còn có vai trò ở cơ quan bạn không quản trị. Hãy liên hệ quản trị chung.',
  'staff.too-many-roles': 'Một người có quá nhiều vai trò. Hãy bỏ bớt.',
  'staff.cannot-work': 'Người này không có quyền xử lý cuộc trò chuyện của cơ quan.',
  'staff.unknown': 'Không còn thấy tài khoản này.',
  'agency.unknown': 'Không có cơ quan này.',
  'canned.elsewhere': 'Câu này vừa được chuyển sang cơ quan khác. Hãy tải lại trang.',
  'data-request.unknown': 'Không còn thấy yêu cầu này.',
  'data-request.done': 'Yêu cầu này đã được ghi nhận xong rồi.',
  'canned.unknown': 'Câu này đã bị xóa.',
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
