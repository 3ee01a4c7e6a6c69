// Finds a port nobody listens on.
import { createServer } from 'node:net';

/** The first free port of `count` from `first` on; undefined when none is. Both addresses that the demo listens on are tried. */
export async function freePort(first, count, taken = []) {
  for (let port = first; port < first + count && port <= 65_535; port += 1) {
    if (!taken.includes(port) && (await isFree(port)) && (await isFree(port, '127.0.0.1'))) return port;
  }
  return undefined;
}

function isFree(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => server.close(() => resolve(true)));
  });
}
