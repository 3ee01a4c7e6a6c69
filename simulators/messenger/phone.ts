// Puts messages on the citizen's phone: from an accepted send to the neutral view, with what each tap does kept beside it.
import type { PhoneAction, PhoneMessage } from '../platform/phone-view.js';
import type { ShownButton, ShownMessage } from './shown.js';
import { DAY_MS, type MessengerOwn, type MessengerTap, type MessengerUser } from './state.js';

/** Shows a message of the Page, sent by the bot or by an officer. */
export function showFromPage(
  user: MessengerUser,
  id: string,
  at: number,
  shown: ShownMessage,
  from: 'bot' | 'officer',
): void {
  const taps: MessengerTap[] = [];
  const action = ({ title, kind, url, tap }: ShownButton): PhoneAction => {
    taps.push(tap);
    return { index: taps.length - 1, title, kind, ...(url === undefined ? {} : { url }) };
  };
  const cards = (shown.cards ?? []).map(({ card, buttons }) => ({ ...card, actions: buttons.map(action) }));
  const actions = (shown.buttons ?? []).map(action);
  const quickReplies = (shown.quickReplies ?? []).map(({ title, tap }): PhoneAction => {
    taps.push(tap);
    return { index: taps.length - 1, title, kind: 'reply' };
  });
  const view: PhoneMessage = {
    id,
    from,
    at,
    ...(shown.text === undefined ? {} : { text: shown.text }),
    ...(shown.image === undefined ? {} : { image: shown.image }),
    ...(shown.file === undefined ? {} : { file: shown.file }),
    ...(cards.length === 0 ? {} : { card: cards }),
    actions,
    quickReplies,
  };
  const form = shown.feedback;
  const own: MessengerOwn = { taps, edits: 0 };
  if (form) own.feedback = { ...form, expiresAt: at + form.days * DAY_MS, submitted: false };
  user.thread.add(view, own);
}

/** Shows what the citizen sent. */
export function showFromCitizen(
  user: MessengerUser,
  view: Omit<PhoneMessage, 'from' | 'actions' | 'quickReplies'>,
): void {
  user.thread.add({ ...view, from: 'citizen', actions: [], quickReplies: [] }, { taps: [], edits: 0 });
}
