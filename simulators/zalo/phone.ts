// Puts messages on the citizen's phone: from an accepted send to the neutral view, with what each button does kept beside it.
import type { PhoneAction, PhoneCard, PhoneMessage } from '../platform/phone-view.js';
import type { ShownButton } from './buttons.js';
import type { ShownMessage } from './consultation.js';
import type { ZaloOwn, ZaloTap, ZaloUser } from './state.js';

/** Shows a message of the OA, sent by the bot or by an officer. */
export function showFromOa(user: ZaloUser, id: string, at: number, shown: ShownMessage, from: 'bot' | 'officer'): void {
  const taps: ZaloTap[] = [];
  const action = (button: ShownButton): PhoneAction => {
    taps.push(button.tap);
    const { title, kind, url } = button;
    return { index: taps.length - 1, title, kind, ...(url === undefined ? {} : { url }) };
  };
  const cards: PhoneCard[] = (shown.rows ?? []).map(({ card, button }) => ({
    ...card,
    actions: button ? [action(button)] : [],
  }));
  const view: PhoneMessage = {
    id,
    from,
    at,
    ...(shown.text === undefined ? {} : { text: shown.text }),
    ...(shown.image === undefined ? {} : { image: shown.image }),
    ...(shown.file === undefined ? {} : { file: shown.file }),
    ...(cards.length === 0 ? {} : { card: cards }),
    actions: (shown.buttons ?? []).map(action),
    quickReplies: [],
  };
  user.thread.add(view, { taps, type: shown.type, asksInfo: shown.asksInfo ?? false });
}

/** Shows what the citizen sent. */
export function showFromCitizen(
  user: ZaloUser,
  view: Omit<PhoneMessage, 'from' | 'actions' | 'quickReplies'>,
  type: ZaloOwn['type'],
): void {
  user.thread.add({ ...view, from: 'citizen', actions: [], quickReplies: [] }, { taps: [], type, asksInfo: false });
}
