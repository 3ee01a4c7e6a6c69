// HTTP to a platform: one keep-alive pool, one deadline, and an answer that says whether bytes left. Knows no platform's
// errors. Axios is used bare, by its HTTP adapter: merging its layers of defaults into every call costs a third of a send.
import { setMaxListeners } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import axios, { AxiosHeaders, type InternalAxiosRequestConfig, isAxiosError } from 'axios';
import { parseBigSafe } from './big-json.js';

/**
 * `answer`: a status came; `json` is undefined when the body was not JSON. `not-sent`: no byte of the request left, so it
 * surely had no effect. `lost`: it may have had its effect.
 */
export type CallOutcome =
  | { kind: 'answer'; status: number; json: unknown; header(name: string): string | undefined }
  | { kind: 'not-sent'; code: string }
  | { kind: 'lost'; code: string };

export interface PlatformClientOptions {
  /** Whole call, from connecting to the last byte. */
  timeoutMs: number;
  /** Sockets per host. */
  maxSockets?: number;
}

export interface PostRequest {
  url: string;
  /** Bytes are sent as they are. */
  data: string | Buffer;
  headers: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  /** Of this call, in place of the client's. */
  timeoutMs?: number;
}

const MAX_ANSWER_BYTES = 1024 * 1024;
const callByHttp = axios.getAdapter('http');

export class PlatformClient {
  readonly #timeoutMs: number;
  readonly #agents: { http: http.Agent; https: https.Agent };
  readonly #settings: Omit<InternalAxiosRequestConfig<string | Buffer>, 'headers'>;

  constructor({ timeoutMs, maxSockets = 128 }: PlatformClientOptions) {
    this.#timeoutMs = timeoutMs;
    const pool = { keepAlive: true, maxSockets, maxFreeSockets: maxSockets, scheduling: 'lifo' as const };
    this.#agents = { http: new http.Agent(pool), https: new https.Agent(pool) };
    this.#settings = {
      method: 'post',
      httpAgent: this.#agents.http,
      httpsAgent: this.#agents.https,
      proxy: false,
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      maxBodyLength: -1,
      responseType: 'text',
      validateStatus: null,
    };
  }

  /** Never rejects. */
  async post({ url, data, headers, signal, timeoutMs = this.#timeoutMs }: PostRequest): Promise<CallOutcome> {
    if (signal?.aborted) return { kind: 'not-sent', code: 'aborted' };
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort('timeout'), timeoutMs);
    const abort = () => deadline.abort('aborted');
    if (signal) {
      // One signal may stand for very many sends at a time (the process stops); that is no leak.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', abort, { once: true });
    }
    const wire = { connected: false };
    try {
      const answer = await callByHttp({
        ...this.#settings,
        url,
        data,
        headers: new AxiosHeaders(headers),
        signal: deadline.signal,
        transport: watchedTransport(url.startsWith('https:'), wire),
      });
      return {
        kind: 'answer',
        status: answer.status,
        json: readJson(answer.data as unknown),
        header: (name) =>
          AxiosHeaders.from(answer.headers as AxiosHeaders)
            .get(name)
            ?.toString(),
      };
    } catch (thrown) {
      const code = deadline.signal.aborted ? String(deadline.signal.reason) : networkCode(thrown);
      return wire.connected ? { kind: 'lost', code } : { kind: 'not-sent', code };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    }
  }

  close(): void {
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }
}

/** Node's own request, watched: nothing leaves before the connection stands (for https: before the handshake is done). */
function watchedTransport(secure: boolean, wire: { connected: boolean }) {
  return {
    request(options: https.RequestOptions, handle: (answer: http.IncomingMessage) => void): http.ClientRequest {
      const request = secure ? https.request(options, handle) : http.request(options, handle);
      request.once('socket', (socket) => {
        if (request.reusedSocket || !socket.connecting) {
          wire.connected = true;
          return;
        }
        socket.once(secure ? 'secureConnect' : 'connect', () => {
          wire.connected = true;
        });
      });
      return request;
    },
  };
}

function readJson(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return parseBigSafe(data);
  } catch {
    return undefined; // a gateway's HTML; the caller decides by status
  }
}

/** Short and safe for a reason code: the network's error name, never a message. */
function networkCode(thrown: unknown): string {
  const code = isAxiosError(thrown) ? thrown.code : undefined;
  return (code ?? 'network').toLowerCase().replaceAll('_', '-');
}
