// Chat spelling and abbreviations that mean one thing or another by the words beside them. Those that always mean the same are
// abbreviations.ts.

interface Reading {
  /** Folded neighbours that select this reading; the last reading has none. */
  before?: RegExp;
  after?: RegExp;
  meaning: string;
}

// After these a plain "nha" is a house; at the end of a request it is politeness.
const HOUSE_BEFORE =
  'xay|dat|so|sua|ban|mua|thue|lam|cua|ve|o|tai|trong|cap|tang|can|chu|nguoi|ten|pha|do|gan|day|chuyen|tra|toi|len|xuong|giu|trong|san|cai|ngoi|mai';
const POLITE_AFTER = /^(a|ah|ad|admin|em|e|anh|chi|ban|b|c|shop|bac|co|moi|mn|cam|tks)?$/;

const NO_APPOINTMENT = /^(?!(?:giay|lich|phieu|cuoc|dat|duoc|da|bien|ngay|gio|noi|lai|tra|huy|doi|dung|qua|tre)$)./;
const NO_WEIGHT = /^(?!(?:muc|loai|hang|xe|rat|cao|benh|khuyet|tat)$)./;
const NO_PERSON = /^(?!(?:cua|cho|chao|voi|la|on|gap|hoi|va|nhu|kieu|cac|em|e|ban|moi)$)./;

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
  // At the end it is politeness without its mark.
  a: [{ before: NO_PERSON, after: /^$/, meaning: 'ạ' }, { meaning: 'anh' }],
  nhe: [{ before: NO_WEIGHT, after: POLITE_AFTER, meaning: 'nhé' }, { meaning: 'nhe' }],
  hen: [{ before: NO_APPOINTMENT, after: POLITE_AFTER, meaning: 'nhé' }, { meaning: 'hen' }],
  no: [{ before: /^$/, after: /^(thanks|thank|tks|bye)?$/, meaning: 'không' }, { meaning: 'no' }],
  hem: [
    { before: /^(so|nha|duong|trong|ngo)$/, meaning: 'hem' },
    { after: /^\d/, meaning: 'hem' },
    { meaning: 'không' },
  ],
  khom: [{ after: /^(?:biet|duoc|dc|co|can|phai|a|e|ad)?$/, meaning: 'không' }, { meaning: 'khom' }],
  rui: [{ after: /^ro$/, meaning: 'rui' }, { meaning: 'rồi' }],
  min: [{ after: /^(oi|a|cho|giup)$/, meaning: 'admin' }, { meaning: 'min' }],
  ck: [{ before: /^(vo|vk|anh|cua)$/, meaning: 'chồng' }, { meaning: 'chuyển khoản' }],
  nha: [{ before: new RegExp(`^(?!(?:${HOUSE_BEFORE})$).`), after: POLITE_AFTER, meaning: 'nhé' }, { meaning: 'nha' }],
  hong: [
    { before: /^(hu|so|bi|xe|may|lam|mau|hoa)$/, meaning: 'hong' },
    {
      after:
        /^(a|ah|ad|vay|v|z|ta|em|e|anh|chi|ban|nhi|the|biet|bik|duoc|dc|co|can|phai|thay|lam|cho|hieu|ai|muon|bao|con|ra|nop)?$/,
      meaning: 'không',
    },
    { meaning: 'hong' },
  ],
  hk: [
    { before: /^(duoc|dc|co|phai|biet|can|the|vay|chua|hay|nua|xong|roi)$/, meaning: 'không' },
    { after: /^(biet|duoc|dc|co|can|phai|thay|hieu|ad|a|e|em|vay|v)$/, meaning: 'không' },
    { meaning: 'hộ khẩu' },
  ],
  hs: [{ after: /^(lop|gioi|tieu|thcs|thpt|cap|mam|ngheo|khuyet)$/, meaning: 'học sinh' }, { meaning: 'hồ sơ' }],
  kg: [{ before: /^\d/, meaning: 'kg' }, { meaning: 'không' }],
  mn: [{ before: /^(truong|lop|giao|bac)$/, meaning: 'mầm non' }, { meaning: 'mọi người' }],
  bs: [
    { before: /^(can|phai|yeu|nop|xin|duoc)$/, after: /^(ho|hs|giay|gi|them|thong|tai|cai)/, meaning: 'bổ sung' },
    { after: /^(ho|hs|giay|them|thong)$/, meaning: 'bổ sung' },
    { meaning: 'bác sĩ' },
  ],
  răng: [
    { before: /^$/, after: /^(ma|lai)$/, meaning: 'sao' },
    { after: /^(rua|ri|chu|vay|a|ha|ho|nua|gio|day)$/, meaning: 'sao' },
    { before: /^(lam|ra|la|bi|mo|vi|the|can)$/, after: /^(o|ad|em|e|anh|chi|duoc|dc|hien)?$/, meaning: 'sao' },
    { meaning: 'răng' },
  ],
  mô: [
    {
      before: /^(o|di|tai|cho|khuc|toi|den|nop|lam|vo|noi|phia|ben|ngo)$/,
      after: /^(?!(?:hinh|ta|phong|to|dun|men|te bao)$)/,
      meaning: 'đâu',
    },
    { after: /^(rua|vay|a|ha|ri|he|hi|ad)$/, meaning: 'đâu' },
    { meaning: 'mô' },
  ],
  chi: [
    {
      before: /^(lam|can|giay|cai|nhung|to|co|thu|gap|viec|phai|noi|hoi|bi|vi|loai|them|nop|duoc|mac|thieu)$/,
      after: /^(rua|vay|v|z|nua|khong|ko|k|a|ha|ad|em|e|het|the|mo|do|de|cho|toi|minh)?$/,
      meaning: 'gì',
    },
    { meaning: 'chi' },
  ],
  web: [{ before: /^trang$/, meaning: 'web' }, { meaning: 'trang web' }],
  p: [{ after: /^\d{1,2}$/, meaning: 'phường' }, { meaning: 'p' }],
  q: [{ after: /^\d{1,2}$/, meaning: 'quận' }, { meaning: 'q' }],
  ni: [
    { before: /^(cai|to|giay|viec|ho|so|hom|bua|lan|nam|cho|don|vu|thang|ben|khuc)$/, meaning: 'này' },
    { meaning: 'ni' },
  ],
  nớ: [{ meaning: 'đó' }],
  chừ: [{ meaning: 'giờ' }],
  hum: [{ after: /^(nay|qua|truoc|sau|bua|no|kia)$/, meaning: 'hôm' }, { meaning: 'hum' }],
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

/** The words that `word` stands for between the folded `before` and `after`; undefined when it is not in this list. */
export function byContext(word: string, before: string, after: string): readonly string[] | undefined {
  const readings = Object.hasOwn(BY_CONTEXT, word) ? BY_CONTEXT[word] : undefined;
  const reading = readings?.find((one) => (one.before?.test(before) ?? true) && (one.after?.test(after) ?? true));
  return reading?.meaning.split(' ');
}
