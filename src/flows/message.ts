// Builds the activities that flows say. How a platform shows them is its channel's business.
import { type CardAction, type OutgoingActivity, withInfoRequest } from '../channels/activity.js';
import type { Address, Choice, FlowServices } from './flow.js';
import { TALK } from './talk/texts.js';

export function choice(title: string, payload: Address, name?: string): Choice {
  return name === undefined || name === title ? { title, payload } : { title, payload, name };
}

export function say(text: string, choices: readonly Choice[] = []): OutgoingActivity {
  if (choices.length === 0) return { type: 'message', text };
  return { type: 'message', text, suggestedActions: { to: [], actions: choices.map(action) } };
}

/** The question with the platform's own way of giving name and phone number beside it; the answer comes as `contact-info`. */
export function offeringContact(
  { texts, contactPicture }: Pick<FlowServices, 'texts' | 'contactPicture'>,
  question: OutgoingActivity,
): OutgoingActivity {
  const title = texts.format(TALK.contactForm);
  const text = texts.format(TALK.contactFormWhy);
  return withInfoRequest(question, { title, text, ...(contactPicture !== undefined && { imageUrl: contactPicture }) });
}

function action({ title, payload }: Choice): CardAction {
  return { type: 'postBack', title, value: payload };
}

/** The same message with a paragraph more. Only for messages of plain text. */
export function withParagraph(activity: OutgoingActivity, paragraph: string): OutgoingActivity {
  return { ...activity, text: [activity.text, paragraph].filter((part) => part).join('\n\n') };
}

/** What the last message with buttons offers. */
export function choicesOf(activities: readonly OutgoingActivity[]): Choice[] {
  for (let i = activities.length - 1; i >= 0; i--) {
    const actions = activities[i]?.suggestedActions?.actions ?? [];
    const choices = actions
      .filter(({ type }) => type === 'postBack')
      .map(({ title, value }) => ({ title, payload: String(value) }));
    if (choices.length > 0) return choices;
  }
  return [];
}
