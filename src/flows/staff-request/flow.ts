// Asking for people: an officer who answers in this chat, or the hotlines and one-stop offices where nobody does. Old buttons
// carry `staff.contact`: it stays valid for ever.
import type { Intent } from '../../language/language.js';
import type { Office } from '../../portal/portal.js';
import { HANDOVER_REASONS, type HandoverReason } from '../../records/ticket.js';
import { readDossierCode } from '../dossier-tracking/addresses.js';
import { urgentAddress } from '../emergency/flow.js';
import { reportCodeIn } from '../feedback/code.js';
import type { Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import { askForStaff, giveUp, isWaiting, leaveMessage, type Wish } from '../handover/asking.js';
import type { Heard } from '../heard.js';
import { menuChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { STAFF } from './texts.js';
import { asksForTurn, givesUp } from './words.js';

const OFFICES_SHOWN = 2;
/** The province's own centre takes dossiers of everybody; which commune's office is near, nobody knows yet. */
const OF_THE_PROVINCE = /(?:tỉnh|thành phố)/iu;

/** "vâng", "cảm ơn": the message is still to come. */
const SAYS_NOTHING: ReadonlySet<Intent> = new Set<Intent>(['affirm', 'deny', 'thanks', 'greet', 'goodbye']);

/** The message that was asked for while nobody is there. Urgent words get their numbers at once, and are kept all the same. */
const message: Pick<Step<Memory>, 'hear' | 'receive' | 'cancel'> = {
  async hear(turn, heard) {
    const { handover } = turn.services;
    if (handover === undefined || !isWaiting(turn)) return undefined;
    if (givesUp(heard)) return { go: 'staff.leave' };
    if (asksForTurn(heard)) return { go: 'staff.contact', wait: {} };
    if (heard.meaning.certain && SAYS_NOTHING.has(heard.meaning.intent)) return undefined;
    const left = await leaveMessage(turn, handover);
    const urgent = urgentAddress(heard);
    return left === undefined || urgent === undefined ? left : { ...left, say: [], go: urgent };
  },
  async receive(turn) {
    const { handover } = turn.services;
    return handover === undefined || !isWaiting(turn) ? undefined : leaveMessage(turn, handover);
  },
  cancel: (turn) => (isWaiting(turn) ? { go: 'staff.leave' } : undefined),
};

type Memory = { reason?: HandoverReason; about?: string };

const ask: Step<Memory> = {
  read([reason, ...about]) {
    const known = HANDOVER_REASONS.find((one) => one === reason && one !== 'platform');
    if (known === undefined) return undefined;
    return about.length === 0 ? { reason: known } : { reason: known, about: about.join(':') };
  },
  show: (turn, { reason = 'asked', about }) => people(turn, { reason, ...aboutNamed(about) }),
  ...message,
  acts: true,
  passing: true,
};

const contact: Step<Memory> = {
  read: nothing,
  show: (turn) => people(turn, { reason: 'asked' }),
  ...message,
  acts: true,
  passing: true,
};

const leave: Step = {
  read: nothing,
  show: (turn) => {
    const { handover } = turn.services;
    return { close: true, ...(handover === undefined ? { go: 'talk.nothing-open' } : giveUp(turn, handover)) };
  },
  acts: true,
  passing: true,
};

async function people(turn: Turn, wish: Wish): Promise<StepResult> {
  const { handover } = turn.services;
  return handover === undefined ? hotlines(turn) : askForStaff(turn, handover, wish);
}

async function hotlines(turn: Turn): Promise<StepResult> {
  const { texts, offices } = turn.services;
  const { province, national } = serviceFacts(texts);
  const answer = await offices.offices(turn.now, turn.signal);
  const lines = (answer.result === 'ok' ? answer.offices.all : [])
    .filter((office): office is Office & { phone: string } => office.kind === 'one-stop' && Boolean(office.phone))
    .filter(({ name }) => OF_THE_PROVINCE.test(name.normalize('NFC')))
    .slice(0, OFFICES_SHOWN)
    .map(({ name, phone }) => texts.format(STAFF.officeLine, { name, phone }));
  const numbers = texts.format(STAFF.contact, { province, national });
  const text =
    lines.length === 0 ? numbers : texts.format(STAFF.withOffices, { contact: numbers, list: lines.join('\n') });
  return { say: [say(text, [choice(texts.format(STAFF.findOffice), 'office.ask'), menuChoice(texts)])] };
}

/** A code in the address says what it is about. */
function aboutNamed(text: string | undefined): Pick<Wish, 'about'> {
  const dossier = readDossierCode(text);
  if (dossier !== undefined) return { about: { dossier } };
  const feedback = text === undefined ? undefined : reportCodeIn(text);
  return feedback === undefined ? {} : { about: { feedback } };
}

function overhear(turn: Turn, heard: Heard): StepResult | undefined {
  if (!isWaiting(turn)) return undefined;
  if (givesUp(heard)) return { go: 'staff.leave' };
  return asksForTurn(heard) ? { go: 'staff.contact' } : undefined;
}

export const staffFlow: Flow = {
  name: 'staff',
  version: 1,
  texts: { name: 'staff-request', keys: STAFF },
  start: 'contact',
  steps: { contact, ask, leave },
  intents: { 'staff.request': () => ({ go: 'staff.contact' }) },
  overhear,
};
