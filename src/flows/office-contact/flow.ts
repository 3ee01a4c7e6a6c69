// Office contact: address, phone and hours of an office, found by name, alias or commune.
import type { Office } from '../../portal/portal.js';
import type { Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { type Heard, plainWords } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { shortened } from '../paging.js';
import { PAYLOAD_LENGTH } from '../registry.js';
import { serviceFacts } from '../service/texts.js';
import type { Texts } from '../texts.js';
import type { OfficeIndex } from './directory.js';
import { type Facet, namesNoOffice, readFacets, saysWeekend } from './facets.js';
import { OFFICE } from './texts.js';

const MOST_CHOICES = 3;
const LISTED_NAME = 120;
/** Words of the question that are no part of a name; folded. Only whole runs of them are taken out. */
const FILLER =
  /\b(cho (toi|em|minh|con)( hoi| xin| biet)?|xin|hoi|dia chi|so dien thoai|dien thoai|sdt|so dt|dt|lien he|lien lac|gio lam viec|gio mo cua|may gio( mo cua| lam viec)?|o dau|nam o dau|o cho nao|la gi|la bao nhieu|(?<!\b(?:mot|1) )cua|so may|email|duong nao|toi can|can tim|tim|co quan|nao|vay|a|nhe|^(the |vay )?con|thi sao)\b/g;

const ask: Step = {
  read: nothing,
  show(turn) {
    const { texts } = turn.services;
    return { say: [say(question(turn), [menuChoice(texts)])], wait: {} };
  },
  async hear(turn, heard) {
    const { meaning } = heard;
    if (!meaning.certain || meaning.intent === 'office.contact' || meaning.intent === 'none') return find(turn, heard);
    // "sở xây dựng" alone also looks like a procedure: here it is an office, if there is one.
    const named = meaning.intent === 'procedure.ask' && meaning.aspects.length === 0;
    const result = named ? await find(turn, heard) : undefined;
    return result?.missed === true ? undefined : result;
  },
};

/** After a procedure, which kind of office is known: only the commune is missing. */
function question({ facts, services: { texts, catalogue } }: Turn): string {
  const procedure =
    facts.shown === undefined && facts.procedure !== undefined ? catalogue.get(facts.procedure) : undefined;
  const agency = procedure?.executingAgency;
  return agency === undefined
    ? texts.format(OFFICE.ask)
    : texts.format(OFFICE.askFor, { agency: shortened(agency, LISTED_NAME) });
}

async function find(turn: Turn, heard: Heard): Promise<StepResult> {
  const { texts } = turn.services;
  const { meaning } = heard;
  const named = meaning.entities.filter(({ type }) => type === 'agency' || type === 'place').map(({ value }) => value);
  // As typed first: aliases are how people write. Then what the language made of it.
  const questions = [heard.plain, named.join(' '), plainWords(meaning.normalized)]
    .map((question) => question.replace(FILLER, ' ').trim())
    .filter((question) => question !== '');
  if (questions.length === 0 || namesNoOffice(heard.plain)) return { go: 'office.ask' };
  const answer = await turn.services.offices.offices(turn.now, turn.signal);
  if (answer.result !== 'ok') return unavailable(texts);
  const { offices } = answer;
  const search = (question: string) => offices.search(question, MOST_CHOICES).filter(hasAddressable);
  const near = nearby(turn, heard, offices);
  // The commune alone would only find the same office again.
  const nearest = questions.flatMap((question) => (near === '' ? [] : search(`${question} ${near}`).slice(0, 1)));
  const other = nearest.find(({ id }) => id !== turn.facts.office);
  const found = [...(other === undefined ? [] : [[other]]), ...questions.map(search)];
  const [first, ...others] = found.find((one) => one.length > 0) ?? [];
  if (first === undefined) {
    const { province, national } = serviceFacts(texts);
    const text = texts.format(OFFICE.notFound, { province, national });
    return { say: [say(text, [staffChoice(texts), menuChoice(texts)])], missed: true };
  }
  if (others.length === 0) return { go: officeAddress(first) };
  return which(texts, [first, ...others]);
}

/** "còn công an xã?" after an office means that of the same commune. */
function nearby({ facts }: Turn, heard: Heard, offices: OfficeIndex): string {
  if (facts.shown !== 'office' || heard.entities('place').length > 0) return '';
  return plainWords(offices.get(facts.office ?? '')?.commune ?? '');
}

function which(texts: Texts, offices: readonly Office[]): StepResult {
  const names = offices.map(({ name }) => shortened(name, LISTED_NAME));
  const list = names.map((name, i) => texts.format(OFFICE.line, { n: i + 1, name })).join('\n');
  const choices = offices.map((office, i) =>
    choice(texts.format(OFFICE.number, { n: i + 1 }), officeAddress(office), names[i]),
  );
  return { say: [say(texts.format(OFFICE.which, { list }), choices)], pick: choices };
}

function officeAddress({ id }: Office): string {
  return `office.show:${id}`;
}

function hasAddressable(office: Office): boolean {
  return officeAddress(office).length <= PAYLOAD_LENGTH;
}

const show: Step<{ id: string }> = {
  /** The portal's ids may hold colons. */
  read: (args) => (args.length > 0 && args[0] !== '' ? { id: args.join(':') } : undefined),
  async show(turn, { id }) {
    const { texts } = turn.services;
    const answer = await turn.services.offices.offices(turn.now, turn.signal);
    if (answer.result !== 'ok') return unavailable(texts);
    const office = answer.offices.get(id);
    if (office === undefined) return { go: 'office.ask' };
    const choices = [choice(texts.format(OFFICE.another), 'office.ask'), menuChoice(texts)];
    return { say: [say(officeText(texts, office), choices)], remember: { office: id, shown: 'office' } };
  },
};

/** Only what was asked about the office at hand. */
const detail: Step<{ id: string; facets: Facet[] }> = {
  read([named, ...args]) {
    const facets = readFacets(named);
    const id = args.join(':');
    return facets.length === 0 || id === '' ? undefined : { id, facets };
  },
  async show(turn, { id, facets }) {
    const { texts } = turn.services;
    const answer = await turn.services.offices.offices(turn.now, turn.signal);
    if (answer.result !== 'ok') return unavailable(texts);
    const office = answer.offices.get(id);
    if (office === undefined) return { go: 'office.ask' };
    const lines = facets.map((facet) => facetLine(texts, office, facet));
    const text = texts.format(OFFICE.found, { name: office.name, details: lines.join('\n') });
    const choices = [choice(texts.format(OFFICE.all), officeAddress(office)), menuChoice(texts)];
    return { say: [say(text, choices)], remember: { office: id, shown: 'office' } };
  },
};

/** What is not published is said so: whoever asks must not take silence for a yes. */
function facetLine(texts: Texts, office: Office, facet: Facet): string {
  const { address, phone, hours, email } = office;
  switch (facet) {
    case 'address':
      return address ? texts.format(OFFICE.address, { address }) : texts.format(OFFICE.noAddress);
    case 'phone':
      return phone ? texts.format(OFFICE.phone, { phone }) : texts.format(OFFICE.noPhone);
    case 'email':
      return email ? texts.format(OFFICE.email, { email }) : texts.format(OFFICE.noEmail);
    case 'hours':
    case 'weekend': {
      if (!hours) return phone ? texts.format(OFFICE.noHoursCall, { phone }) : texts.format(OFFICE.noHours);
      const line = texts.format(OFFICE.hours, { hours });
      const says = facet === 'hours' || saysWeekend(plainWords(hours));
      return says ? line : `${line}\n${texts.format(OFFICE.noWeekend)}`;
    }
  }
}

export function officeText(texts: Texts, { name, address, phone, hours, email }: Office): string {
  const details = [
    address ? texts.format(OFFICE.address, { address }) : undefined,
    phone ? texts.format(OFFICE.phone, { phone }) : undefined,
    hours ? texts.format(OFFICE.hours, { hours }) : undefined,
    email ? texts.format(OFFICE.email, { email }) : undefined,
  ].filter((line) => line !== undefined);
  return texts.format(OFFICE.found, { name, details: details.join('\n') || texts.format(OFFICE.noDetails) });
}

function unavailable(texts: Texts): StepResult {
  const text = texts.format(OFFICE.unavailable, { ...serviceFacts(texts) });
  return { say: [say(text, [menuChoice(texts)])] };
}

export const officeFlow: Flow = {
  name: 'office',
  version: 1,
  texts: { name: 'office-contact', keys: OFFICE },
  start: 'ask',
  steps: { ask, show, detail },
  intents: { 'office.contact': find },
};
