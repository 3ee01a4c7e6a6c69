// What became of a message whose turn is tracked, as an effect of the settlement that ends it: the desk shows it beside the words.
// What is not tracked costs nothing.
import { putDocument } from '../records/documents.js';
import { DELIVERY, type DeliveryRecord } from '../records/transcript.js';
import type { Codec, SendPayload } from './codec.js';
import type { OutboxItem } from './turn-store.js';

/** At most one item: a record in the place of the message. Repeating it changes nothing; a later try of the same message replaces it. */
export function fateOf(
  codec: Codec,
  item: OutboxItem,
  payload: SendPayload | undefined,
  fate: Pick<DeliveryRecord, 'state' | 'reason'>,
  at: number,
): OutboxItem[] {
  const tracked = payload?.tracked;
  if (tracked === undefined) return [];
  const id = `${item.id}~fate`;
  const change = putDocument(DELIVERY, tracked.item ?? item.id, { entry: tracked.entry, ...fate, at });
  return [{ ...item, id, kind: 'record', payload: codec.sealItem(id, change), createdAt: at, resends: 0 }];
}
