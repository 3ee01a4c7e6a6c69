// What was typed and not yet sent, per conversation: kept in this tab until it is sent or the officer signs out.
import { useSyncExternalStore } from 'react';
import { keepWork, work } from '../../../parts/kept.js';
import type { Compose } from '../conversation/conversation.js';

const listeners = new Set<() => void>();
const key = (ticket: string, compose: Compose) => `draft.${ticket}.${compose}`;

export function setDraft(ticket: string, compose: Compose, text: string): void {
  keepWork(key(ticket, compose), text === '' ? undefined : text);
  for (const listener of listeners) listener();
}

export function useDraft(ticket: string, compose: Compose): string {
  return useSyncExternalStore(subscribe, () => work(key(ticket, compose)) ?? '');
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
