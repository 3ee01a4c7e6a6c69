// Messages inside are Bot Framework activities; this is the small part of them that channels must render.
import type { Activity, CardAction, HeroCard } from 'botframework-schema';

/**
 * What a flow may say. `text` is plain; choices are `suggestedActions` (gone after the next message) or hero cards
 * (one card = text with buttons, several = a list or carousel). A choice is a CardAction of type `postBack` whose
 * `value` is the payload that comes back as a tap, or `openUrl` / `call`. An attachment of a type `image/…` is a picture: its
 * `contentUrl` is an address that the platform can reach, or `attachment:<id>` of what was uploaded there; its `name` says in words
 * what it shows. A picture or a file of our own stands there by its blob (`ownFileActivity`), alone: the channel uploads it when it sends.
 */
export type OutgoingActivity = Pick<
  Partial<Activity>,
  'text' | 'suggestedActions' | 'attachments' | 'attachmentLayout'
> & {
  type: 'message';
};

export type { CardAction, HeroCard };

export const HERO_CARD = 'application/vnd.microsoft.card.hero';

const TEMPLATE = 'application/vnd.motcua.template+json';
const INFO_REQUEST = 'application/vnd.motcua.info-request+json';
const OWN_FILE = 'application/vnd.motcua.own-file+json';

/**
 * A message whose text the platform approved before: the only one that may leave outside the window. On Zalo it costs money.
 */
export interface TemplateMessage {
  /** Zalo: the template's id. Messenger: the name of the utility template. */
  template: string;
  /** Zalo goes by the names, Messenger by the order. */
  parameters: { name: string; value: string }[];
  /** Messenger: the template's language; `vi` unless told. */
  language?: string;
  /** Zalo: to this number (84…) in place of the citizen's account. */
  phone?: string;
  /** Zalo, by phone: comes back in the delivery event. Letters and digits, at most 48. */
  tracking?: string;
}

/**
 * Asks for name and phone number in the platform's own way; the answer is `contact-info`, and a claim. Beside a message that says
 * what is asked for, or alone: then its own words are said where the platform has no form.
 */
export interface InfoRequest {
  title: string;
  text: string;
  /** Zalo shows its form only with a picture. */
  imageUrl?: string;
}

/** What staff send from the desk. */
export interface OwnFile {
  /** Id of the blob. Of a picture: JPEG without metadata (media/outgoing-file). */
  blob: string;
  kind: 'image' | 'file';
  /** With its extension: platforms go by it. */
  name: string;
  mimeType: string;
}

export function ownFileActivity(file: OwnFile): OutgoingActivity {
  return { type: 'message', attachments: [{ contentType: OWN_FILE, content: file }] };
}

export function ownFileOf(activity: OutgoingActivity): OwnFile | undefined {
  return contentOf<OwnFile>(activity, OWN_FILE);
}

/** A template travels alone: nothing else of an activity is shown beside it. */
export function templateActivity(message: TemplateMessage): OutgoingActivity {
  return { type: 'message', attachments: [{ contentType: TEMPLATE, content: message }] };
}

export function withInfoRequest(activity: OutgoingActivity, request: InfoRequest): OutgoingActivity {
  const attachments = [...(activity.attachments ?? []), { contentType: INFO_REQUEST, content: request }];
  return { ...activity, attachments };
}

export function templateOf(activity: OutgoingActivity): TemplateMessage | undefined {
  return contentOf<TemplateMessage>(activity, TEMPLATE);
}

export function infoRequestOf(activity: OutgoingActivity): InfoRequest | undefined {
  return contentOf<InfoRequest>(activity, INFO_REQUEST);
}

/** What the functions above put there. */
function contentOf<T>({ attachments }: OutgoingActivity, type: string): T | undefined {
  return attachments?.find(({ contentType }) => contentType === type)?.content as T | undefined;
}
