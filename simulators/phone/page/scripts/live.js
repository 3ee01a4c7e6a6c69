// A server-sent event stream that comes back: the browser repeats a dropped connection itself, but gives up for ever on
// an HTTP error, so that case is repeated here with growing pauses.

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;

/**
 * @param {string} address
 * @param {{ events: Record<string, (data: any) => void>, opened: () => void, lost: () => void }} listener
 *   `opened` runs at every (re)connection: what happened in between was missed and must be read again.
 * @returns {() => void} stops listening
 */
export function follow(address, listener) {
  let source;
  let timer;
  let pause = FIRST_PAUSE_MS;

  const connect = () => {
    source = new EventSource(address);
    source.onopen = () => {
      pause = FIRST_PAUSE_MS;
      listener.opened();
    };
    source.onerror = () => {
      listener.lost();
      if (source.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    };
    for (const [name, handle] of Object.entries(listener.events)) {
      source.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    }
  };

  connect();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}
