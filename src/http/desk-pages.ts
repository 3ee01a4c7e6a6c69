// The desk's pages as they were built (dist/web): read once, compressed once, served under a strict policy. Every address below
// /desk that is no file is the page itself, which knows what to show there.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { type Request, type Response, Router } from 'express';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
};
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.webmanifest']);
/** Files whose names change with their content. */
const HASHED = /^\/assets\//;

/**
 * Nothing from elsewhere, no script in the page itself: what a citizen writes cannot run even where it got into the page. Mantine
 * writes its colours into a style element. A picture that is about to be sent is shown from memory (blob:).
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Encoding = 'br' | 'gzip';

interface PageFile {
  type: string;
  bytes: Buffer;
  etag: string;
  /** Made when first asked for. */
  compressed: Map<Encoding, Promise<Buffer>>;
  compressible: boolean;
}

/** For /desk. A folder that is not there has no pages. */
export function deskPages(folder: string): Router {
  const files = filesIn(folder);
  const router = Router();
  router.use((request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    const known = files.get(request.path);
    // An old page may ask for what a new version no longer has: a page in its place would only confuse it.
    const file = known ?? (HASHED.test(request.path) ? undefined : files.get('/index.html'));
    if (file === undefined) return next();
    const forEver = HASHED.test(request.path);
    response.set({
      'Content-Security-Policy': POLICY,
      'X-Frame-Options': 'DENY',
      'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=()',
      'Cache-Control': forEver ? 'public, max-age=31536000, immutable' : 'no-cache',
      'Content-Type': file.type,
      Vary: 'Accept-Encoding',
    });
    send(file, request, response).catch(next);
  });
  return router;
}

async function send(file: PageFile, request: Request, response: Response): Promise<void> {
  const encoding = file.compressible ? request.acceptsEncodings(['br', 'gzip']) : false;
  const chosen = encoding === 'br' || encoding === 'gzip' ? encoding : undefined;
  response.set('ETag', chosen === undefined ? `"${file.etag}"` : `"${file.etag}-${chosen}"`);
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  if (chosen !== undefined) response.set('Content-Encoding', chosen);
  const bytes = chosen === undefined ? file.bytes : await compressed(file, chosen);
  response.set('Content-Length', String(bytes.length));
  response.status(200).end(request.method === 'HEAD' ? undefined : bytes);
}

function compressed(file: PageFile, encoding: Encoding): Promise<Buffer> {
  const known = file.compressed.get(encoding);
  if (known !== undefined) return known;
  const made = encoding === 'br' ? inBrotli(file.bytes) : promisify(gzip)(file.bytes, { level: 9 });
  file.compressed.set(encoding, made);
  return made;
}

function inBrotli(bytes: Buffer): Promise<Buffer> {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  return promisify(brotliCompress)(bytes, { params });
}

/** By path below /desk. What begins with a dot and what has no known type is not for browsers. */
function filesIn(folder: string): Map<string, PageFile> {
  const files = new Map<string, PageFile>();
  if (!existsSync(folder)) return files;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const parts = name.split(sep);
    const ending = extname(name);
    const type = TYPES[ending];
    if (type === undefined || parts.some((part) => part.startsWith('.'))) continue;
    const bytes = readFileSync(join(folder, name));
    const etag = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    files.set(`/${parts.join('/')}`, {
      ...{ type, bytes, etag },
      compressed: new Map(),
      compressible: COMPRESSIBLE.has(ending),
    });
  }
  return files;
}
