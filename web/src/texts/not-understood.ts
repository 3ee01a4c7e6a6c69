// What the page of messages that were not understood says: what belongs to each intent, and the places that buttons lead to.

export const NOT_UNDERSTOOD = {
  title: 'Bot chưa hiểu',
  about: 'Mỗi câu bạn gắn ý là một câu bot hiểu đúng hơn ở bản sau. Số điện thoại, số giấy tờ đã được che.',
  said: 'Công dân nhắn',
  guesses: 'Bot đoán',
  noGuess: 'Bot không đoán được ý nào.',
  chosen: 'Sau đó công dân chọn',
  nothingChosen: 'Công dân không chọn gợi ý nào.',
  offered: 'Bot gợi ý',
  meaning: 'Câu này thật ra là gì?',
  intent: 'Ý của câu',
  moreIntents: 'Ý khác',
  intentSearch: 'Gõ để tìm ý…',
  procedure: 'Thủ tục',
  procedureSearch: 'Tìm theo tên thủ tục…',
  procedureNone: 'Không thấy thủ tục nào',
  procedureHint: 'Gõ ít nhất 2 chữ',
  ignore: 'Bỏ qua câu này',
  next: 'Câu sau',
  previous: 'Câu trước',
  undo: 'Sửa lại ý đã gắn',
  labelled: 'Đã gắn',
  ignored: 'Đã bỏ qua',
  done: (done: number, all: number) => `${done} trên ${all} câu đã xem`,
  position: (index: number, all: number) => `Câu ${index} trên ${all}`,
  more: 'còn nữa',
  onlyNew: 'Chỉ câu chưa gắn',
  export: 'Tải các câu đã gắn',
  exportAbout: 'Tệp JSON, mỗi dòng một câu, dùng để dạy bot.',
  empty: 'Không còn câu nào chờ gắn ý',
  emptyAbout: 'Bot hiểu hết những gì công dân nhắn, hoặc bạn đã xem xong. Câu mới sẽ hiện ở đây.',
  finished: 'Bạn đã xem hết',
  finishedAbout: 'Cảm ơn bạn. Các câu vừa gắn sẽ được dùng khi dạy bot.',
  showAll: 'Xem lại cả câu đã gắn',
  keys: 'Phím tắt',
  keysList: [
    ['1 – 9', 'chọn ý đã đánh số'],
    ['/', 'tìm thủ tục'],
    ['y', 'chọn ý khác'],
    ['i', 'bỏ qua câu này'],
    ['→ hoặc n', 'câu sau'],
    ['← hoặc p', 'câu trước'],
  ],
  confidence: (percent: number) => `${percent}%`,
} as const;

/** Intents in the order in which they are offered, with what belongs to each; their names are in ticket.ts. */
export const INTENTS: readonly (readonly [id: string, about: string])[] = [
  ['procedure.ask', 'Giấy tờ, lệ phí, thời gian, nơi nộp, cách làm'],
  ['dossier.track', 'Hồ sơ tới đâu, bao giờ có kết quả, quên mã'],
  ['feedback.send', 'Phàn nàn, góp ý, báo sự việc'],
  ['feedback.track', 'Phản ánh đã được giải quyết chưa'],
  ['staff.request', 'Muốn nói chuyện với người'],
  ['office.contact', 'Ở đâu, số điện thoại, giờ làm việc'],
  ['portal.help', 'Đăng nhập, mật khẩu, OTP, tải tệp'],
  ['payment.ask', 'Nộp ở đâu, bằng gì, biên lai, hoàn tiền'],
  ['appointment.book', 'Đặt, đổi, hủy lịch, lấy số'],
  ['rating.give', 'Muốn chấm điểm, nhận xét'],
  ['notify.subscribe', 'Muốn được báo khi có thay đổi'],
  ['notify.unsubscribe', 'Không muốn nhận tin nữa'],
  ['news.ask', 'Tin tức, lịch tiêm, lịch cúp điện'],
  ['statistics.ask', 'Bao nhiêu hồ sơ, tỷ lệ đúng hạn'],
  ['privacy.request', 'Xem, sửa, xóa dữ liệu, rút đồng ý'],
  ['emergency', 'Nguy hiểm đang xảy ra, cần gọi 113, 114, 115'],
  ['bot.capabilities', 'Xin trợ giúp, mở menu'],
  ['bot.identity', 'Hỏi ai đang trả lời'],
  ['greet', 'Mới chào, chưa hỏi gì'],
  ['thanks', 'Cảm ơn, khen'],
  ['goodbye', 'Kết thúc cuộc trò chuyện'],
  ['affirm', 'Vâng, đúng rồi, được'],
  ['deny', 'Không, không phải, không cần'],
  ['insult', 'Chửi bới, không nêu việc gì'],
  ['none', 'Không phải việc của dịch vụ công, gõ nhầm'],
];

/** Where the bot's buttons lead, by the address's part before the first colon. */
const PLACES: Readonly<Record<string, string>> = {
  'proc.ask': 'Hỏi cách làm giấy tờ',
  'proc.show': 'Thủ tục',
  'proc.aspect': 'Chi tiết của thủ tục',
  'proc.which': 'Chọn thủ tục',
  'proc.apart': 'Chọn trường hợp',
  'dossier.ask': 'Xem hồ sơ tới đâu',
  'feedback.ask': 'Gửi phản ánh',
  'feedback.mine': 'Xem phản ánh đã gửi',
  'rating.which': 'Đánh giá phục vụ',
  'staff.contact': 'Gặp cán bộ',
  'office.ask': 'Hỏi địa chỉ, số máy',
  'stats.show': 'Số liệu hồ sơ',
  'help.list': 'Lỗi khi nộp qua mạng',
  'help.payment': 'Hỏi cách nộp phí',
  'door.appointment': 'Đặt lịch hẹn',
  'news.latest': 'Tin thông báo',
  'privacy.about': 'Dữ liệu của tôi',
  'home.menu': 'Menu',
  'talk.none': 'Không phải các ý này',
};

/** A button's address in words, with the procedure's code where it has one; the address itself where nobody knows it. */
export function placeName(address: string): string {
  const [at = '', argument] = address.replace(/^#/, '').split(':');
  const name = PLACES[at];
  if (name === undefined) return address;
  return argument !== undefined && /^\d\.\d{6}/.test(argument) ? `${name} ${argument}` : name;
}
