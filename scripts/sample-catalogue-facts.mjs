// Turns one published procedure record into the factual fields of a row of the portal contract. Values are copied, never
// reworded; only what the dump's extraction broke is mended (a fee cut at its bracket, a word glued to a law's number).

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

/** "Lưu ý", "Ví dụ", "Số lượng hồ sơ": remarks that were published among the papers. */
const remark = /^\W*(lưu ý|ví dụ|số lượng hồ sơ|chú ý)/iu;
/** Sections of one list of papers, published where the trường hợp should stand. */
const presented = /xuất trình/iu;

/** A sentence this long without any original or copy to hand in is guidance, not the name of a paper. */
const longestUncountedPaper = 160;
const guidance = /^(?:trường hợp|người)|:$/iu;

/** Past this a name is cut where a sentence ends: what follows explains the paper. */
const longestPaperName = 300;

/**
 * @param {any} record one line of the dump
 * @param {{ code: string, online?: 'partial', cases?: 'merge' | 'common' | 'keep',
 *   caseNotes?: Record<number, string>, agency?: false }} entry our own choices
 * @returns the row without steps, conditions, results and legal basis
 * @throws when the entry contradicts the record or leaves a choice open
 */
export function factsOf(record, entry) {
  const methods = record.methods.map(methodOf);
  const cases = casesOf(record, entry.cases, entry.caseNotes);
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

factsOf.lists = (record) => ({
  results: unique(record.results.map((result) => tidy(result.name).replace(/Mã:.*$/u, '')).filter(Boolean)),
  legalBasis: unique(record.legal_codes.map(lawOf).filter((law) => law !== undefined)),
});

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

function methodOf(method) {
  const channel = channels.get(method.channel);
  if (channel === undefined) throw new Error(`unknown channel ${method.channel}`);
  const timeText = tidy(method.time_text ?? '');
  const feeText = feeOf(tidy(method.fee_text ?? ''), tidy(method.note ?? ''));
  return { channel, ...(timeText === '' ? {} : { timeText }), ...(feeText === '' ? {} : { feeText }) };
}

/** The dump cut fees at a closing bracket and moved the rest, or the whole fee, into the note. */
function feeOf(fee, note) {
  if (fee !== '') {
    const missing = depth(fee);
    if (missing <= 0) return fee;
    const rest = upToBalance(note, missing);
    if (rest === undefined) return fee + ')'.repeat(missing);
    return `${fee}${/^[:.,;)]/u.test(rest) ? '' : ' '}${rest}`;
  }
  const amount = /^(?:[\d.,]+ (?:VNĐ|Việt Nam Đồng|USD)|Miễn phí)/u.exec(note)?.[0];
  if (amount === undefined) return '';
  const after = note.slice(amount.length);
  if (!after.startsWith('(')) return amount;
  const bracket = upToBalance(after.slice(1), 1);
  if (bracket === undefined) return `${amount}${after})`;
  const tail = after.slice(1 + bracket.length).split(/Cách thức thực hiện|Thời hạn|Nộp hồ sơ/u)[0];
  return tidy(`${amount}(${bracket} ${/\d[\d.]*\s*(?:đồng|đ|USD)/u.test(tail) ? tail : ''}`);
}

function depth(text) {
  return text.split('(').length - text.split(')').length;
}

/** The start of the text that closes so many open brackets, or undefined when it never does. */
function upToBalance(text, open) {
  let left = open;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') left += 1;
    if (text[index] === ')') left -= 1;
    if (left === 0) return text.slice(0, index + 1);
  }
  return undefined;
}

/**
 * merge: the "cases" are sections of one list; common: the unnamed papers belong to every named case;
 * keep: every case stands for itself. Without a choice a single list is taken as it is.
 */
function casesOf(record, choice, caseNotes) {
  const groups = record.cases
    .map((group, index) => ({
      name: caseName(group.case, caseNotes?.[index]),
      documents: documentsOf(group.documents),
    }))
    .filter((group) => !remark.test(group.name))
    .filter((group) => group.documents.length > 0);
  if (groups.length === 0) return [];
  if (groups.length === 1) return [{ documents: groups[0].documents }];
  if (choice === 'merge') return [{ documents: merged(groups) }];
  const unnamed = groups.filter((group) => group.name === '');
  const named = groups.filter((group) => group.name !== '');
  if (choice === 'keep') return [...unnamed.map(({ documents }) => ({ documents })), ...named];
  if (choice === 'common') {
    const shared = unnamed.flatMap((group) => group.documents);
    return named.map((group) => ({ name: group.name, documents: distinct([...shared, ...group.documents]) }));
  }
  throw new Error(`choose "cases": ${groups.map((group) => `[${group.name}] ${group.documents.length}`).join(', ')}`);
}

function merged(groups) {
  const handedIn = groups.filter((group) => !presented.test(group.name)).flatMap((group) => group.documents);
  const shown = groups
    .filter((group) => presented.test(group.name))
    .flatMap((group) => group.documents.map((paper) => ({ ...paper, name: `${paper.name} (xuất trình)` })));
  return distinct([...handedIn, ...shown]);
}

/** Two published cases may bear one name; a note of ours tells them apart. */
function caseName(name, note) {
  return tidy(`${name}${note === undefined ? '' : ` (${note})`}`);
}

function documentsOf(documents) {
  return distinct(
    documents
      .map(({ name, form_file: form, originals, copies }) => ({
        name: paperName(tidy(name), tidy(form ?? '')),
        originals: originals ?? 0,
        copies: copies ?? 0,
      }))
      .filter(({ name, originals, copies }) => isPaper(name, originals + copies)),
  );
}

function isPaper(name, count) {
  if (name === '' || remark.test(name)) return false;
  return count > 0 || (name.length <= longestUncountedPaper && !guidance.test(name));
}

/** The dump moved the end of some names into the file name of the form; explanations after the name are left out. */
function paperName(name, form) {
  const missing = depth(name);
  const whole = missing > 0 ? name + (upToBalance(form, missing) ?? ')'.repeat(missing)) : name;
  return firstSentences(whole.replace(/^[-+*;.)\s]+/u, '')).replace(/[:;,.\s]+$/u, '');
}

function firstSentences(text) {
  if (text.length <= longestPaperName) return text;
  const ends = [...text.matchAll(/\. (?=[\p{Lu}+*-])/gu)]
    .map((match) => match.index)
    .filter((end) => depth(text.slice(0, end)) === 0);
  const end = ends.filter((candidate) => candidate <= longestPaperName).at(-1) ?? ends[0];
  return end === undefined ? text : text.slice(0, end);
}

function distinct(documents) {
  return [...new Map(documents.map((paper) => [paper.name, paper])).values()];
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

/** One space between words, no zero-width or soft characters, NFC. */
function tidy(text) {
  return text
    .normalize('NFC')
    .replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
