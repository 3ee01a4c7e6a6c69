// What a phone shows of one conversation: the same neutral view for every platform, served under /__sim/users/:id/.
// Each simulator fills it from its own message model; the phone page only reads it and knows no platform's payloads.

/** Something on the screen that can be tapped. `reply` and `postback` speak to the bot, the others leave the chat. */
export interface PhoneAction {
  /** Position within its message, counting cards' actions, then the message's own, then quick replies: what `tap` takes. */
  index: number;
  title: string;
  kind: 'reply' | 'postback' | 'url' | 'phone' | 'sms';
  /** For `url` the address, for `phone` `tel:…`, for `sms` `sms:…?body=…`. */
  url?: string;
}

/** One card of a carousel or one row of a list. */
export interface PhoneCard {
  title: string;
  subtitle?: string;
  imageUrl?: string;
  actions: PhoneAction[];
}

export interface PhoneMessage {
  id: string;
  from: 'citizen' | 'bot' | 'officer';
  /** Milliseconds since 1970, on the simulator's clock. */
  at: number;
  text?: string;
  /** Address of a picture (also stickers and gifs) shown in the bubble. */
  image?: string;
  /** Name of a file, voice note, place or contact shown in the bubble, when it is neither text nor picture. */
  file?: { name: string; url?: string };
  card?: PhoneCard[];
  /** Buttons under the bubble; they stay. */
  actions: PhoneAction[];
  /** Chips above the keyboard; the platform removes them after the next message, so only the last message shows them. */
  quickReplies: PhoneAction[];
  /** An emoji or icon the other side put on this message. */
  reaction?: string;
}

export interface PhoneConversation {
  messages: PhoneMessage[];
  typing: boolean;
  /** Not yet opened (no follow or Get Started), open, or blocked / unfollowed by the citizen. */
  state: PhoneState;
}

export type PhoneState = 'new' | 'open' | 'blocked';

/** The three kinds of server-sent events of `/stream`: event name → JSON data. An edit sends `message` again, same id. */
export interface PhoneEvents {
  message: PhoneMessage;
  typing: { typing: boolean };
  state: { state: PhoneState };
}
