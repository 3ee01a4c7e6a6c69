// The cases and papers of one row of the sample catalogue: which published groups are cases, which lines are papers at all,
// and how long a paper's name may be. The other fields are in sample-catalogue-facts.mjs.
import { depth, tidy, upToBalance } from './sample-catalogue-text.mjs';

/** "Lưu ý", "Ví dụ", "Số lượng hồ sơ": remarks that were published among the papers. */
const remark = /^\W*(lưu ý|ví dụ|số lượng hồ sơ|chú ý)/iu;
/** Sections of one list of papers, published where the trường hợp should stand. */
const presented = /xuất trình/iu;

/** List marks before a name: "-", "(1)", "ii)", "a.". */
const bullet = /^(?:[-+*;.)\s]|\(?(?:[ivx]+|\d{1,2}|[a-eđg-h])\)\s|\d{1,2}\.\s|[a-eđg-h]\.\s)+/u;
/** A consonant that the dump's extraction parted from its vowel: "Điều l ệ". */
const brokenSyllable =
  /(?<![\p{L}\p{N}])([bcghklmnpqrstvx]) (?=[aăâeêioôơuưyáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ])/gu;

/** A sentence this long without any original or copy to hand in is guidance, not the name of a paper. */
const longestUncountedPaper = 160;
const guidance = /^(?:trường hợp|người)|:$/iu;

/** Past this a name is cut where a sentence ends: what follows explains the paper. */
const longestPaperName = 300;
const longestClauses = 400;

/**
 * merge: the "cases" are sections of one list; keep: each stands for itself and needs a name. `omitCases` leaves out groups
 * (by their place in the record) that hold remarks alone. A single list is taken as it is, unnamed.
 */
export function casesOf(record, { cases: choice, caseNotes, omitCases }) {
  const groups = record.cases
    .map((group, index) => ({
      name: caseName(group.case, caseNotes?.[index]),
      documents: documentsOf(group.documents),
    }))
    .filter((group, index) => !remark.test(group.name) && !omitCases?.includes(index))
    .filter((group) => group.documents.length > 0);
  if (groups.length === 0) return [];
  if (groups.length === 1) return [{ documents: groups[0].documents }];
  if (choice === 'merge') return [{ documents: merged(groups) }];
  const names = new Set(groups.map((group) => group.name));
  if (choice === 'keep' && names.size === groups.length && !names.has('')) return groups;
  throw new Error(`choose "cases": ${groups.map((group) => `[${group.name}] ${group.documents.length}`).join(', ')}`);
}

function merged(groups) {
  const handedIn = groups.filter((group) => !presented.test(group.name)).flatMap((group) => group.documents);
  const shown = groups
    .filter((group) => presented.test(group.name))
    .flatMap((group) => group.documents.map((paper) => ({ ...paper, name: `${paper.name} (xuất trình)` })));
  return distinct([...handedIn, ...shown]);
}

/** Two published cases may bear one name, or one of several none: a note of ours tells them apart. */
function caseName(name, note) {
  const bare = tidy(name)
    .replace(bullet, '')
    .replace(/[:;,.\s]+$/u, '');
  if (note === undefined) return bare;
  return bare === '' ? note : `${bare} (${note})`;
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
  if (remark.test(name) || !/\p{L}{2}/u.test(name.replace(/^\(?[ivx]+\)?$/u, ''))) return false;
  return count > 0 || (name.length <= longestUncountedPaper && !guidance.test(name));
}

/** The dump moved the end of some names into the file name of the form; explanations after the name are left out. */
function paperName(name, form) {
  const missing = depth(name);
  const whole = missing > 0 ? name + (upToBalance(form, missing) ?? ')'.repeat(missing)) : name;
  return firstSentences(whole.replace(bullet, '').replace(brokenSyllable, '$1')).replace(/[:;,.\s]+$/u, '');
}

/** Whole up to 300 characters; longer, the first sentences; still past 400, the first clauses and where the rest stands. */
function firstSentences(text) {
  if (text.length <= longestPaperName) return text;
  const short = cutAt(text, /\. (?=[\p{Lu}+*-])/gu, longestPaperName) ?? text;
  if (short.length <= longestClauses) return short;
  const clauses = cutAt(short, /[;:,] (?=[\p{L}+*-])/gu, longestClauses);
  return clauses === undefined ? short : `${clauses}… (xem đủ trên Cổng dịch vụ công quốc gia)`;
}

/** The text up to the last such border within the limit, or else up to the first one; brackets stay whole. */
function cutAt(text, border, limit) {
  const ends = [...text.matchAll(border)].map((match) => match.index).filter((end) => depth(text.slice(0, end)) === 0);
  const end = ends.filter((candidate) => candidate <= limit).at(-1) ?? ends[0];
  return end === undefined ? undefined : text.slice(0, end);
}

function distinct(documents) {
  return [...new Map(documents.map((paper) => [paper.name, paper])).values()];
}
