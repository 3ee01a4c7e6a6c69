// A server-sent event stream that comes back by itself, sooner than browsers do and also after an HTTP error.

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
      source.close();
      timer = setTimeout(connect, pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      listener.lost();
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
