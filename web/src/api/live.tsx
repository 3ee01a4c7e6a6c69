// The server's events: one EventSource for the whole page. What arrives changes the answers that are kept; after a gap everything shown is asked for anew,
// since nothing is replayed.
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { LiveEvents } from '../../../src/desk/api.js';
import { API } from './client.js';
import { ME } from './query-client.js';
import { applyTicket, forgetTicket } from './queue-cache.js';

export type LiveState = 'connecting' | 'on' | 'reconnecting' | 'offline';

type Listener = <K extends keyof LiveEvents>(name: K, data: LiveEvents[K]) => void;

const Live = createContext<{ state: LiveState; listen(listener: Listener): () => void }>({
  state: 'connecting',
  listen: () => () => undefined,
});

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 15_000;
/** A stream that is open this soon after the page began has missed nothing, ms. */
const QUICK = 1_000;

export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('connecting');
  const [attempt, setAttempt] = useState(0);
  const listeners = useRef(new Set<Listener>());
  const wait = useRef(FIRST_WAIT);
  /** When the page began; 0 once the stream was open: what was read before it opens again may be old. */
  const since = useRef(Date.now());

  useEffect(() => {
    const source = new EventSource(`${API}/live?attempt=${attempt}`);
    let again: ReturnType<typeof setTimeout> | undefined;
    const tell = <K extends keyof LiveEvents>(name: K) =>
      source.addEventListener(name, ({ data }: MessageEvent<string>) => {
        const event = JSON.parse(data) as LiveEvents[K];
        if (name === 'ticket') applyTicket(client, event as LiveEvents['ticket']);
        if (name === 'gone') forgetTicket(client, (event as LiveEvents['gone']).ticket);
        for (const listener of listeners.current) listener(name, event);
      });
    source.onopen = () => {
      wait.current = FIRST_WAIT;
      setState('on');
      if (Date.now() - since.current > QUICK) void client.invalidateQueries();
      since.current = 0;
    };
    source.onerror = () => {
      setState(navigator.onLine ? 'reconnecting' : 'offline');
      if (source.readyState !== EventSource.CLOSED) return;
      // Refused: perhaps nobody is signed in any more; /me knows.
      void client.invalidateQueries({ queryKey: ME });
      again = setTimeout(() => setAttempt((n) => n + 1), wait.current);
      wait.current = Math.min(wait.current * 2, LONGEST_WAIT);
    };
    tell('ticket');
    tell('gone');
    tell('entry');
    tell('duty');
    const offline = () => setState('offline');
    const online = () => {
      setState('reconnecting');
      setAttempt((n) => n + 1);
    };
    window.addEventListener('offline', offline);
    window.addEventListener('online', online);
    return () => {
      window.removeEventListener('offline', offline);
      window.removeEventListener('online', online);
      clearTimeout(again);
      source.close();
    };
  }, [client, attempt]);

  const [listen] = useState(() => (listener: Listener) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  });
  return <Live value={{ state, listen }}>{children}</Live>;
}

export function useLiveState(): LiveState {
  return useContext(Live).state;
}

/** Calls `heard` with each event of that name while the component is shown. */
export function useLive<K extends keyof LiveEvents>(name: K, heard: (data: LiveEvents[K]) => void): void {
  const { listen } = useContext(Live);
  const latest = useRef(heard);
  useEffect(() => {
    latest.current = heard;
  });
  useEffect(
    () =>
      listen((given, data) => {
        if ((given as string) === name) latest.current(data as unknown as LiveEvents[K]);
      }),
    [listen, name],
  );
}
