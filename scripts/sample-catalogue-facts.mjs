// Turns one published procedure record into the factual fields of a row of the portal contract. Values are copied, never
// reworded; only what the dump's extraction broke is mended (a fee cut at its bracket, a word glued to a law's number).
import { casesOf } from './sample-catalogue-papers.mjs';
import { depth, tidy, upToBalance } from './sample-catalogue-text.mjs';

const levelNames = new Map([
  ['cấp bộ', 'ministry'],
  ['cấp tỉnh', 'province'],
  ['cấp xã', 'commune'],
  ['cơ quan khác', 'other'],
]);
const channels = new Map([
  ['online', 'online'],
  ['in_person', 'in-person'],
  ['postal', 'post'],
]);

/**
 * @param {any} record one line of the dump
 * @param {{ code: string, online?: 'partial', cases?: 'merge' | 'keep', caseNotes?: Record<number, string>,
 *   omitCases?: number[], agency?: false }} entry our own choices, see the README beside the data
 * @returns the row without steps, conditions, results and legal basis
 * @throws when the entry contradicts the record or leaves a choice open
 */
export function factsOf(record, entry) {
  const methods = record.methods.map(methodOf);
  const cases = casesOf(record, entry);
  const agency = entry.agency === false ? '' : tidy(record.executing_agency).replace(/\.$/u, '');
  return {
    code: record.code,
    name: tidy(record.name),
    field: tidy(record.field),
    levels: [...new Set(record.levels.map(levelOf))],
    onlineLevel: onlineLevelOf(methods, entry.online),
    ...(agency === '' ? {} : { executingAgency: agency }),
    methods,
    ...(cases.length === 0 ? {} : { cases }),
    ...(record.url === '' ? {} : { url: record.url }),
    updatedAt: dateOf(record.snapshot),
  };
}

/** What comes after the steps in a row: names of the results, numbers of the laws; empty lists are left out. */
export function listsOf(record) {
  const results = unique(record.results.map((result) => tidy(result.name).replace(/Mã:.*$/u, '')).filter(Boolean));
  const legalBasis = unique(record.legal_codes.map(lawOf).filter((number) => number !== undefined));
  return { ...(results.length > 0 ? { results } : {}), ...(legalBasis.length > 0 ? { legalBasis } : {}) };
}

/** full: can be filed online; partial: online, but the record asks for presence or paper; information: no online way. */
function onlineLevelOf(methods, chosen) {
  if (methods.some((method) => method.channel === 'online')) return chosen ?? 'full';
  if (chosen !== undefined) throw new Error('"online" is set, but the record has no online method');
  return 'information';
}

function levelOf(name) {
  const level = levelNames.get(name.toLowerCase());
  if (level === undefined) throw new Error(`unknown level ${name}`);
  return level;
}

function methodOf(method, _index, all) {
  const channel = channels.get(method.channel);
  if (channel === undefined) throw new Error(`unknown channel ${method.channel}`);
  const { time, fee, note } = unglued(method, all);
  const feeText = feeOf(fee, note);
  return { channel, ...(time === '' ? {} : { timeText: time }), ...(feeText === '' ? {} : { feeText }) };
}

/**
 * The dump lost the border between a time without a unit ("1") and the fee after it: "1" + "25 VNĐ" became the time "125"
 * with the note "VNĐ", "1" + "50,000 …" the note "150,000 …". The second is undone only when another channel of the same
 * procedure states the shorter amount.
 */
function unglued(method, all) {
  const time = tidy(method.time_text ?? '');
  const fee = tidy(method.fee_text ?? '');
  const note = tidy(method.note ?? '');
  if (fee === '' && /^(?:VNĐ|Việt Nam Đồng|USD)/u.test(note)) {
    const [whole, amount] = /^1(\d{2,})$/u.exec(time) ?? [];
    return whole === undefined
      ? { time: '', fee: '', note: `${time} ${note}` }
      : { time: '1', fee: '', note: `${amount} ${note}` };
  }
  const noted = amountOf(note);
  if (
    fee === '' &&
    time === '' &&
    noted?.startsWith('1') &&
    all.some((other) => amountOf(other.note) === noted.slice(1))
  ) {
    return { time: '1', fee: '', note: note.slice(1) };
  }
  return { time, fee, note };
}

function amountOf(note) {
  return /^[\d,.]+(?= (?:VNĐ|Việt Nam Đồng|USD))/u.exec(tidy(note ?? ''))?.[0];
}

/** The dump cut fees at a closing bracket and moved the rest, or the whole fee, into the note. */
function feeOf(fee, note) {
  if (fee !== '') {
    const missing = depth(fee);
    if (missing <= 0) return fee.replace(/\)\d+$/u, ')');
    const rest = upToBalance(note, missing);
    if (rest === undefined) return fee + ')'.repeat(missing);
    return `${fee}${/^[:.,;)]/u.test(rest) ? '' : ' '}${rest}`;
  }
  if (/^(?:Không(?: phải trả kết quả cho người nộp thuế)?)?Miễn phí(?!\()/u.test(note)) return 'Miễn phí';
  const amount = /^(?:[\d.,]+ (?:VNĐ|Việt Nam Đồng|USD)|Miễn phí)/u.exec(note)?.[0];
  if (amount === undefined) return '';
  const after = note.slice(amount.length);
  if (!after.startsWith('(')) return amount;
  const bracket = upToBalance(after.slice(1), 1);
  if (bracket === undefined) return `${amount}${after})`;
  const tail = after.slice(1 + bracket.length).split(/Cách thức thực hiện|Thời hạn|Nộp hồ sơ/u)[0];
  return tidy(`${amount}(${bracket} ${/\d[\d.]*\s*(?:đồng|đ|USD)/u.test(tail) ? tail : ''}`);
}

const ministries =
  'BCA|BTC|BTP|BYT|BQP|BXD|BGTVT|BNNPTNT|BNNMT|BTNMT|BKHĐT|BKHCN|BLĐTBXH|BNV|BCT|BTTTT|BVHTTDL|BGDĐT|BNG|NHNN|VPCP|TTCP';
const law = new RegExp(
  `(\\d+(?:\\.\\d+)?/(?:\\d{4}/)?(?:UBTVQH1[0-9]|QH1[0-9]|PL-UBTVQH1[0-9]|NĐ-CP|NQ-CP|QĐ-TTg|(?:TT|TTLT)-(?:${ministries})(?:-(?:${ministries}|TANDTC|VKSNDTC))*))`,
  'u',
);

/** The number alone ("60/2014/QH13"): the dump glued following words to some ("…/TT-BTCN"). */
function lawOf(text) {
  const number = law.exec(tidy(text).replace(/^\d{4}\.(?=\d+\/\d{4}\/)/u, ''))?.[1];
  return number?.replace(/^(\d{2})(?=\d{2}\/20\1\/)/u, '');
}

/** The dump names the months it was read in; the row carries the first day of the last of them. */
function dateOf(snapshot) {
  const [, year, month] = /^(\d{4})-(?:\d{2}\/)?(\d{2})$/u.exec(snapshot) ?? [];
  if (year === undefined) throw new Error(`unknown snapshot ${snapshot}`);
  return `${year}-${month}-01T00:00:00Z`;
}

function unique(values) {
  return [...new Set(values)];
}
