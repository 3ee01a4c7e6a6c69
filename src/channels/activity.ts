// Messages inside are Bot Framework activities; this is the small part of them that channels must render.
import type { Activity, CardAction, HeroCard } from 'botframework-schema';

/**
 * What a flow may say. `text` is plain; choices are `suggestedActions` (gone after the next message) or hero cards
 * (one card = text with buttons, several = a list or carousel). A choice is a CardAction of type `postBack` whose
 * `value` is the payload that comes back as a tap, or `openUrl` / `call`.
 */
export type OutgoingActivity = Pick<
  Partial<Activity>,
  'text' | 'suggestedActions' | 'attachments' | 'attachmentLayout'
> & {
  type: 'message';
};

export type { CardAction, HeroCard };

export const HERO_CARD = 'application/vnd.microsoft.card.hero';
