// What the page of messages that were not understood says: what belongs to each intent, and the places that buttons lead to.

export const NOT_UNDERSTOOD = {
  about: 'Mỗi câu bạn gắn ý là một câu bot sẽ hiểu đúng hơn. Số điện thoại, số giấy tờ đã được che.',
  view: 'Hiển thị',
  views: { open: 'Chưa gắn ý', all: 'Tất cả' },
  said: 'Công dân nhắn',
  guesses: 'Bot đoán',
  noGuess: 'Bot không đoán được ý nào.',
  chosen: 'Sau đó công dân chọn',
  nothingChosen: 'Công dân không chọn gợi ý nào.',
  offered: 'Bot gợi ý',
  meaning: 'Câu này thật ra là gì?',
  moreIntents: 'Ý khác',
  moreIntentsHint: 'Tìm trong tất cả các ý',
  procedure: 'Hỏi về một thủ tục',
  procedureHint: 'Tìm theo tên hoặc mã thủ tục',
  procedureNone: 'Không thấy thủ tục nào',
  procedureType: 'Gõ ít nhất 2 chữ',
  thisProcedure: (code: string) => `Thủ tục ${code}`,
  outside: 'Ngoài phạm vi',
  ignore: 'Không dùng câu này',
  next: 'Câu sau',
  previous: 'Câu trước',
  labelled: (meaning: string) => `Đã gắn: ${meaning}`,
  ignored: 'Không dùng',
  position: (index: number, all: number, more: boolean) => `Câu ${index} trên ${all}${more ? '+' : ''}`,
  done: (count: number) => `${count} câu đã gắn trong lần này`,
  export: 'Tải câu đã gắn',
  exportJson: 'JSON, mỗi dòng một câu',
  exportYaml: 'YAML, dán vào thư mục intents',
  empty: 'Không còn câu nào chờ gắn ý',
  emptyAbout: 'Câu bot chưa hiểu sẽ hiện ở đây.',
  finished: 'Bạn đã xem hết',
  finishedAbout: (count: number) =>
    count === 0 ? 'Không còn câu nào phía sau.' : `Bạn vừa gắn ${count} câu. Chúng sẽ được dùng khi dạy bot.`,
  again: 'Tải câu mới',
  keys: 'Phím tắt',
  keysList: [
    ['1 – 8', 'chọn ý đã đánh số'],
    ['0', 'ngoài phạm vi'],
    ['/', 'tìm thủ tục'],
    ['Y', 'tìm ý khác'],
    ['X', 'không dùng câu này'],
    ['→', 'câu sau'],
    ['←', 'câu trước'],
  ],
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

/** Where the bot's buttons lead, by the address's part before the first colon: in words, and the intent that a tap shows. */
export const PLACES: Readonly<Record<string, readonly [name: string, intent?: string]>> = {
  'proc.ask': ['Hỏi cách làm giấy tờ', 'procedure.ask'],
  'proc.show': ['Thủ tục', 'procedure.ask'],
  'proc.aspect': ['Chi tiết thủ tục', 'procedure.ask'],
  'proc.which': ['Chọn thủ tục', 'procedure.ask'],
  'proc.apart': ['Chọn trường hợp', 'procedure.ask'],
  'dossier.ask': ['Xem hồ sơ tới đâu', 'dossier.track'],
  'feedback.ask': ['Gửi phản ánh', 'feedback.send'],
  'feedback.mine': ['Xem phản ánh đã gửi', 'feedback.track'],
  'rating.which': ['Đánh giá phục vụ', 'rating.give'],
  'staff.contact': ['Gặp cán bộ', 'staff.request'],
  'office.ask': ['Hỏi địa chỉ, số máy', 'office.contact'],
  'stats.show': ['Số liệu hồ sơ', 'statistics.ask'],
  'help.list': ['Lỗi khi nộp qua mạng', 'portal.help'],
  'help.payment': ['Hỏi cách nộp phí', 'payment.ask'],
  'door.appointment': ['Đặt lịch hẹn', 'appointment.book'],
  'news.latest': ['Tin thông báo', 'news.ask'],
  'privacy.about': ['Dữ liệu của tôi', 'privacy.request'],
  'home.menu': ['Menu'],
  'talk.none': ['Không phải các ý này'],
};

export interface ButtonPlace {
  /** The address itself where nobody knows it. */
  name: string;
  intent?: string;
  /** Code of the procedure that it shows. */
  procedure?: string;
}

export function buttonPlace(address: string): ButtonPlace {
  const [at = '', argument = ''] = address.replace(/^#/, '').split(':');
  const [name, intent] = PLACES[at] ?? [address];
  const procedure = /^\d\.\d{6}$/.test(argument) ? argument : undefined;
  return {
    name: procedure === undefined ? name : `${name} ${procedure}`,
    ...(intent === undefined ? {} : { intent }),
    ...(procedure === undefined ? {} : { procedure }),
  };
}
