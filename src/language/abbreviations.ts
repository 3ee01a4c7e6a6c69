// What chat spelling and office abbreviations stand for: data with little logic. Those whose meaning hangs on the words beside them are
// abbreviations-by-context.ts, words for whole procedures the catalogue's aliases.
import { byContext } from './abbreviations-by-context.js';

/**
 * One meaning wherever they stand; `meaning: spelling spelling …`. A spelling without diacritics also stands for accented ones ("hs" for "hs"),
 * one with diacritics only for itself, so that "đi" never becomes something else.
 */
const EVERYWHERE = `
không: ko k kh hok hông hổng khum khg kô k0 hg khôg kog hơm hôg
không gì: kj
không biết: kbt kbiet kbiết
không phải: kp
gì: j ji gj zì dj gỳ dzì giề jề
như thế nào: ntn nth ntnao ntnào
thế nào: tnao tnào
như nào: nnao
vậy: z zậy zay zạy dzậy dzay zầy vầy rứa
rồi: r rùi oy òi roài rầu gòi gùi ròi
làm: lm lèm mần
biết: bt bik bít bjt
với: vs vói
đối với: đv
cũng: cx cg cug cũg kũng
nhưng: nhug nhg nhưg
nhưng mà: nma
thì: thj
muốn: mún mun mốn
người: ng ngừi
người ta: ngta nta
mọi người: mng
mình: mik mjh mjnh mìh
em: e
anh chị: ac
chị: c cj
tôi: t tui tôy
bạn: b bro
admin: ad adm
nhắn tin: ib inb inbox nt
trả lời: rep reply tl tloi
bao nhiêu: bhiu bnhiu bnhieu bnhiêu bnh bnhju
bao nhiêu tiền: bnt
bao lâu: bnl blau blâu
nhiêu: nhiu nhju
nhiều: nhìu nhèo
đang: đg dg đag dag
chưa: chx chz ch chư
hôm nay: hnay
hôm qua: hqa hqua
ngày mai: nmai
bây giờ: bh bjo bgio bgiờ bg
luôn: lun
thôi: thui
về: zìa dìa dề zề
vô: zô dzô
vợ: dzợ zợ
vụ: dzụ zụ
vui: zui dzui
yêu: iu
đánh: uýnh oánh
này: nì
chứ: chớ
vừa: zừa
việc: dziệc ziệc
giấy: jấy zấy
cần: kần
còn: kòn
cái: kái
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
có: cóa cóo kó
mà: mak
được không: đko dko đcko dcko đck dck
được: đx đươc đượt đựơc
phải: ph fải fai phãi phai
phí: fí fi
lệ phí: lphi lphí
phép: fép
phòng: fòng
phường: fường
nhé: nhen nghen nhá ná nhek nhoa nhaa
ừ: ukm uk uh um ừm uhm ừa òm ờ ừh
ok: okie oke okey okay okê okela oki okla oce okee
có: yes yep yeah
không: nope
cảm ơn: tks thks thx thank thanks tksss camon cámơn cmon cmơn cảmơn tkiu thanhkiu ths
cảm: cám
cảm ơn bạn: thanku thankyou tku
xin lỗi: sr sorry sry
xin: pls plz please
xin chào: hello helo heloo hellô hi hii hey xc helu
alo: alô aloo allo
tạm biệt: bye babai byebye goodbye pp baibai
tốt: good gud gút
hồ sơ: hso hsơ hồsơ
mã hồ sơ: mhs
thủ tục: ttuc ttục thutuc thủtục
thủ tục hành chính: tthc
giấy tờ: gto gtờ gt gtơ
dịch vụ công: dvc
dịch vụ công trực tuyến: dvctt
bộ phận một cửa: bpmc
một cửa: 1cửa 1cua
đăng ký: đ/k đki dki đký dky đkí đky dkí đkii
số điện thoại: sđt sdt
điện thoại di động: đtdđ dtdd
điện thoại: đthoai dthoai đthoại
địa chỉ: đchi dchi đchỉ đ/c
hướng dẫn: hd hdan hdẫn
hướng dẫn sử dụng: hdsd
tài khoản: tk tkhoan acc account
mật khẩu: mkhau mkhẩu pass password pw matkhau
đăng nhập: login dnhap đnhập đnhap
đăng xuất: logout
trang web: website
ứng dụng: app
email: mail gmail
facebook: fb
zalo: zl
kiểm tra: check chek ktra
đặt: book
hủy: cancel
cập nhật: update
nộp: submit
tải: download dowload
tải lên: upload
hỗ trợ: support
thanh toán: ttoan ttoán
vợ: vk
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
xuất nhập cảnh: xnc
bệnh viện: bviện bvien
giáo viên: gv gvien
phòng cháy chữa cháy: pccc
phản ánh kiến nghị: pakn
giấy khai sinh: gks
giấy chứng sinh: gcs
giấy xác nhận: gxn
giấy kết hôn: gkh
bản sao: bsao
khai sinh: ks
đăng ký khai sinh: đkks dkks
đăng ký kết hôn: đkkh dkkh
xác nhận tình trạng hôn nhân: xntthn
tình trạng hôn nhân: tthn
đăng ký thường trú: đktt dktt
sổ hộ khẩu: shk
hộ khẩu: hkhau hkhẩu
hộ khẩu thường trú: hktt hkt
tạm trú: ttru
căn cước công dân: cccd
căn cước: cc
chứng minh nhân dân: cmnd cmtnd
chứng minh thư: cmt cmthu cmthư
hộ chiếu: hchieu passport hchiếu
giấy phép lái xe: gplx
bằng lái xe: blx
đăng ký xe: đkx dkx
biển số xe: bsx
lý lịch tư pháp: lltp
giấy chứng nhận: gcn
quyền sử dụng đất: qsdđ qsdd
sử dụng đất: sdđ sdd
chuyển mục đích sử dụng đất: cmđsdđ cmdsdd
giải phóng mặt bằng: gpmb
tái định cư: tđc
bất động sản: bđs bds
nhà ở xã hội: noxh
giấy chứng nhận quyền sử dụng đất: gcnqsdđ gcnqsdd gcnqsd
giấy phép xây dựng: gpxd
hộ kinh doanh: hkd
đăng ký kinh doanh: đkkd dkkd
giấy phép kinh doanh: gpkd
công ty: cty cti
doanh nghiệp: dn dnghiep dnghiệp
doanh nghiệp tư nhân: dntn
đăng ký doanh nghiệp: đkdn dkdn
công ty cổ phần: ctcp
một thành viên: mtv
hợp tác xã: htx
kinh doanh: kdoanh
sản xuất: sx
văn phòng đại diện: vpđd vpdd
chứng chỉ hành nghề: cchn
giấy phép lao động: gplđ gpld
hợp đồng lao động: hđlđ hdld hdlđ
người lao động: nlđ nld
hóa đơn điện tử: hđđt hddt
thu nhập doanh nghiệp: tndn
giá trị gia tăng: gtgt
người phụ thuộc: npt
trách nhiệm hữu hạn: tnhh
mã số thuế: mst
thu nhập cá nhân: tncn
bảo hiểm xã hội: bhxh
bảo hiểm y tế: bhyt
bảo hiểm thất nghiệp: bhtn
nghĩa vụ quân sự: nvqs
an ninh trật tự: antt
an toàn thực phẩm: attp
vệ sinh an toàn thực phẩm: vsattp atvstp
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

// "hạng B", "bằng C", "lô C", "mẫu A": a letter after these is a name, not chat spelling.
const NAMED_BY_LETTER = /^(hang|loai|lop|khu|mau|lo|to|diem|khoan|muc|luc|bang|block|toa|nhom|hinh|vitamin)$/;

/** The words that `word` stands for, or undefined. `word` is lower case NFC; `before` and `after` are the folded neighbours, or "". */
export function expandAbbreviation(word: string, before: string, after: string): readonly string[] | undefined {
  if (/^[a-e]$/.test(word) && NAMED_BY_LETTER.test(before)) return undefined;
  const numbered = /^([pq])(\d{1,2})$/.exec(word);
  if (numbered !== null) return [numbered[1] === 'p' ? 'phường' : 'quận', numbered[2] ?? ''];
  return byContext(word, before, after) ?? abbreviations.get(word);
}
