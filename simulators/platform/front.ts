// The HTTP side that both simulated platforms share: a server of its own or a part of another one, the faults around every API
// call, and the way to the control routes.
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ControlledPlatform, handleControl } from './control.js';
import { type ApiReply, type ApiRequest, BodyTooLarge, readBody, splitTarget, writeReply } from './exchange.js';
import type { FaultAction } from './faults.js';

export interface FrontOptions {
  /** Path under which the platform lives beside others, for example `/zalo`; a server of its own answers with and without it. */
  prefix: string;
  platform: ControlledPlatform;
  answer: (request: ApiRequest) => ApiReply;
  /** The platform's own error body for a fault of kind rateLimited, tokenExpired or refuse. */
  refuse: (fault: FaultAction) => ApiReply;
  bodyLimit: number;
}

export class PlatformFront {
  readonly #options: FrontOptions;
  #server: http.Server | undefined;
  #port: number | undefined;
  #host = '127.0.0.1';
  #down = false;

  constructor(options: FrontOptions) {
    this.#options = options;
  }

  /** Answers what lies under the prefix; false leaves the call to somebody else. */
  async handle(req: IncomingMessage, res: ServerResponse): Promise<boolean> {
    const { prefix } = this.#options;
    const target = req.url ?? '/';
    if (!target.startsWith(`${prefix}/`)) return false;
    await this.#serve(req, res, target.slice(prefix.length));
    return true;
  }

  /** Listens; the answer is the base address, without a slash at the end. */
  async listen(port: number, host: string): Promise<string> {
    this.#host = host;
    this.#port = port;
    await this.comeUp();
    return `http://${host.includes(':') ? `[${host}]` : host}:${this.#port}`;
  }

  /**
   * The platform is gone: connections are refused, those to control routes as well. Inside another server, which goes on listening,
   * connections of API calls break.
   */
  async goDown(): Promise<void> {
    this.#down = true;
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }

  /** Listens again on the port it had. */
  async comeUp(): Promise<void> {
    this.#down = false;
    if (this.#server || this.#port === undefined) return;
    const { prefix } = this.#options;
    const server = http.createServer((req, res) => {
      const target = req.url ?? '/';
      const path = target.startsWith(`${prefix}/`) ? target.slice(prefix.length) : target;
      this.#serve(req, res, path).catch((error: unknown) => {
        console.error('simulator failed to answer', error);
        res.destroy();
      });
    });
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.#port, this.#host, resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async #serve(req: IncomingMessage, res: ServerResponse, target: string): Promise<void> {
    const { path, query } = splitTarget(target);
    const { platform, answer, bodyLimit } = this.#options;
    if (path.startsWith('/__sim/')) return handleControl(platform, req, res, path);
    if (this.#down) {
      res.destroy();
      return;
    }
    let body: Buffer;
    try {
      body = await readBody(req, bodyLimit);
    } catch (error) {
      if (error instanceof BodyTooLarge)
        writeReply(res, { status: 413, body: '<html><body>413 Request Entity Too Large</body></html>' });
      else res.destroy();
      return;
    }
    const call = () => answer({ method: req.method ?? 'GET', path, query, headers: req.headers, body });
    const fault = platform.faults.take(path, body);
    if (fault) await this.#misbehave(fault, res, call);
    else await this.#finish(res, call());
  }

  async #finish(res: ServerResponse, reply: ApiReply): Promise<void> {
    if (reply.waitFor) await reply.waitFor;
    writeReply(res, reply);
  }

  async #misbehave(fault: FaultAction, res: ServerResponse, call: () => ApiReply): Promise<void> {
    const { clock } = this.#options.platform;
    const pause = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));
    switch (fault.kind) {
      case 'disconnect':
        res.destroy();
        break;
      case 'slow':
        await pause(fault.ms);
        await this.#finish(res, call());
        break;
      case 'lateAnswer': {
        const reply = call();
        await pause(fault.ms);
        writeReply(res, reply);
        break;
      }
      case 'resetAfter':
        call();
        res.destroy();
        break;
      case 'silentAfter':
        call();
        break;
      case 'emptyData': {
        const reply = call();
        writeReply(res, { ...reply, body: typeof reply.body === 'string' ? reply.body : { ...reply.body, data: {} } });
        break;
      }
      default:
        writeReply(res, this.#insteadOf(fault));
    }
  }

  /** What the bot gets in place of an answer when its call never reached the platform's own code. */
  #insteadOf(fault: FaultAction): ApiReply {
    switch (fault.kind) {
      case 'unavailable':
        return { status: 503, body: '' };
      case 'badGateway':
        return { status: 502, body: '<html><head><title>502 Bad Gateway</title></head></html>' };
      case 'tooMany':
        return { status: 429, body: '', headers: { 'Retry-After': '1' } };
      case 'garbage':
        return { status: 200, body: '{"error":0,"mess' };
      default:
        return this.#options.refuse(fault);
    }
  }
}
