// In which order the desk's routes are tried: no two are the same, and `/canned/new` comes before `/canned/:id`.
import { CodedError } from '../lib/errors.js';
import type { DeskRoute } from './route.js';

/** Throws CodedError `desk.routes` for two routes that take the same requests, and for a path that is none. */
export function inOrder(routes: readonly DeskRoute[]): DeskRoute[] {
  const known = new Set<string>();
  for (const { method, path } of routes) {
    if (!/^(\/(:?[A-Za-z][A-Za-z0-9]*|[a-z][a-z0-9.-]*))+$/.test(path))
      throw new CodedError('desk.routes', `${path} is no path of a route`);
    const shape = `${method} ${path.replace(/:[^/]+/g, ':')}`;
    if (known.has(shape)) throw new CodedError('desk.routes', `two routes take ${method} ${path}`);
    known.add(shape);
  }
  return [...routes].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}

/** A parameter comes after every word in its place. */
function sortKey({ path }: DeskRoute): string {
  return path
    .split('/')
    .map((part) => (part.startsWith(':') ? '~' : part))
    .join('/');
}
