// Keys of one character, for the whole page. They are silent while somebody types, while a dialogue is open, and when the
// officer switched them off.
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { keepPreference, preference } from '../parts/kept.js';

type Handler = (event: KeyboardEvent) => void;
/** By key as in KeyboardEvent.key, or two with a blank between (`g w`). */
export type Keys = Readonly<Record<string, Handler | undefined>>;

const Registry = createContext<{ layers: Set<{ current: Keys }>; on: boolean; turn(on: boolean): void }>({
  layers: new Set(),
  on: true,
  turn: () => undefined,
});

/** How long a first key waits for its second, ms. */
const CHORD = 1_200;

export function KeysProvider({ children }: { children: ReactNode }) {
  const [layers] = useState(() => new Set<{ current: Keys }>());
  const [on, setOn] = useState(() => preference('single-keys') !== 'off');
  useEffect(() => {
    let first: { key: string; at: number } | undefined;
    let inDialogue = false;
    // Looked at first of all: the Escape that closes a dialogue is none of the page's, though the dialogue is gone by then.
    const before = () => {
      inDialogue = document.querySelector('[role="dialog"], [data-menu-dropdown]') !== null;
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isTyping(event.target) || (!on && event.key.length === 1)) return;
      if (inDialogue) return;
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const chord = first !== undefined && Date.now() - first.at < CHORD ? `${first.key} ${key}` : undefined;
      first = { key, at: Date.now() };
      // A focused button or link answers to Enter itself.
      if (key === 'Enter' && event.target instanceof Element && event.target.closest('a, button') !== null) return;
      const newest = [...layers].reverse();
      const handler =
        (chord === undefined ? undefined : find(newest, chord)) ??
        (chord?.startsWith('g ') ? undefined : find(newest, key));
      if (handler === undefined) return;
      event.preventDefault();
      handler(event);
    };
    window.addEventListener('keydown', before, true);
    document.addEventListener('keydown', pressed);
    return () => {
      window.removeEventListener('keydown', before, true);
      document.removeEventListener('keydown', pressed);
    };
  }, [layers, on]);
  const value = useMemo(
    () => ({
      layers,
      on,
      turn(next: boolean) {
        setOn(next);
        keepPreference('single-keys', next ? undefined : 'off');
      },
    }),
    [layers, on],
  );
  return <Registry value={value}>{children}</Registry>;
}

/** These keys hold while the component is shown; a later component's come first. */
export function useKeys(keys: Keys): void {
  const { layers } = useContext(Registry);
  const latest = useRef(keys);
  // Before anything new is painted: a key that is shown works at once.
  useLayoutEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    layers.add(latest);
    return () => void layers.delete(latest);
  }, [layers]);
}

export function useSingleKeys(): { on: boolean; turn(on: boolean): void } {
  return useContext(Registry);
}

function find(layers: readonly { current: Keys }[], key: string): Handler | undefined {
  return layers.map(({ current }) => current[key]).find((handler) => handler !== undefined);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select, [role="textbox"], [role="option"]'))
  );
}
