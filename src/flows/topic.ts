// What a conversation is about: how long a topic lasts, and what short follow-ups mean by it. Pure.
import { HOUR } from '../lib/clock.js';
import type { Conversation } from './conversation.js';
import type { Facts, StepResult, Turn } from './flow.js';
import { type Heard, plainWords } from './heard.js';
import { facetsAsked, namesNoOffice } from './office-contact/facets.js';
import { procedureAddress } from './procedure-lookup/addresses.js';
import { saysOnly, shortWords } from './short-words.js';

/** A topic fades after this silence, or after so many messages about nothing of it. */
const FADES_AFTER = HOUR;
const FADES_AFTER_TURNS = 8;
const DOSSIERS_KEPT = 3;
/** A longer message is a question of its own. */
const LONGEST_FOLLOW_UP = 60;
/** A search result this good means another procedure than the one at hand. */
const ANOTHER_PROCEDURE = 0.35;

/** The conversation as it stands when a message comes: one message older, without a topic that has faded. */
export function aged(conversation: Conversation, now: number): Conversation {
  const { topic = { at: now, turns: 0 }, facts } = conversation;
  const turns = topic.turns + 1;
  if (turns <= FADES_AFTER_TURNS && now - topic.at <= FADES_AFTER)
    return { ...conversation, topic: { at: topic.at, turns } };
  const { topic: _faded, ...rest } = conversation;
  // The last dossier stays: who asks for "my dossier" the next day means it. It is only no longer the topic.
  const { procedure: _procedure, aspects: _aspects, office: _office, shown: _shown, ...kept } = facts;
  return { ...rest, facts: kept };
}

/** The facts after a step; what belongs to an earlier topic goes with it. */
export function remembered(before: Facts, changes: NonNullable<StepResult['remember']>): Facts {
  const after: Record<string, unknown> = { ...before, ...changes };
  if (changes.procedure !== undefined && changes.procedure !== before.procedure && changes.aspects === undefined)
    after.aspects = undefined;
  if (changes.dossier !== undefined && changes.dossier !== before.dossier && changes.dossiers === undefined)
    after.dossiers = [before.dossier, ...(before.dossiers ?? [])]
      .filter((code) => code !== undefined && code !== changes.dossier)
      .slice(0, DOSSIERS_KEPT);
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== undefined)) as Facts;
}

/** Whether a step spoke of a topic: it is fresh again then. */
export function speaksOfTopic(changes: StepResult['remember']): boolean {
  return (
    changes !== undefined &&
    (changes.procedure !== undefined || changes.dossier !== undefined || changes.office !== undefined)
  );
}

/** Where a short message that only makes sense about the topic leads; undefined for all others. */
export function followUp(turn: Turn, heard: Heard): StepResult | undefined {
  if (heard.plain.length > LONGEST_FOLLOW_UP || heard.plain === '') return undefined;
  const { shown, procedure } = turn.facts;
  if (shown === 'dossier') return aboutDossier(turn, heard);
  if (shown === 'office') return aboutOffice(turn, heard);
  return procedure === undefined ? undefined : aboutProcedure(procedure, heard);
}

const OTHER_DOSSIER = /\b(?:cai|ho so|hs|ma|bo)(?: ho so| hs)? (?:kia|khac|con lai|truoc|hoi nay|thu hai|thu 2|nua)\b/;
const WAITS =
  /\b(?:lau|bao gio|bao h|khi nao|chung nao|hom nao|ngay nao|bao lau|may ngay|xong|toi dau|den dau|tre|cham|lay|nhan|tra)\b/;

const MISSING = /\b(?:thieu|bo sung|ly do|vi sao|tai sao|chi tiet|tu choi|bac|tra lai)\b/;
const WHOSE = /\b(?:co quan|noi nao|o dau|cho nao|ai (?:lam|giai quyet|xu ly|giu)|cua ai)\b/;

function aboutDossier({ facts: { dossier, dossiers = [] } }: Turn, { plain }: Heard): StepResult | undefined {
  const [other] = dossiers;
  if (OTHER_DOSSIER.test(plain)) return { go: other === undefined ? 'dossier.ask' : `dossier.show:${other}` };
  if (dossier === undefined || !saysOnly(plain, DOSSIER_WORDS)) return undefined;
  // Why, and which papers, stand in the part that only the applicant may see.
  if (MISSING.test(plain)) return { go: `dossier.prove:${dossier}` };
  if (WAITS.test(plain)) return { go: `dossier.when:${dossier}` };
  return WHOSE.test(plain) ? { go: `dossier.show:${dossier}` } : undefined;
}

function aboutOffice(turn: Turn, heard: Heard): StepResult | undefined {
  const { office } = turn.facts;
  const facets = facetsAsked(heard.plain);
  if (office === undefined || facets.length === 0 || !namesNoOffice(heard.plain)) return undefined;
  const { entities } = heard.meaning;
  // Another office, or something that is done elsewhere.
  if (entities.some(({ type }) => type === 'agency' || type === 'place' || type.includes('code'))) return undefined;
  return { go: `office.detail:${facets.join('+')}:${office}` };
}

const HURRY =
  /^(?:the )?(?:co )?(?:lam|lay|xin|nop)? ?(?:gap|lien|nhanh|nhanh hon|lay lien|trong ngay)(?: hon)?(?: (?:duoc|dc|co|khong|ko|k|a|the|vay|v|nao))*$/;

const HOW_MUCH =
  /^(?:(?:the|vay|het|mat|ton|la|co) )*(?:bao nhieu|bn|nhieu (?:khong|ko|k)|mac (?:khong|ko|k))(?: (?:vay|v|a|the|ta|tien))*$/;

function aboutProcedure(procedure: string, heard: Heard): StepResult | undefined {
  if (HURRY.test(heard.plain)) return { go: procedureAddress(procedure, ['time']) };
  if (HOW_MUCH.test(heard.plain)) return { go: procedureAddress(procedure, ['fee']) };
  const { aspects } = heard.meaning;
  if (aspects.length === 0 || !saysOnly(withoutAspects(heard), PROCEDURE_WORDS)) return undefined;
  return { go: procedureAddress(procedure, aspects) };
}

/** Not "con tôi", a child. */
const ANOTHER_ONE =
  /^(?:the |vay |a )?con (?!(?:lai|toi|em|e|minh|gai|trai|be|nho|chau|duoi|moi|cua|thu|dau|ruot|nuoi)\b|\d)|^(?:the|vay) .* thi sao$/;

/** "còn kết hôn thì sao?" after a fee, "còn công an xã?" after an office: the same question about another; undefined for all else. */
export function sameOfAnother(turn: Turn, heard: Heard): Heard | undefined {
  const { meaning, plain } = heard;
  if (plain.length > LONGEST_FOLLOW_UP || !ANOTHER_ONE.test(plain) || meaning.aspects.length > 0) return undefined;
  const { procedure, aspects = [], shown } = turn.facts;
  if (shown === 'office')
    return heard.entities('agency').length === 0
      ? undefined
      : heard.taken({ intent: 'office.contact', certain: true, query: '' });
  if (procedure === undefined || aspects.length === 0) return undefined;
  if (meaning.certain && meaning.intent !== 'procedure.ask') return undefined;
  const query = named(meaning.query);
  const [best] = query === '' ? [] : turn.services.catalogue.search(query, 1);
  if (best === undefined || best.score < ANOTHER_PROCEDURE) return undefined;
  return heard.taken({ intent: 'procedure.ask', certain: true, aspects: [...aspects], query });
}

/** What the question names, without the words around it, in either spelling. */
function named(query: string): string {
  return query
    .normalize('NFC')
    .toLowerCase()
    .replace(/^(?:(?:thế|the|vậy|vay|à|còn|con|về|của|cua)(?: |$))+/u, '')
    .replace(/(?:(?:^| )(?:thì sao|thi sao|sao|thế nào|the nao|nữa|nua|ạ|nhé|thì|thi))+$/u, '')
    .trim();
}

const PROCEDURE_WORDS = shortWords(
  'giay giay to nop mau don to khai online onl mang tien phi ngay gio nhieu it nhanh khi bao kq ket qua xong lay nhan tra lau',
);
const DOSSIER_WORDS = shortWords(
  'lau bao gio h khi chung hom kq ngay nao xong toi den tre cham lay nhan tra ket qua sao qua troi giai quyet xu ly du kien thieu bo sung giay to nhung ly vi tai chi tiet co quan tu choi bac khong duoc tiep lai huy dung noi cho nao ai giu cua bi',
);

/** Folded words of what is left beside the aspects named. */
function withoutAspects({ text, meaning }: Heard): string {
  const units = text.split('');
  for (const { type, start, end } of meaning.entities) if (type === 'aspect') units.fill(' ', start, end);
  return plainWords(units.join(''));
}
