// What a citizen's words hold of a report: enough of a story, a place, a name and number, a yes or no. Pure; the meaning comes
// from the language.
import { fold } from '../../language/fold.js';
import type { Intent } from '../../language/language.js';
import { type Heard, plainWords } from '../heard.js';
import type { ReportDraft } from './draft.js';

/** Folded words that only lead up to a report. */
const LEAD = new Set(
  'toi em e xiu chut minh chung con chau co chu bac anh chi ad admin xin chao muon can duoc cho hoi gui phan anh gop y kien nghi de bao cao ve viec van chuyen mot cai don thu khieu nai to len a ah nha nhe voi the nay kia la rang thi lam on giup vui long cac ban ong ba khan truong toi gi do dieu hien truong vu su dong giac nan'.split(
    ' ',
  ),
);
const FEWEST_WORDS = 3;
const FEWEST_LETTERS = 8;

/** Whether there is a story in it, beyond "tôi muốn phản ánh". */
export function tellsEnough(plain: string): boolean {
  const words = plain.split(' ').filter((word) => word !== '' && !LEAD.has(word));
  return words.length >= FEWEST_WORDS && words.join('').length >= FEWEST_LETTERS;
}

/** Something that is no mere "tôi muốn phản ánh". Figures alone tell nothing, and may be the digits of somebody's proof. */
function hasWords(plain: string): boolean {
  return plain.split(' ').some((word) => /\p{L}/u.test(word) && !LEAD.has(word));
}

const NAME_AFTER =
  /(?:^|[\s,.;:(])(?:(?:tôi|toi|em|mình|minh|con|cháu|chau)\s+(?:tên\s+là|ten\s+la|tên|ten)|(?:họ\s*(?:và|&)?\s*tên|ho\s*(?:va)?\s*ten|tên|ten|người gửi|người phản ánh|liên hệ|lien he)(?:\s+(?:tôi|toi|em|mình|của tôi))?(?:\s+là|\s+la)?|(?:tôi|toi|em|mình)\s+là|(?:tôi|toi|em)\s+la)\s*[:-]?\s*((?:\p{L}+\s?){2,6})/iu;
/** Not names: "tôi là người dân xóm 3". Folded first words. */
const NO_NAME = new Set(
  'nguoi nhan sinh mot cu khach vien toi ban dang bi muon gui khong ko sao vi can phai tai nao lam gi cho dau biet de cung duoc'.split(
    ' ',
  ),
);
const NAME_ENDS = /\s(?:sđt|sdt|số|so|điện|dien|đt|dt|ở|o|tại|tai|phone|tel|nhà|muốn|xin|và|va|là)(?=\s|$)/iu;

/** A person's name where it is announced ("tôi tên …"); `alone`: the message is an answer to the question for it. */
export function nameIn(text: string, alone: boolean): string | undefined {
  const clean = text.normalize('NFC');
  const announced = NAME_AFTER.exec(clean)?.[1];
  const candidate = announced ?? (alone ? clean.replace(/[\d+().,;:/\\-]+/g, ' ') : undefined);
  if (candidate === undefined) return undefined;
  const padded = ` ${candidate.trim()} `;
  const end = NAME_ENDS.exec(padded)?.index;
  const words = padded.slice(0, end).trim().split(/\s+/).filter(Boolean).slice(0, 6);
  if (words.length < 2 || words.some((word) => word.length > 12)) return undefined;
  const capital = words.every((word) => /^\p{Lu}/u.test(word));
  if (!capital && words.some((word) => NO_NAME.has(fold(word)))) return undefined;
  // In a longer message only what is written like a name is one.
  if (!alone && !capital) return undefined;
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
}

export function phoneIn(heard: Heard): string | undefined {
  return heard.entities('phone')[0]?.value;
}

const MOST_CONTACT_WORDS = 10;

/** A message that is nothing but somebody's name, number or both. */
export function contactAlone(heard: Heard): Pick<ReportDraft, 'name' | 'phone'> | undefined {
  if (heard.plain.split(' ').length > MOST_CONTACT_WORDS) return undefined;
  const phone = phoneIn(heard);
  const name = nameIn(heard.text, phone !== undefined);
  if (phone === undefined)
    return /^(?:\p{Lu}\p{Ll}+ ?){3,5}$/u.test(heard.text.trim()) ? nameOnly(heard.text) : undefined;
  const rest = heard.plain.replace(/[\d ]/g, '').length - plainWords(name ?? '').replaceAll(' ', '').length;
  return rest > LONGEST_AROUND ? undefined : { phone, ...(name === undefined ? {} : { name }) };
}

/** "em tên … sđt" around the two. */
const LONGEST_AROUND = 16;

/** Three capitals in a row begin with a family name, or they may be a place. */
const FAMILIES = new Set(
  'nguyen tran le pham huynh hoang phan vu vo dang bui do ho ngo duong ly dinh dao trinh truong lam mai to doan luu chau thach lu cao phung quach kieu ta ha la luong vuong thai tang diep kim son danh'.split(
    ' ',
  ),
);

function nameOnly(text: string): { name: string } | undefined {
  const name = text.trim();
  return FAMILIES.has(fold(name.split(' ')[0] ?? '')) ? { name } : undefined;
}

const PLACE_STARTS =
  'duong hem ngo ngach kiet ap thon xom khom to khu pho ban buon chung cu cau cho truong kenh nga ba nga tu vong xoay doan truoc sau gan canh doi dien tai o dau cuoi so nha quoc lo tinh lo ql dt km bai ben benh vien tram ubnd uy ban mot cua cong vien'.split(
    ' ',
  );
const STARTS = new Set(PLACE_STARTS);
/** A place begins with one of these and the word after it. */
const MARKERS =
  /^(?:duong|hem|ngo|ngach|kiet|ap|thon|xom|khom|khu pho|to dan pho|to \d+|chung cu|cau|cho|truong|kenh|nga ba|nga tu|vong xoay|quoc lo|tinh lo|ql|benh vien|tram y te|ubnd|uy ban|bo phan mot cua|cong vien|so nha|tai)$/;
const TWO_MARKERS =
  /^(?:o (?:duong|hem|ngo|ap|thon|xom|khu|truoc|gan|dau|cuoi|so|nga|cho|cau|truong|doan|xa|phuong)|truoc (?:nha|cong|truong|cho|so|cua)|gan (?:nha|cho|cau|truong|nga|tram|ubnd)|sau (?:nha|cho|truong)|dau (?:duong|hem|ngo)|cuoi (?:duong|hem|ngo))$/;
const STOPS = new Set(
  'bi hu hong da chua may ca tu ngap gay khong ko rat qua roi co lam xa do boc dang cu van nguoi ma thi la va nen xuong lun sut toi sang chieu dem hom nay tuan thang ngay nhieu hay luon lien tuc chay no o voi ai nua duoc bao gio chay chap mat cup ket dong day het hoai suot moi cung'.split(
    ' ',
  ),
);
const LONGEST_PLACE = 12;

/** "xóm 3 hôi quá": no part of the place; "trụ sở hội phụ nữ" is. */
function smells(word: string, next: string | undefined): boolean {
  if (/^hôi$/iu.test(word)) return true;
  return /^hoi$/i.test(word) && (next === undefined || STOPS.has(next) || /^(?:thoi|lam|ham)$/.test(next));
}

/** "ổ gà trên đường Lê Lợi gần chợ Mỹ Xuyên đã lâu" → "đường Lê Lợi gần chợ Mỹ Xuyên". */
export function placePhrase(text: string): string | undefined {
  const tokens = text.normalize('NFC').split(/\s+/).filter(Boolean);
  const folded = tokens.map((token) => plainWords(token));
  for (let at = 0; at < tokens.length - 1; at += 1) {
    const two = `${folded[at]} ${folded[at + 1]}`;
    const starts = MARKERS.test(folded[at] ?? '') || MARKERS.test(two) || TWO_MARKERS.test(two);
    // "đèn đường trước chợ …": no road is named.
    if (!starts || (folded[at] === 'duong' && !/^[\p{Lu}\d]/u.test(tokens[at + 1] ?? ''))) continue;
    // "đường hỏng" says what, not where: a name has a capital or a number.
    const taken: string[] = [];
    let named = false;
    for (let i = at; i < tokens.length && taken.length < LONGEST_PLACE; i += 1) {
      const word = tokens[i] ?? '';
      const plain = folded[i] ?? '';
      const capital = /^[\p{Lu}\d]/u.test(word);
      if (i > at && (STOPS.has(plain) || smells(word, folded[i + 1])) && !capital && word.toLowerCase() !== 'xã') break;
      taken.push(word);
      if (i > at && (capital || /\d/.test(word))) named = true;
      if (/[.;!?]$/.test(word)) break;
    }
    const phrase = taken
      .join(' ')
      .replace(/^(?:ở|tại|o|tai) /iu, '')
      .replace(/[\s,.;!?:]+$/, '');
    if (named && taken.length > 1 && taken.some((word) => !STARTS.has(plainWords(word)))) return phrase;
  }
  return undefined;
}

const QUESTION =
  /\?\s*$|\b(?:bao nhieu|can gi|can nhung gi|giay to gi|the nao|lam sao|la gi|bao lau|may gio|mat bao|nhu nao|duoc khong|o dau vay|nop o dau|lam o dau|dia chi)\b/;
/** Said in the middle of a form, these are about something else whatever their form. */
const ELSEWHERE: ReadonlySet<Intent> = new Set<Intent>([
  'greet',
  'goodbye',
  'thanks',
  'bot.capabilities',
  'bot.identity',
  'staff.request',
  'feedback.track',
  'rating.give',
  'notify.subscribe',
  'notify.unsubscribe',
  'privacy.request',
  'news.ask',
  'statistics.ask',
  'appointment.book',
  'emergency',
]);
const OWN: ReadonlySet<Intent> = new Set<Intent>(['feedback.send', 'none', 'insult', 'affirm', 'deny']);
/** Whoever writes this much is telling what happened. */
const LONG = 90;

/** Whether a message is about something else than the report being written. */
export function isElsewhere(heard: Heard): boolean {
  const { intent, certain } = heard.meaning;
  if (!certain || OWN.has(intent)) return false;
  if (intent === 'emergency') return true;
  if (heard.text.length >= LONG) return false;
  return ELSEWHERE.has(intent) || QUESTION.test(fold(heard.text));
}

const YES =
  /^(?:dung|dung roi|dung vay|phai|phai roi|ok|oke|okie|u|uh|um|vang|da|da dung|da vang|dong y|duoc|dc|gui|gui di|gui luon|chinh xac|chuan|co|yes|y|r|xong|xong roi|het roi|du roi)(?: (?:a|nhe|nha|roi|luon|ban|em|ad|ah|di))*$/;
const NO =
  /^(?:khong|ko|k|kh|hong|hok|hem|khong co|ko co|k co|khong co anh|chua co|bo qua|skip|sai|sai roi|khong phai|khong dung|khong can|khong dong y|khong muon|khong biet|khong ro|khong nho|no|de sau|khong cong khai)(?: (?:a|nhe|nha|roi|dau|ban|em|ad|ah|anh))*$/;

export function saysYes({ plain, meaning }: Heard): boolean {
  return YES.test(plain) || (meaning.certain && meaning.intent === 'affirm' && plain.length < 30);
}

export function saysNo({ plain, meaning }: Heard): boolean {
  return NO.test(plain) || (meaning.certain && meaning.intent === 'deny' && plain.length < 30);
}

/** What a whole message adds to a draft beside its place: what is already known stays. */
export function absorbed(draft: ReportDraft, heard: Heard): ReportDraft {
  const next = { ...draft };
  const phone = phoneIn(heard);
  const name = nameIn(heard.text, false);
  if (next.phone === undefined && phone !== undefined) next.phone = phone;
  if (next.name === undefined && name !== undefined) next.name = name;
  if (next.content !== undefined) return next;
  const told = [next.begun, story(heard, name)].filter((part) => part !== undefined).join('\n');
  if (tellsEnough(plainWords(told))) {
    next.content = told;
    delete next.begun;
  } else if (hasWords(heard.plain)) next.begun = told;
  return next;
}

const BEFORE_PHONE =
  /[\s,.;:-]*(?:(?:sđt|sdt|đt|dt|số điện thoại|so dien thoai|điện thoại|dien thoai|số|liên hệ|lien he|gọi|alo|zalo)[\s:.]*)*$/iu;

/** Without the citizen's own name and number, which must not be published with it. What would be left of little stays whole. */
function story(heard: Heard, name: string | undefined): string {
  const whole = heard.text.trim();
  let text = heard.text.normalize('NFC');
  const phone = heard.entities('phone')[0]?.text;
  const at = phone === undefined ? -1 : text.indexOf(phone);
  if (phone !== undefined && at >= 0) {
    text = text.slice(0, at).replace(BEFORE_PHONE, '') + text.slice(at + phone.length);
  }
  const clause = name === undefined ? undefined : NAME_AFTER.exec(text);
  const named = clause?.[1] === undefined ? -1 : text.indexOf(clause[1], clause.index);
  if (name !== undefined && clause !== undefined && clause !== null && named >= 0)
    text = text.slice(0, clause.index) + text.slice(named + name.length);
  text = text.replace(/^[\s,.;:]+|[\s,;:-]+$/gu, '').trim();
  return tellsEnough(plainWords(text)) ? text : whole;
}

const ALIKE = 0.6;

/** Whether two reports say the same: most of their words are shared. */
export function isAlike(one: string, other: string): boolean {
  const words = (text: string) =>
    new Set(
      plainWords(text)
        .split(' ')
        .filter((word) => word !== ''),
    );
  const [a, b] = [words(one), words(other)];
  const shared = [...a].filter((word) => b.has(word)).length;
  const all = a.size + b.size - shared;
  return all > 0 && shared / all >= ALIKE;
}
