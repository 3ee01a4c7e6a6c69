// A clock that every component may watch: one timer for all, stopped while the tab is hidden.
import { useSyncExternalStore } from 'react';

const watchers = new Map<number, { listeners: Set<() => void>; now: number; timer?: ReturnType<typeof setInterval> }>();

function watcher(every: number) {
  let one = watchers.get(every);
  if (one === undefined) {
    one = { listeners: new Set(), now: Date.now() };
    watchers.set(every, one);
  }
  return one;
}

function subscribe(every: number, listener: () => void): () => void {
  const one = watcher(every);
  const tick = () => {
    if (document.hidden) return;
    one.now = Date.now();
    for (const each of one.listeners) each();
  };
  one.listeners.add(listener);
  if (one.timer === undefined) {
    one.now = Date.now();
    one.timer = setInterval(tick, every);
  }
  document.addEventListener('visibilitychange', tick);
  return () => {
    document.removeEventListener('visibilitychange', tick);
    one.listeners.delete(listener);
    if (one.listeners.size === 0) {
      clearInterval(one.timer);
      delete one.timer;
    }
  };
}

const subscribers = new Map<number, (listener: () => void) => () => void>();
function subscriber(every: number) {
  let one = subscribers.get(every);
  if (one === undefined) {
    one = (listener) => subscribe(every, listener);
    subscribers.set(every, one);
  }
  return one;
}

/** The time, renewed every `every` ms. */
export function useNow(every = 15_000): number {
  return useSyncExternalStore(subscriber(every), () => {
    const one = watcher(every);
    // Without a running timer the kept time is that of an earlier page.
    if (one.timer === undefined && Date.now() - one.now > every) one.now = Date.now();
    return one.now;
  });
}
