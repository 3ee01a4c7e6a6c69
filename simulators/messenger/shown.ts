// What is left of a send once it is accepted: as the phone shows it and the echo tells it; and what the checks need to look up.
import type { PhoneCard } from '../platform/phone-view.js';
import type { MessengerBehaviour } from './options.js';
import type { MessengerTap } from './state.js';

export interface ShownButton {
  title: string;
  kind: 'postback' | 'url' | 'phone';
  url?: string;
  tap: MessengerTap;
}

/** An accepted message as the phone and the echo need it. */
export interface ShownMessage {
  text?: string;
  image?: string;
  file?: { name: string; url?: string };
  cards?: { card: Omit<PhoneCard, 'actions'>; buttons: ShownButton[] }[];
  buttons?: ShownButton[];
  quickReplies?: { title: string; tap: MessengerTap }[];
  feedback?: { questionId: string; type: string; lowest: number; highest: number; days: number };
  /** Audio and video have a limit of their own. */
  heavy?: boolean;
  /** The uploaded thing gets an id (`is_reusable`). */
  reusable?: string;
  utilityTemplate?: string;
}

export interface Lookups {
  behaviour: Pick<MessengerBehaviour, 'longQuickReplyTitle'>;
  /** An uploaded attachment, if it is known and has not expired; `url`: where it can be seen, if it was shelved. */
  attachment(id: string): { type: string; name?: string; url?: string } | undefined;
  utilityTemplate(name: string): boolean;
  phone: string;
}
