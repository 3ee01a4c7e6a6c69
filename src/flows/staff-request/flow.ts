// Reaching people: the hotlines and one-stop offices. Talking to an officer inside the chat belongs to the handover.
import type { Office } from '../../portal/portal.js';
import type { Flow, Step } from '../flow.js';
import { nothing } from '../flow.js';
import { menuChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { serviceFacts } from '../service/texts.js';
import { STAFF } from './texts.js';

const OFFICES_SHOWN = 2;
/** The province's own centre takes dossiers of everybody; which commune's office is near, nobody knows yet. */
const OF_THE_PROVINCE = /(?:tỉnh|thành phố)/iu;

const contact: Step = {
  read: nothing,
  async show(turn) {
    const { texts, offices } = turn.services;
    const { province, national } = serviceFacts(texts);
    const answer = await offices.offices(turn.now, turn.signal);
    const lines = (answer.result === 'ok' ? answer.offices.all : [])
      .filter((office): office is Office & { phone: string } => office.kind === 'one-stop' && Boolean(office.phone))
      .filter(({ name }) => OF_THE_PROVINCE.test(name.normalize('NFC')))
      .slice(0, OFFICES_SHOWN)
      .map(({ name, phone }) => texts.format(STAFF.officeLine, { name, phone }));
    const hotlines = texts.format(STAFF.contact, { province, national });
    const text =
      lines.length === 0 ? hotlines : texts.format(STAFF.withOffices, { contact: hotlines, list: lines.join('\n') });
    return { say: [say(text, [choice(texts.format(STAFF.findOffice), 'office.ask'), menuChoice(texts)])] };
  },
};

export const staffFlow: Flow = {
  name: 'staff',
  version: 1,
  texts: { name: 'staff-request', keys: STAFF },
  start: 'contact',
  steps: { contact },
  intents: { 'staff.request': () => ({ go: 'staff.contact' }) },
};
