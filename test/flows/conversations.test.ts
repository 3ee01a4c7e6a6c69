// Whole conversations as scripts: what the citizen does and what must (not) stand in the answer.
import { Citizen, converses } from './citizen.js';

const SCRIPTS: [behaviour: string, script: string][] = [
  [
    'greets with a menu',
    `
    > xin chào
    Chào bạn
    * Tìm thủ tục
    Bạn cần làm thủ tục gì?
    > khai sinh
    Mã 1.001193`,
  ],
  [
    'answers an asked aspect at once',
    `
    > làm khai sinh cần giấy tờ gì
    Giấy tờ cần có: Thủ tục đăng ký khai sinh
    1. Tờ khai đăng ký khai sinh (1 bản chính)
    2. Giấy chứng sinh (cổng ghi 0 bản
    Nguồn: Cổng dịch vụ công, cập nhật 01/06/2026
    https://example.test/khai-sinh`,
  ],
  [
    'answers a follow-up about the procedure at hand',
    `
    > khai sinh
    > phí bao nhiêu
    Phí, lệ phí: Thủ tục đăng ký khai sinh
    > thế nộp ở đâu
    Cơ quan thực hiện: Ủy ban nhân dân cấp xã`,
  ],
  [
    'asks which procedure when only an aspect is named, then answers that aspect',
    `
    > phí bao nhiêu
    Bạn hỏi về thủ tục nào?
    > thường trú
    20,000 Việt Nam Đồng`,
  ],
  [
    'answers several aspects in one message',
    `
    > tạm trú phí bao nhiêu, mấy ngày
    Phí, lệ phí: Đăng ký tạm trú
    Thời hạn giải quyết: Đăng ký tạm trú`,
  ],
  [
    'offers a choice when the procedure is not sure, by number',
    `
    > thủ tục cư trú
    1. Đăng ký thường trú
    2. Đăng ký tạm trú
    > cái thứ 2
    Mã 1.004194`,
  ],
  [
    'offers a choice when the procedure is not sure, by title',
    `
    > thủ tục cư trú
    > đăng ký thường trú
    Mã 1.004222`,
  ],
  [
    'keeps the asked aspect through the choice',
    `
    > cư trú phí bao nhiêu
    > số 1
    Phí, lệ phí: Đăng ký thường trú`,
  ],
  [
    'asks yes or no when there is one guess that is not sure enough',
    `
    > hộ nghèo thủ tục
    Có phải bạn hỏi về “Cấp phiếu lý lịch tư pháp” không?
    > vâng
    Mã 3.000333
    > hộ nghèo thủ tục
    > không
    Bạn nói rõ hơn giúp`,
  ],
  [
    'answers the procedure at hand when an uncertain message names an aspect and nothing else',
    `
    > khai sinh
    > thế nộp ở đâu??
    Cơ quan thực hiện`,
  ],
  [
    'asks again when none of the choices fits, and understands the second try',
    `
    > thủ tục cư trú
    * Không phải các ý này
    Bạn nói rõ hơn giúp
    > khai sinh
    Mã 1.001193`,
  ],
  [
    'says how many choices there are when the number is too high',
    `
    > thủ tục cư trú
    > 7
    chỉ có 3 lựa chọn
    > 1
    Mã 1.004222`,
  ],
  [
    'asks for the case first when there are several',
    `
    > tạm trú cần giấy tờ gì
    Đăng ký tạm trú có 2 trường hợp
    1. Thuê nhà
    * Trường hợp 2
    Trường hợp: Ở nhờ
    1. Văn bản đồng ý (1 bản chính)`,
  ],
  [
    'lets many cases be answered by number and shows no wall of buttons',
    `
    > thường trú cần giấy tờ gì
    Bạn gõ số của trường hợp (1–6)
    > 5
    Giấy tờ nhà loại 5 (1 bản chính, 2 bản sao)
    > trường hợp 2
    Giấy tờ nhà loại 2`,
  ],
  [
    'never shows a bare small fee or a time without a unit',
    `
    > khai sinh phí bao nhiêu, mấy ngày
    - 8 Việt Nam Đồng
    - Trực tiếp: 1
    theo quy định, xem chi tiết tại https://example.test/khai-sinh
    Lệ phí 5.000 đồng khi đăng ký quá hạn
    - Miễn phí`,
  ],
  [
    'says what the portal does not publish',
    `
    > lý lịch điều kiện thế nào
    cổng chưa ghi thông tin này
    > lý lịch nộp online được không
    không nhận hồ sơ trực tuyến`,
  ],
  [
    'finds a procedure by its code and says when there is none',
    `
    > 1.001193
    Thủ tục đăng ký khai sinh
    > thủ tục 9.999999
    không có thủ tục mã 9.999999`,
  ],
  [
    'says honestly when nothing was found',
    `
    > thủ tục nuôi rồng
    chưa tìm thấy thủ tục này`,
  ],
  [
    'answers stale buttons of a procedure that is gone',
    `
    ! proc.show:7.777777
    không còn trong dữ liệu`,
  ],
  [
    'answers a button it does not know',
    `
    ! old.step:1
    Nút này không còn dùng`,
  ],
  [
    'goes back one step at a time',
    `
    > thủ tục cư trú
    > 1
    Mã 1.004222
    * Nơi nộp
    Cơ quan thực hiện
    > quay lại
    Mã 1.004222
    > quay lai
    Bạn hỏi về thủ tục nào dưới đây?
    > QUAY LẠI
    Bạn cần việc nào?`,
  ],
  [
    'goes back to the last answer after an aside',
    `
    > khai sinh
    > cảm ơn
    > quay lại
    Mã 1.001193`,
  ],
  [
    'takes the global words in any spelling',
    `
    > MENU
    Bạn cần việc nào?
    > huy
    không có việc nào đang làm dở
    > gap can bo a
    02963123456
    > Gặp cán bộ!
    1022`,
  ],
  [
    'cancels an open question',
    `
    > tra cứu hồ sơ
    Bạn gửi mã hồ sơ
    > hủy
    Đã hủy`,
  ],
  [
    'answers a new question in the middle of an open one and takes the code after it',
    `
    > tra cứu hồ sơ
    > khai sinh phí bao nhiêu
    Phí, lệ phí
    > H01.14-261101-0004
    Đang xử lý`,
  ],
  [
    'offers people after two misunderstandings in a row',
    `
    > asdf qwer
    Một Cửa chưa hiểu ý bạn
    > zxcv
    vẫn chưa hiểu
    1022
    > khai sinh
    > asdf
    - vẫn chưa hiểu`,
  ],
  [
    'asks back when the meaning is not certain',
    `
    > hình như đặt lịch
    Bạn muốn hỏi việc nào
    * Hỏi địa chỉ, số máy
    Bạn cần tìm cơ quan nào`,
  ],
  [
    'suggests procedures when the meaning is not certain but the search fits',
    `
    > hình như cư trú
    1. Đăng ký thường trú`,
  ],
  [
    'gives the emergency numbers first',
    `
    > cháy nhà
    Bạn gọi ngay:
    114`,
  ],
  [
    'finds an office by name, and asks which when several fit',
    `
    > địa chỉ hành chính công
    1 Đường Mẫu
    7:30-17:00
    > số điện thoại công an phường
    1. Công an phường Mỹ Bình
    > 2
    Công an phường Mỹ Thới
    chưa ghi địa chỉ`,
  ],
  [
    'asks for the office when none is named and hears the name',
    `
    > xin địa chỉ
    Bạn cần tìm cơ quan nào
    > sở xây dựng
    02963000001`,
  ],
  [
    'shows the figures of a month',
    `
    > thống kê hồ sơ
    Tiếp nhận: 1.200
    950 trong 1.000 hồ sơ đã giải quyết (95%)`,
  ],
  [
    'shows the news with its date',
    `
    > tin tức
    Lịch tiếp công dân (08/11/2026)`,
  ],
  [
    'answers help topics by their words, payment and the list',
    `
    > quên mật khẩu
    VNeID
    > bien lai
    biên lai ngay tại nơi nộp
    ! help.list
    Bạn vướng việc nào?
    > 1
    *  Menu`,
  ],
  [
    'says what it cannot do yet and names the right door',
    `
    > đặt lịch
    chưa đặt lịch hẹn được
    > báo cho tôi khi có thay đổi
    chỉ nhắn khi hồ sơ của bạn thay đổi`,
  ],
  [
    'says what it keeps',
    `
    > dữ liệu của tôi
    https://bot.example.test/privacy
    * Xem dữ liệu
    Mã yêu cầu`,
  ],
  [
    'reminds that an ID number was not needed',
    `
    > khai sinh 001099012345
    bạn không cần gửi số căn cước`,
  ],
  [
    'speaks of itself truthfully',
    `
    > bạn là ai
    không phải người
    > bạn làm được gì
    Tìm thủ tục`,
  ],
  [
    'stays polite',
    `
    > đồ ngu
    xin lỗi
    > không
    không sao
    > vâng
    Vâng
    > tạm biệt
    Chào bạn nhé`,
  ],
  [
    'answers each of several questions in order, in one message with one set of buttons',
    `
    > khai sinh phí bao nhiêu // kết hôn nộp ở đâu
    Phí, lệ phí: Thủ tục đăng ký khai sinh
    Nơi nộp: Thủ tục đăng ký kết hôn
    - ---
    > mấy ngày
    Thời hạn giải quyết: Thủ tục đăng ký kết hôn`,
  ],
  [
    'lets a question of several mean the procedure of the one before it',
    `
    > kết hôn cần giấy tờ gì // phí bao nhiêu
    Phí, lệ phí: Thủ tục đăng ký kết hôn`,
  ],
  [
    'answers what is clear of several questions and names what is not, without its numbers',
    `
    > khai sinh phí bao nhiêu // zxcv 0912345678
    Phí, lệ phí: Thủ tục đăng ký khai sinh
    Còn ý “zxcv ••••••••••”, Một Cửa chưa rõ`,
  ],
  [
    'asks back last when one of several questions is not sure',
    `
    > thủ tục cư trú // kết hôn phí bao nhiêu
    Phí, lệ phí: Thủ tục đăng ký kết hôn
    Bạn hỏi về thủ tục nào dưới đây?
    > 2
    Mã 1.004194`,
  ],
  [
    'hears the question beside a phrase of help, and nothing beside an emergency',
    `
    > kết hôn phí bao nhiêu // doi so dien thoai vneid
    Phí, lệ phí: Thủ tục đăng ký kết hôn
    mang căn cước và số mới
    > khai sinh phí bao nhiêu // tôi vừa bị lừa mất hết tiền
    gọi ngay ngân hàng
    - Phí, lệ phí`,
  ],
  [
    'asks one thing back at a time',
    `
    > thủ tục cư trú // địa chỉ công an phường
    1. Đăng ký thường trú
    - Công an phường Mỹ Bình
    Còn ý “địa chỉ công an phường”`,
  ],
  [
    'takes an answer to the open question first',
    `
    > tra cứu hồ sơ
    > H01.14-261101-0004 // khai sinh phí bao nhiêu
    Đang xử lý`,
  ],
  [
    'asks the same of another procedure',
    `
    > phí làm khai sinh
    > thế còn kết hôn thì sao
    Phí, lệ phí: Thủ tục đăng ký kết hôn
    > còn thường trú?
    Phí, lệ phí: Đăng ký thường trú
    > còn nuôi rồng
    - Phí, lệ phí`,
  ],
  [
    'does not carry an aspect over a summary that came between',
    `
    > phí làm khai sinh
    > thường trú
    Mã 1.004222
    > còn kết hôn?
    Mã 1.000894`,
  ],
  [
    'takes a question about the guess for a yes',
    `
    > hộ nghèo thủ tục
    > cái đó phí bao nhiêu
    Phí, lệ phí: cổng chưa ghi thông tin này
    - Bạn hỏi về thủ tục nào
    ! home.menu
    > khai sinh
    > hộ nghèo thủ tục
    > phí bao nhiêu
    Phí, lệ phí: Thủ tục đăng ký khai sinh`,
  ],
  [
    'answers on about the office at hand, and says what the portal does not',
    `
    > địa chỉ hành chính công
    > sđt
    02963123456
    - 1 Đường Mẫu
    > thứ 7 có làm k
    7:30-17:00
    Cổng không ghi thứ bảy
    > mấy giờ mở cửa vậy
    7:30-17:00
    - Cổng không ghi
    > email
    Thư điện tử: cổng chưa ghi
    * Xem đầy đủ
    1 Đường Mẫu`,
  ],
  [
    'takes another office after an office for that of the same commune',
    `
    > công an phường mỹ bình ở đâu, xin địa chỉ
    Công an phường Mỹ Bình
    > thế còn một cửa thì sao
    Bộ phận Một cửa phường Mỹ Bình
    > sđt
    02963000005`,
  ],
  [
    'asks for the office when only a weekday was said',
    `
    > thứ 7 địa chỉ có làm k
    Bạn cần tìm cơ quan nào`,
  ],
  [
    'does not take a child for another procedure',
    `
    > phí làm khai sinh
    > con tôi thường trú
    Mã 1.004222`,
  ],
  [
    'answers how much and how fast about the procedure at hand',
    `
    > khai sinh
    > hết bn vậy
    Phí, lệ phí: Thủ tục đăng ký khai sinh
    > làm gấp đc k
    Thời hạn giải quyết: Thủ tục đăng ký khai sinh`,
  ],
  [
    'knows which kind of office is meant after a procedure',
    `
    > khai sinh
    > xin địa chỉ
    Thủ tục này nộp ở Ủy ban nhân dân cấp xã`,
  ],
  [
    'answers shortly about the dossier at hand, and the other one',
    `
    > H01.14-261101-0004
    > sao lâu vậy
    Hồ sơ H01.14-261101-0004: Đang xử lý.
    Còn 2 ngày
    - Ngày nộp
    > khi nào lấy được
    Còn 2 ngày
    > còn cái hồ sơ kia
    Bạn gửi mã hồ sơ
    > H01.14-261101-0011
    > sao trễ v
    Đã quá hẹn 1 ngày làm việc
    > còn cái kia
    Hồ sơ H01.14-261101-0004
    > thiếu giấy gì
    4 số cuối`,
  ],
  [
    'knows the dossiers of a list',
    `
    > xem H01.14-261101-0004 và H01.14-261101-0009
    > khi nào xong
    Hồ sơ H01.14-261101-0004
    > còn cái kia
    Hồ sơ H01.14-261101-0009`,
  ],
  [
    'helps with a lost code in the middle of asking for it',
    `
    > tra cứu hồ sơ
    > quên mã r
    in trên giấy tiếp nhận`,
  ],
  [
    'says what the portal prints about being late, and that it knows no more',
    `
    > con 3 tháng chưa khai sinh có bị phạt không
    Lệ phí 5.000 đồng khi đăng ký quá hạn
    Cổng không ghi thêm về việc phạt
    > lý lịch tư pháp có bị phạt không
    không ghi có bị phạt hay không`,
  ],
  [
    'does not guess about a fine without a procedure',
    `
    > có bị phạt không
    không ghi mức phạt`,
  ],
  [
    'stops somebody who is being defrauded, before anything else',
    `
    > có người gọi báo là công an bắt chuyển tiền
    gọi ngay ngân hàng
    113
    > tôi vừa bị lừa mất hết tiền
    xin tạm khóa giao dịch`,
  ],
  [
    'helps by a phrase, whatever the words look like otherwise',
    `
    > doi so dien thoai vneid
    mang căn cước và số mới
    > kich hoat muc 2
    công an xã, phường để đăng ký
    > 1022 la gi
    tổng đài của tỉnh`,
  ],
  [
    'admits a wrong answer, and offers people the second time',
    `
    > khai sinh
    > trả lời sai rồi
    hiểu sai ý
    > không hiểu gì hết
    hiểu sai ý
    * Gặp cán bộ
    1022`,
  ],
  [
    'takes up what none of the choices meant',
    `
    > hình như đặt lịch
    * Không phải các ý này
    nói lại giúp bằng vài từ
    > hình như đặt lịch
    Câu này Một Cửa cũng chưa hiểu
    > khai sinh
    Mã 1.001193`,
  ],
  [
    'looks a form up by its number, and says when it has none',
    `
    > ct99
    chưa tìm thấy thủ tục này`,
  ],
];

describe('conversations', () => {
  for (const [behaviour, script] of SCRIPTS) it(behaviour, () => converses(new Citizen(), script));

  it('sends a long list of papers in pages that follow on request, and loses none', async () => {
    const citizen = new Citizen();
    let all = await citizen.says('xây dựng cần giấy tờ gì');
    for (let i = 0; i < 20 && citizen.buttons.some(({ title }) => title.startsWith('Xem tiếp')); i++) {
      const next = citizen.buttons.find(({ title }) => title.startsWith('Xem tiếp'));
      for (const reply of citizen.last.replies) expect(reply.text?.length).toBeLessThan(2000);
      all += await citizen.taps(next?.payload ?? '');
    }
    for (let n = 1; n <= 40; n++) expect(all).toContain(`${n}. Giấy tờ số ${n} `);
  });

  it('fits the summary of any procedure on a phone screen', async () => {
    const citizen = new Citizen();
    for (const question of ['khai sinh', 'thường trú', 'xây dựng', 'lý lịch']) {
      const card = await citizen.says(question);
      expect(card.length).toBeLessThanOrEqual(640);
    }
  });
});
