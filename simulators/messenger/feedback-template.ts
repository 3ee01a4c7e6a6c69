// The customer feedback template: one question, answered once, within its days (reference 2.8).
import { asArray, asObject, asString, isHttpUrl, type JsonObject } from '../platform/json.js';
import { type GraphRefusal, invalidParam, refuse, tooLong } from './graph-error.js';
import type { ShownMessage } from './shown.js';

const PARAM = 'message[attachment][payload]';

const SCORES: Record<string, { options: string[]; lowest: number; highest: number }> = {
  csat: { options: ['five_stars', 'five_emojis', 'one_to_five'], lowest: 1, highest: 5 },
  nps: { options: ['zero_to_ten'], lowest: 0, highest: 10 },
  ces: { options: ['one_to_seven'], lowest: 1, highest: 7 },
  free_form: { options: [], lowest: 0, highest: 0 },
};
const LABELS = ['neg_pos', 'hard_easy', 'unlike_like', 'dis_sat', 'poor_great', 'none'];

export function readFeedback(payload: JsonObject): ShownMessage | GraphRefusal {
  for (const [name, limit] of [
    ['title', 65],
    ['subtitle', 80],
    ['button_title', 20],
  ] as const) {
    const wrong = checkLine(payload[name], `${PARAM}[${name}]`, 1, limit);
    if (wrong) return wrong;
  }
  if (!isHttpUrl(asObject(payload.business_privacy)?.url)) return invalidParam(`${PARAM}[business_privacy][url]`);
  const days = payload.expires_in_days ?? 1;
  if (typeof days !== 'number' || !Number.isInteger(days) || days < 1 || days > 7)
    return invalidParam(`${PARAM}[expires_in_days]`);
  const screens = asArray(payload.feedback_screens);
  const questions = asArray(asObject(screens?.[0])?.questions);
  const question = asObject(questions?.[0]);
  if (screens?.length !== 1 || questions?.length !== 1 || !question)
    return refuse(100, 'Exactly one screen with exactly one question');
  const id = asString(question.id) ?? '';
  if (!/^[A-Za-z0-9_]{1,80}$/.test(id)) return invalidParam(`${PARAM}[feedback_screens][questions][id]`);
  const type = asString(question.type) ?? '';
  const scores = SCORES[type];
  if (!scores) return invalidParam(`${PARAM}[feedback_screens][questions][type]`);
  const wrong = checkQuestion(question, scores.options);
  if (wrong) return wrong;
  const card = { title: String(payload.title), subtitle: String(payload.subtitle) };
  return {
    cards: [{ card, buttons: [] }],
    feedback: { questionId: id, type, lowest: scores.lowest, highest: scores.highest, days },
  };
}

function checkQuestion(question: JsonObject, options: string[]): GraphRefusal | undefined {
  const param = `${PARAM}[feedback_screens][questions]`;
  if (question.title !== undefined) {
    const wrong = checkLine(question.title, `${param}[title]`, 5, 85);
    if (wrong) return wrong;
  }
  if (question.score_option !== undefined && !options.includes(String(question.score_option)))
    return invalidParam(`${param}[score_option]`);
  if (question.score_label !== undefined && !LABELS.includes(String(question.score_label)))
    return invalidParam(`${param}[score_label]`);
  if (question.follow_up === undefined) return undefined;
  const followUp = asObject(question.follow_up);
  if (followUp?.type !== 'free_form') return invalidParam(`${param}[follow_up][type]`);
  return followUp.placeholder === undefined
    ? undefined
    : checkLine(followUp.placeholder, `${param}[follow_up][placeholder]`, 1, 65);
}

/** Plain text within its limits and without addresses. */
function checkLine(value: unknown, param: string, least: number, most: number): GraphRefusal | undefined {
  const text = asString(value);
  if (text === undefined || text.trim().length < least || /https?:\/\//i.test(text)) return invalidParam(param);
  return text.length > most ? tooLong(param, most) : undefined;
}
