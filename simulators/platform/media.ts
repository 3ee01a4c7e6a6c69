// Where the simulated platforms keep what their people send: bytes under an address that ends after a while, as on the real ones.
// POST /media stores a body (from this page only), GET /media/<id> hands it out to anybody who knows the address.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from './exchange.js';
import { hex } from './ids.js';

const PATH = '/media';
const BODY_LIMIT = 25 * 1024 * 1024;
/** The oldest goes first. */
const MOST_FILES = 200;

interface StoredFile {
  bytes: Buffer;
  type: string;
}

export class MediaShelf {
  readonly #files = new Map<string, StoredFile>();

  /** Path of the stored file; its name ends as the type says. */
  put(bytes: Buffer, type = 'image/jpeg'): string {
    const path = `${PATH}/${hex(24)}.${type.split('/')[1]?.replace(/[^a-z0-9]/g, '') ?? 'bin'}`;
    this.#files.set(path, { bytes, type });
    const [oldest] = this.#files.keys();
    if (this.#files.size > MOST_FILES && oldest !== undefined) this.#files.delete(oldest);
    return path;
  }

  /** The address no longer works. */
  expire(path: string): void {
    this.#files.delete(path);
  }

  /** Answers what lies under `/media`; false leaves the call to somebody else. */
  async handle(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
    const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
    if (path === PATH && req.method === 'POST') {
      await this.#take(req, res);
      return true;
    }
    if (!path.startsWith(`${PATH}/`)) return false;
    const file = req.method === 'GET' || req.method === 'HEAD' ? this.#files.get(path) : undefined;
    if (file === undefined) res.writeHead(404).end();
    else {
      res.writeHead(200, {
        'Content-Type': file.type,
        'Content-Length': file.bytes.length,
        'X-Content-Type-Options': 'nosniff',
        'Content-Security-Policy': "default-src 'none'; sandbox",
      });
      res.end(req.method === 'HEAD' ? undefined : file.bytes);
    }
    return true;
  }

  async #take(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const { origin, host, 'content-type': type } = req.headers;
    if (origin !== undefined && origin !== `http://${host}`) {
      res.writeHead(403).end();
      return;
    }
    try {
      const path = this.put(await readBody(req, BODY_LIMIT), type ?? 'application/octet-stream');
      res.writeHead(201, { 'Content-Type': 'application/json' }).end(JSON.stringify({ path }));
    } catch (error) {
      if (error instanceof BodyTooLarge) res.writeHead(413).end();
      else res.destroy();
    }
  }
}
