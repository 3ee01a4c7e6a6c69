// The names of the intents, fixed by docs/architecture.md, section 5. What each means stands in intents/*.yaml.

export const INTENTS = [
  'greet',
  'goodbye',
  'thanks',
  'affirm',
  'deny',
  'bot.capabilities',
  'bot.identity',
  'procedure.ask',
  'dossier.track',
  'feedback.send',
  'feedback.track',
  'rating.give',
  'staff.request',
  'office.contact',
  'statistics.ask',
  'portal.help',
  'payment.ask',
  'appointment.book',
  'news.ask',
  'notify.subscribe',
  'notify.unsubscribe',
  'privacy.request',
  'emergency',
  'insult',
  'none',
] as const;

export type Intent = (typeof INTENTS)[number];
