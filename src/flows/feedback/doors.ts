// Whether another door than a report is the right one, or somebody is in danger. Pure; folded words.

/** Complaints and denunciations have laws of their own, crimes belong to the police (domain reference, section 6). */
export type Door = 'complaint' | 'denunciation' | 'crime';

const DENUNCIATION = /\b(?:to cao|don to cao|to giac)\b/;
const COMPLAINT =
  /\bkhieu nai\b.*\b(?:quyet dinh|hanh vi hanh chinh|ky luat|thu hoi|boi thuong|xu phat|cuong che|giai toa|lan (?:1|2|dau|hai))\b|\b(?:don|nop don|lam don|gui don|muon|can|xin|di)(?: (?:toi|em|minh))? khieu nai\b|^khieu nai\b/;
const CRIME =
  /\b(?:danh bac|co bac|so de|da ga an tien|ma tuy|chich hut|buon lau|hang cam|mai dam|trom (?:cap|xe|do|cho)|cuop|toi pham|truy na|cho vay nang lai|tin dung den|lua dao)\b/;
const DANGER =
  /\b(?:day dien (?:\w+ ){0,3}(?:dut|roi|ho|thong|cham)|dut day dien|ro (?:ri )?(?:khi )?ga|sap (?:cau|nha|tran)|(?:cau|nha|tran) (?:\w+ ){0,2}sap|(?:sap|dang) (?:do|sap)|sat lo|chay lan|no binh|dien giat|ho dien|nguy hiem tinh mang|ho sau (?:\w+ ){0,4}khong (?:co )?(?:rao|bien))\b/;

export function doorFor(plain: string): Door | undefined {
  if (DENUNCIATION.test(plain)) return 'denunciation';
  if (COMPLAINT.test(plain)) return 'complaint';
  return CRIME.test(plain) ? 'crime' : undefined;
}

/** Somebody may be hurt while the report travels. */
export function isDangerous(plain: string): boolean {
  return DANGER.test(plain);
}
