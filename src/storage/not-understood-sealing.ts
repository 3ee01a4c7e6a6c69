// How a message that was not understood is sealed, the same in both homes: it is a citizen's words, whatever was masked in it.
import type { Sealer } from '../lib/sealing.js';
import type { NotUnderstoodMessage } from '../records/records.js';

export function notUnderstoodSealedAs(id: string): string {
  return `not-understood:${id}`;
}

export function sealNotUnderstood(sealer: Sealer, id: string, what: NotUnderstoodMessage): Buffer {
  return sealer.sealJson(what, notUnderstoodSealedAs(id));
}

export function openNotUnderstood(sealer: Sealer, id: string, payload: Uint8Array): NotUnderstoodMessage {
  return sealer.openJson(Buffer.from(payload), notUnderstoodSealedAs(id)) as NotUnderstoodMessage;
}
