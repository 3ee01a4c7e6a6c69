// One HTTP POST (or GET) to the bot's webhook within a time limit, over kept connections.
import http from 'node:http';
import https from 'node:https';

export interface WebhookAnswer {
  status: number;
  body: string;
}

export interface WebhookRequest {
  url: URL;
  method?: 'GET' | 'POST';
  headers: Record<string, string>;
  body: Buffer;
  deadlineMs: number;
}

export class WebhookConnections {
  readonly #http = new http.Agent({ keepAlive: true, maxSockets: 128 });
  readonly #https = new https.Agent({ keepAlive: true, maxSockets: 128 });

  /** Rejects when there is no complete answer in time. */
  async send(request: WebhookRequest): Promise<WebhookAnswer> {
    try {
      return await this.#once(request);
    } catch (error) {
      // A kept connection that the bot closed while it was idle says nothing about the bot: use a new one.
      if (error instanceof StaleConnection) return this.#once(request);
      throw error;
    }
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }

  #once(request: WebhookRequest): Promise<WebhookAnswer> {
    const secure = request.url.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const outgoing = (secure ? https : http).request(request.url, {
        method: request.method ?? 'POST',
        agent: secure ? this.#https : this.#http,
        headers: { ...request.headers, 'Content-Length': request.body.length },
      });
      const timer = setTimeout(
        () => outgoing.destroy(new Error(`no answer in ${request.deadlineMs} ms`)),
        request.deadlineMs,
      );
      const fail = (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        const stale = outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(stale ? new StaleConnection(error.message, { cause: error }) : error);
      };
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        let body = '';
        incoming.setEncoding('utf8');
        incoming.on('data', (chunk: string) => {
          if (body.length < 10_000) body += chunk;
        });
        incoming.on('error', fail);
        incoming.on('end', () => {
          clearTimeout(timer);
          resolve({ status: incoming.statusCode ?? 0, body });
        });
      });
      outgoing.end(request.body);
    });
  }
}

class StaleConnection extends Error {}
