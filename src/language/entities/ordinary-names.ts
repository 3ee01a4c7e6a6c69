// Communes and former districts whose letters are ordinary words of our subject ("đồng ý", "gia đình", "ở tại văn phòng"). Found by counting
// the names of the gazetteer in the texts of procedures and in what citizens write; such a name needs its unit word or capitals.

/** Keys as in the gazetteer. */
export const ORDINARY_NAMES: ReadonlySet<string> = new Set(
  (
    'an chan|an co|an dan|an do|an don|an dong|an hai|an nhan|an ninh|an noi|an phuong|an quy|an sinh|an thanh|an thuy|an tien|an tinh|an toan|' +
    'ba nam|ban bo|ban cam|ban co|ban cong|ban dat|ban lam|ban nhung|ban thi|bang gia|bang van|bao an|bao hieu|bao la|bao ly|bao thanh|ben thuy|' +
    'bien dong|bien gioi|binh da|binh hop|can co|can duoc|can kiem|cao ky|cao thanh|cau quan|che tao|chi cong|chi dao|chi tien|chinh ly|cho chu|' +
    'cho don|chua hang|co bi|co do|co dong|co ma|co noi|co thanh|co tong|con thoi|cong bang|cong da|cong hoa|cong ly|cu bao|cu van|cua duong|' +
    'da phuc|da thong|dai dien|dai tien|dan chu|dan tien|dan van|dang lam|dao duc|dat cuoc|dat do|de tham|den sang|den thang|dich qua|dieu tri|' +
    'dinh an|dinh ban|dinh bang|dinh ca|dinh chu|dinh cong|dinh cu|dinh cuong|dinh du|dinh ke|dinh lien|dinh tang|dinh thanh|dinh tien|dinh to|' +
    'do dong|doan ket|doc lap|dong an|dong binh|dong co|dong dat|dong do|dong dong|dong du|dong hoa|dong hop|dong kinh|dong ky|dong la|dong lam|' +
    'dong lien|dong luong|dong nhan|dong phong|dong quan|dong quy|dong sang|dong tam|dong thanh|dong thoi|dong tien|dong tinh|dong truc|' +
    'dong tuyen|dong van|dong ve|dong y|du tien|duc tai|dung tien|duong 10|duong lam|duong thuy|gia an|gia dinh|gia hoi|gia phong|gia phuong|' +
    'giao ha|giao nhan|giap lai|hai long|hai thanh|han da|hanh thong|hien chung|hien quan|hien thanh|hien van|ho do|hoa tam|hoa xa|hop dong|' +
    'hop hoa|hop ly|hop nhat|hop phap|hop thanh|huu nghi|huu san|khang chien|khoi nghia|khuyen nong|ky dong|ky khang|ky phuong|ky thu|ky thuong|' +
    'ky van|la da|la gi|lai hieu|lam hoa|lam san|lam thanh|lien hiep|lien quan|lieu de|lieu do|luc hanh|luong lo|luong phong|luu ky|mai lam|' +
    'mai lap|minh quan|minh tien|mo cong|nam co|nam cuoi|nam duong|nam ke|nghi thu|nha nuoc|nhan chinh|nhan co|nhan dao|nhan hoa|nhan la|' +
    'nhan quyen|nhan thanh|phan dien|phan hoa|phi thong|phong thu|phong van|phu quy|phu thong|phu trach|phuong dong|phuong hai|phuong lien|' +
    'phuong tien|quan chu|quan hanh|quan thanh|song phuong|sung phai|tai van|tam dinh|tam hoa|thai do|thanh cong|thanh khai|thanh qua|thanh van|' +
    'thien nhan|thiet ke|thieu toan|thong nhat|thu ba|thuan loi|thuan phu|thuong binh|thuy loi|thuy van|tien an|tien bo|tien dong|tien dung|' +
    'tien duoc|tien ky|tien luong|tien phu|tien thanh|tien thuy|tien tien|tinh dong|tinh tra|to tung|tra an|tra co|tra lam|tra ly|tra thanh|' +
    'trang da|trang phai|trong quan|trung binh|trung tam|truong thanh|truong van|tu do|tu du|tu lan|tu lap|tu lien|tu minh|tu nhan|tu nhien|' +
    'tu quan|tu trung|tu vu|tu xa|tuong da|tuong thuong|tuyen thanh|van ban|van co|van dau|van hoa|van phong|ve an|vien an|vien thanh|vu an|' +
    'vu cong|vu duong|vu hoa|vu phuc|vu quy|vu trung|xa bang|xa tong'
  ).split('|'),
);
