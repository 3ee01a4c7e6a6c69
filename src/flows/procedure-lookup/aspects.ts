// The answers about one aspect of a procedure, as lines ready to be cut into messages. Quotes, never computes.
import { fold } from '../../language/fold.js';
import type { Aspect } from '../../language/language.js';
import type { Procedure, ProcedureDocument } from '../../records/procedure.js';
import { pagesOf } from '../paging.js';
import type { Texts } from '../texts.js';
import type { PerChannel } from './published.js';
import { perChannel, publishedFee, publishedTime } from './published.js';
import { PROC } from './texts.js';
import { aspectName, channelNames, pageOf } from './wording.js';

/** Pages of the answer, without its source. `caseIndex` matters for papers; past the end means the first. */
export function aspectPages(texts: Texts, procedure: Procedure, aspect: Aspect, caseIndex = 0): string[] {
  const lines = linesOf(texts, procedure, aspect, caseIndex);
  if (lines.length === 0) {
    return [texts.format(PROC.unknownAspect, { aspect: aspectName(texts, aspect), url: pageOf(texts, procedure) })];
  }
  return pagesOf([header(texts, procedure, aspect, caseIndex), ...lines]);
}

/** Papers depend on the case: true when the citizen must say which one first. */
export function needsCase(procedure: Procedure, aspect: Aspect): boolean {
  return aspect === 'documents' && procedure.cases.length > 1;
}

function header(texts: Texts, procedure: Procedure, aspect: Aspect, caseIndex: number): string {
  const caseName = procedure.cases.length > 1 ? procedure.cases[caseIndex]?.name : undefined;
  return aspect === 'documents' && caseName !== undefined
    ? texts.format(PROC.headerCase, { name: procedure.name, caseName })
    : texts.format(PROC.header, { aspect: aspectName(texts, aspect), name: procedure.name });
}

function linesOf(texts: Texts, procedure: Procedure, aspect: Aspect, caseIndex: number): string[] {
  switch (aspect) {
    case 'documents':
      return documentLines(texts, (procedure.cases[caseIndex] ?? procedure.cases[0])?.documents ?? []);
    case 'fee':
      return channelLines(
        texts,
        procedure,
        perChannel(procedure, (method) => publishedFee(method.feeText)),
      );
    case 'time':
      return channelLines(
        texts,
        procedure,
        perChannel(procedure, (method) => publishedTime(method.timeText)),
      );
    case 'where':
      return whereLines(texts, procedure);
    case 'how':
      return paragraphs(procedure.steps);
    case 'conditions':
      return paragraphs(procedure.conditions);
    case 'forms':
      return formLines(texts, procedure);
    case 'online':
      return onlineLines(texts, procedure);
  }
}

function paragraphs(published: string | undefined): string[] {
  return (published ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function channelLines(texts: Texts, procedure: Procedure, entries: readonly PerChannel[]): string[] {
  return entries.map(({ channels, published }) => {
    const text =
      published.kind === 'quote'
        ? published.text
        : published.kind === 'unclear'
          ? texts.format(PROC.unclearLine, { url: pageOf(texts, procedure) })
          : texts.format(PROC.notPublished);
    return texts.format(PROC.channelLine, { channels: channelNames(texts, channels), text });
  });
}

function documentLines(texts: Texts, documents: readonly ProcedureDocument[]): string[] {
  return everybodysFirst(documents).map((document, i) => {
    const amount = amountOf(texts, document);
    const line = { n: i + 1, name: document.name.trim() };
    return amount === undefined
      ? texts.format(PROC.documentPlain, line)
      : texts.format(PROC.documentLine, { ...line, amount });
  });
}

/** What is needed in some case only ("Trường hợp …") comes after what everybody needs; a list with headings stays as it is. */
function everybodysFirst(documents: readonly ProcedureDocument[]): readonly ProcedureDocument[] {
  if (documents.some(({ name }) => name.trim().endsWith(':'))) return documents;
  const special = ({ name }: ProcedureDocument): boolean => /^\W*(truong hop|neu|doi voi)\b/.test(fold(name));
  return [...documents.filter((document) => !special(document)), ...documents.filter(special)];
}

/** How many of a paper; undefined when not published, or when the row is a heading ("… hồ sơ gồm:"). */
function amountOf(texts: Texts, { name, originals, copies }: ProcedureDocument): string | undefined {
  if ((originals === undefined && copies === undefined) || name.trim().endsWith(':')) return undefined;
  // Papers that are already in national databases are published with no copies at all (Nghị quyết 66.7/2025/NQ-CP).
  if ((originals ?? 0) === 0 && (copies ?? 0) === 0) return texts.format(PROC.mayBeLookedUp);
  const amounts = [
    originals ? texts.format(PROC.originals, { count: originals }) : undefined,
    copies ? texts.format(PROC.copies, { count: copies }) : undefined,
  ];
  return amounts.filter((amount) => amount !== undefined).join(', ');
}

function whereLines(texts: Texts, procedure: Procedure): string[] {
  const channels = [...new Set(procedure.methods.map(({ channel }) => channel))];
  const notes = procedure.methods
    .filter(({ note }) => note !== undefined && note.trim() !== '')
    .map(({ channel, note }) =>
      texts.format(PROC.channelLine, { channels: channelNames(texts, [channel]), text: note?.trim() ?? '' }),
    );
  return [
    ...(procedure.executingAgency === undefined
      ? []
      : [texts.format(PROC.whereAgency, { agency: procedure.executingAgency })]),
    ...(channels.length === 0 ? [] : [texts.format(PROC.whereChannels, { channels: channelNames(texts, channels) })]),
    ...notes,
  ];
}

function formLines(texts: Texts, procedure: Procedure): string[] {
  const documents = procedure.cases.flatMap((one) => one.documents);
  const linked = new Map(
    documents.flatMap(({ name, formUrl }) => (formUrl === undefined ? [] : [[formUrl, name] as const])),
  );
  if (linked.size > 0)
    return [...linked].flatMap(([url, name]) => texts.format(PROC.formLine, { name, url }).split('\n'));
  const named = new Set(
    documents.map(({ name }) => name.trim()).filter((name) => /\b(to khai|mau|don|phieu)\b/.test(fold(name))),
  );
  if (named.size === 0) return [];
  return [
    ...[...named].map((name) => texts.format(PROC.formNamed, { name })),
    texts.format(PROC.formsWithoutFiles, { url: pageOf(texts, procedure) }),
  ];
}

function onlineLines(texts: Texts, procedure: Procedure): string[] {
  const url = pageOf(texts, procedure);
  switch (procedure.onlineLevel) {
    case 'full':
      return texts.format(PROC.onlineFull, { url }).split('\n');
    case 'partial':
      return texts.format(PROC.onlinePartial, { url }).split('\n');
    case 'information':
      return texts.format(PROC.onlineInformation, { url }).split('\n');
  }
}
