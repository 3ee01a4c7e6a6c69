// What chat spelling and office abbreviations stand for: data with little logic. Words for whole procedures are the catalogue's aliases.

/**
 * One meaning wherever they stand; `meaning: spelling spelling …`. A spelling without diacritics also stands for accented ones ("hs" for "hs"),
 * one with diacritics only for itself, so that "đi" never becomes something else.
 */
const EVERYWHERE = `
không: ko k kh hok hong hông hem khum khom khg kg kô k0 hg
không gì: kj
gì: j ji gj zì dj gỳ
như thế nào: ntn nth ntnao
thế nào: tnao tnào
như nào: nnao
vậy: z zậy zay zạy dzậy
rồi: r rùi rui oy roài rầu gòi gùi ròi rùii
làm: lm lèm
biết: bt bik bít bjt
với: vs vói
đối với: đv
cũng: cx cg cug cũg
nhưng: nhug nhg nhưg
nhưng mà: nma
thì: thj
muốn: mún mun mốn muốnn
người: ng ngừi
người ta: ngta nta
mọi người: mn mng
mình: mik mjh mjnh mìh
em: e
anh: a
anh chị: ac
chị: c cj
tôi: t tui tôy
bạn: b bro
admin: ad adm min
nhắn tin: ib inb inbox
trả lời: rep reply tl tloi
bao nhiêu: bhiu bnhiu bnhieu bnhiêu bnh bnhiu bnhju
bao nhiêu tiền: bnt
bao lâu: bnl blau blâu
nhiêu: nhiu nhju
nhiều: nhìu nhèo
đang: đg dg đag dag
chưa: chx chz ch chư
hôm nay: hnay
hôm qua: hqa hqua
ngày mai: nmai
bây giờ: bh bjo bgio bg bây h
luôn: lun
trước: trc trk
nói chuyện: nch
vợ chồng: vc
sinh viên: sv
quy trình: qtrinh qtrình
thông tin: ttin thtin
tháng: thg
quá: qá wa qa wá
đấy: dey đey
giờ: h jo
thời gian: tgian tg
xong: xog
trong: trog
giúp: giùm dùm gium dum zùm gíup giúpp
có: cóa cóo
mà: mak
được không: đko dko đcko dcko đck dck
được: đx đươc đượt đựơc
phải: ph fải fai phãi phai
phí: fí fi
phường: fường
nhé: nha nhen nhá ná nhe nhek nhoa
ừ: ukm uk uh um ừm uhm ừa òm ờ ừh
ok: okie oke okey okay okê okela oki okla oce okee okie
có: yes yep yeah
không: nope no
cảm ơn: tks thks thx thank thanks tksss camon cámơn cmon cmơn cảmơn tkiu thanhkiu ths
cảm: cám
cảm ơn bạn: thanku thankyou tku
xin lỗi: sr sorry sry
xin: pls plz please
xin chào: hello helo heloo hellô hi hii hey xc hế lô helu hế
alo: alô aloo allo
tạm biệt: bye babai byebye goodbye pp baibai
tốt: good gud gút
hồ sơ: hs hso hsơ hồsơ
mã hồ sơ: mhs
thủ tục: ttuc ttục
thủ tục hành chính: tthc
giấy tờ: gto gtờ gt gtơ
dịch vụ công: dvc
dịch vụ công trực tuyến: dvctt
bộ phận một cửa: bpmc
một cửa: 1cửa 1cua
đăng ký: đki dki đký dky đkí đky dkí đkii
số điện thoại: sđt sdt
điện thoại: đthoai dthoai đthoại
địa chỉ: đchi dchi đchỉ
hướng dẫn: hd hdan hdẫn
hướng dẫn sử dụng: hdsd
tài khoản: tk tkhoan acc account
mật khẩu: mkhau mkhẩu pass password pw matkhau
đăng nhập: login dnhap đnhập đnhap
đăng xuất: logout
trang web: web website
ứng dụng: app
email: mail gmail
thanh toán: ttoan ttoán
chuyển khoản: ck
thống kê: tkê tke
cán bộ: cb cbo
nhân viên: nv nvien nviên
tư vấn viên: tvv
tư vấn: tvan tvấn
ủy ban nhân dân: ubnd uỷban
ủy ban: ub
hội đồng nhân dân: hđnd hdnd
trung tâm phục vụ hành chính công: ttpvhcc ttpvhc
trung tâm hành chính công: tthcc
phục vụ hành chính công: pvhcc
hành chính công: hcc
trung tâm y tế: ttyt
ban quản lý: bql
khu công nghiệp: kcn
sở kế hoạch và đầu tư: skhđt skhdt
kế hoạch và đầu tư: khđt khdt kh&đt kh&dt
tài nguyên và môi trường: tnmt tn&mt
nông nghiệp và môi trường: nnmt nn&mt
nông nghiệp và phát triển nông thôn: nnptnt nn&ptnt
thông tin và truyền thông: tttt tt&tt
giáo dục và đào tạo: gdđt gddt gd&đt gd&dt
sở giáo dục và đào tạo: sgd sgdđt sgddt
giao thông vận tải: gtvt
lao động thương binh và xã hội: ldtbxh lđtbxh ldtb&xh lđtb&xh lđtbvxh
văn hóa thể thao và du lịch: vhttdl vhtt&dl
khoa học và công nghệ: khcn kh&cn
văn phòng đăng ký đất đai: vpđkđđ vpdkdd vpđkdd
văn phòng: vp
giải quyết tố cáo: gqtc
giải quyết khiếu nại: gqkn
thị xã: tx
thành phố: tp
hồ chí minh: hcm
thành phố hồ chí minh: tphcm hcmc
ban chỉ huy quân sự: bchqs
cảnh sát giao thông: csgt
phòng cháy chữa cháy: pccc
phản ánh kiến nghị: pakn
giấy khai sinh: gks
khai sinh: ks
đăng ký khai sinh: đkks dkks
đăng ký kết hôn: đkkh dkkh
xác nhận tình trạng hôn nhân: xntthn
tình trạng hôn nhân: tthn
đăng ký thường trú: đktt dktt
sổ hộ khẩu: shk
hộ khẩu: hk hkhau
tạm trú: ttru
căn cước công dân: cccd
căn cước: cc
chứng minh nhân dân: cmnd cmtnd
chứng minh thư: cmt
hộ chiếu: hchieu passport hchiếu
giấy phép lái xe: gplx
bằng lái xe: blx
lý lịch tư pháp: lltp
giấy chứng nhận: gcn
quyền sử dụng đất: qsdđ qsdd
giấy chứng nhận quyền sử dụng đất: gcnqsdđ gcnqsdd gcnqsd
giấy phép xây dựng: gpxd
hộ kinh doanh: hkd
đăng ký kinh doanh: đkkd dkkd
giấy phép kinh doanh: gpkd
công ty: cty cti
doanh nghiệp: dn
trách nhiệm hữu hạn: tnhh
mã số thuế: mst
thu nhập cá nhân: tncn
bảo hiểm xã hội: bhxh
bảo hiểm y tế: bhyt
bảo hiểm thất nghiệp: bhtn
nghĩa vụ quân sự: nvqs
an ninh trật tự: antt
an toàn thực phẩm: attp
vệ sinh an toàn thực phẩm: vsattp
mai táng phí: mtp
người cao tuổi: nct
người khuyết tật: nkt
người có công: ncc
người nước ngoài: nnn
cà vẹt: cavet càvẹt
trung học cơ sở: thcs
trung học phổ thông: thpt
kết quả: kq kqua kquả
quyết định: qđ
`;

export const abbreviations: ReadonlyMap<string, readonly string[]> = new Map(
  EVERYWHERE.trim()
    .split('\n')
    .flatMap((line) => {
      const [meaning = '', spellings = ''] = line.split(': ');
      return spellings.split(' ').map((spelling): [string, string[]] => [spelling, meaning.split(' ')]);
    }),
);

interface Reading {
  /** Folded neighbours that select this reading; the last reading has none. */
  before?: RegExp;
  after?: RegExp;
  meaning: string;
}

const PLACE_BEFORE = /^(chi|thoai|sdt|fax|email|ubnd|dan|cua|tai|o|ke|an)$/;

/** Spellings whose meaning hangs on the words beside them: the first reading that fits wins. */
const BY_CONTEXT: Record<string, readonly Reading[]> = {
  đc: [
    { after: /^(so|ubnd|uy|xa|phuong|cong|ca|cua|tru|trung|noi|van|chi|cq|bhxh|thue)$/, meaning: 'địa chỉ' },
    { meaning: 'được' },
  ],
  dc: [
    { after: /^(so|ubnd|uy|xa|phuong|cong|ca|cua|tru|trung|noi|van|chi|cq|bhxh|thue)$/, meaning: 'địa chỉ' },
    { meaning: 'được' },
  ],
  đk: [
    { before: /^(dieu|can|du|nhung|co)$/, after: /^(gi|j|nao|de|la|ko|k|khong)?$/, meaning: 'điều kiện' },
    { meaning: 'đăng ký' },
  ],
  dk: [
    { before: /^(dieu|can|du|nhung|co)$/, after: /^(gi|j|nao|de|la|ko|k|khong)?$/, meaning: 'điều kiện' },
    { meaning: 'đăng ký' },
  ],
  tt: [
    { before: /^(so)$/, meaning: 'thông tin' },
    { before: PLACE_BEFORE, meaning: 'thị trấn' },
    { after: /^(online|tien|phi|le|qua|bang|truc|ko|k|khong)$/, meaning: 'thanh toán' },
    { before: /^(tam|dang|thuong)$/, meaning: 'trú' },
    { after: /^(hcc|pvhcc|hanh|phuc|y)$/, meaning: 'trung tâm' },
    { meaning: 'thủ tục' },
  ],
  bn: [
    { after: /^(tien|ngay|lau|phi|le|nam|tuoi|nguoi|hs|ho)$/, meaning: 'bao nhiêu' },
    { before: /^(het|phi|gia|mat|ton|la|tien|nop|thu|dong|co)$/, meaning: 'bao nhiêu' },
    { meaning: 'bạn' },
  ],
  mk: [
    { before: /^(quen|doi|mat|lai|sai|nhap|lay|cai|nho)$/, meaning: 'mật khẩu' },
    { after: /^(moi|cu|sai|tai|tk)$/, meaning: 'mật khẩu' },
    { meaning: 'mình' },
  ],
  ct: [{ before: /^(pho|bi|dong|ong|gap)$/, meaning: 'chủ tịch' }, { meaning: 'công ty' }],
  ca: [{ after: /^(xa|phuong|tinh|huyen|quan|tp|thanh|thi|khu|dia)$/, meaning: 'công an' }, { meaning: 'ca' }],
  đt: [{ meaning: 'điện thoại' }],
  dt: [{ before: /^(so|sdt|goi|ban|nha|dien)$/, meaning: 'điện thoại' }, { meaning: 'dt' }],
  gd: [{ before: /^(so|phong|bo|va)$/, meaning: 'giáo dục' }, { meaning: 'gia đình' }],
  gđ: [{ before: /^(so|phong|bo|va)$/, meaning: 'giáo dục' }, { meaning: 'gia đình' }],
  sđ: [{ meaning: 'sổ đỏ' }],
  sh: [{ before: /^(lam|mat|cap|doi|ten)$/, meaning: 'sổ hồng' }, { meaning: 'sh' }],
  hc: [{ before: /^(tuc|vi|xu|thi|trung|tam)$/, meaning: 'hành chính' }, { meaning: 'hộ chiếu' }],
  s: [{ after: /^(v|z|vay|a|ah|ha|ta)?$/, meaning: 'sao' }, { meaning: 's' }],
  v: [{ after: /^(a|ah|ta|ad|em|e|ban|b)?$/, meaning: 'vậy' }, { meaning: 'v' }],
  w: [{ meaning: 'với' }],
};

// "hạng B", "lô C", "mẫu A": a letter after these is a name, not chat spelling.
const NAMED_BY_LETTER = /^(hang|loai|lop|khu|mau|lo|to|diem|khoan|block|toa|nhom|hinh|vitamin)$/;

/** The words that `word` stands for, or undefined. `word` is lower case NFC; `before` and `after` are the folded neighbours, or "". */
export function expandAbbreviation(word: string, before: string, after: string): readonly string[] | undefined {
  if (word.length === 1 && NAMED_BY_LETTER.test(before)) return undefined;
  const readings = Object.hasOwn(BY_CONTEXT, word) ? BY_CONTEXT[word] : undefined;
  if (readings === undefined) return abbreviations.get(word);
  const reading = readings.find((one) => (one.before?.test(before) ?? true) && (one.after?.test(after) ?? true));
  return reading?.meaning.split(' ');
}
