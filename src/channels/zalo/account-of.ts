// Which of our OAs an event belongs to. Zalo names it in one of five places, depending on the event.
import { isObject } from '../inbound-fields.js';

/** The configured OA that the event names as OA, receiver or sender; undefined when it names none of ours. */
export function accountOf(body: Record<string, unknown>, accounts: { has(oaId: string): boolean }): string | undefined {
  for (const place of [body.recipient, body.sender, body.oa_id, body.oaId]) {
    const named = isObject(place) ? place.id : place;
    const id = typeof named === 'number' ? String(named) : named;
    if (typeof id === 'string' && accounts.has(id)) return id;
  }
  return undefined;
}

/** Whether the event names any OA where its kind should. */
export function namesAccount(body: Record<string, unknown>, name: string): boolean {
  if (name.startsWith('oa_send_')) return isObject(body.sender) && isId(body.sender.id);
  if (name.startsWith('user_send_') || name === 'user_submit_info') {
    return isObject(body.recipient) && isId(body.recipient.id);
  }
  return isId(body.oa_id) || isId(body.oaId);
}

function isId(value: unknown): boolean {
  return (typeof value === 'string' && value !== '') || typeof value === 'number';
}
