// Serves the phone page: its files, its set-up and the bot's status. The conversations come from the simulators' own routes.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BotStatus } from './bot-probe.js';

export interface PhonePageSetup {
  /** `base` is the prefix of the simulator's control routes, for example `/zalo/__sim`; `name` is what the phone's head shows. */
  zalo: { base: string; name: string };
  messenger: { base: string; name: string };
  portal: { base: string };
  sms: { base: string };
}

export interface PhonePageOptions {
  setup: PhonePageSetup;
  status: () => Promise<BotStatus>;
}

export interface PhonePage {
  /** Answers what belongs to the page; false leaves the call to somebody else. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<boolean>;
}

interface PageFile {
  body: Buffer;
  type: string;
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing from elsewhere but the pictures that messages name; nothing inline; no frames. */
const POLICY =
  "default-src 'self'; img-src 'self' data: http: https:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export function createPhonePage({ setup, status }: PhonePageOptions): PhonePage {
  const files = readPage();
  return {
    async handle(req, res) {
      const path = (req.url ?? '/').split('?', 1)[0] ?? '/';
      if (path === '/__phone/setup') return sendJson(req, res, setup);
      if (path === '/__phone/status') return sendJson(req, res, await status());
      const file = files.get(path);
      if (!file) return false;
      return send(req, res, file);
    },
  };
}

function sendJson(req: IncomingMessage, res: ServerResponse, value: object): true {
  return send(req, res, { body: Buffer.from(JSON.stringify(value)), type: 'application/json; charset=utf-8' });
}

function send(req: IncomingMessage, res: ServerResponse, { body, type }: PageFile): true {
  if (req.method !== 'GET' && req.method !== 'HEAD') {
    res.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return true;
  }
  res.writeHead(200, {
    'Content-Type': type,
    'Content-Length': body.length,
    'Cache-Control': 'no-cache',
    'Content-Security-Policy': POLICY,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
  res.end(req.method === 'HEAD' ? undefined : body);
  return true;
}

/** Every file of the page by its path, read once: what is not in this list does not exist. */
function readPage(): Map<string, PageFile> {
  const folder = pageFolder();
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    files.set(`/${relative(folder, file).split(sep).join('/')}`, { body: readFileSync(file), type });
  }
  const start = files.get('/index.html');
  if (!start) throw new Error(`the phone page has no index.html in ${folder}`);
  return files.set('/', start);
}

/** The page beside the sources; compiled files stand under dist/, where it is not copied. */
function pageFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = join(here, 'page');
  return existsSync(beside) ? beside : join(here, '../../../simulators/phone/page');
}
