// The smallest bot that the phone page can be tried with: takes the platforms' webhooks and answers through their APIs
// with whatever a test gives it. It checks nothing; the real bot's tests do that.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoAccounts } from '../../simulators/accounts.js';

export interface Heard {
  app: 'zalo' | 'messenger';
  userId: string;
  /** What was written, or the payload of what was tapped. */
  text: string;
}

/** Bodies of `message` for the send call of the platform, one call each; `typing` shows the dots first. */
export type Answer = (heard: Heard) => object[];

export interface StubBot {
  readonly url: string;
  readonly heard: Heard[];
  /** Why answers did not arrive. */
  readonly failures: unknown[];
  /** Says where the platforms are, and how to answer from now on. */
  serve(simulators: string, answer: Answer): void;
  send(app: Heard['app'], userId: string, message: object | 'typing'): Promise<void>;
  stop(): Promise<void>;
}

/** @param port 0 takes a free one */
export async function startStubBot(port = 0): Promise<StubBot> {
  const heard: Heard[] = [];
  const failures: unknown[] = [];
  let platforms = '';
  let answer: Answer = () => [];

  const send = async (app: Heard['app'], userId: string, message: object | 'typing'): Promise<void> => {
    if (app === 'zalo') {
      await post(
        `${platforms}/zalo/openapi/v3.0/oa/message/cs`,
        { recipient: { user_id: userId }, message },
        { access_token: demoAccounts.zalo.accessToken },
      );
      return;
    }
    const what = message === 'typing' ? { sender_action: 'typing_on' } : { messaging_type: 'RESPONSE', message };
    const token = encodeURIComponent(demoAccounts.messenger.pageAccessToken);
    await post(`${platforms}/messenger/v25.0/me/messages?access_token=${token}`, {
      recipient: { id: userId },
      ...what,
    });
  };

  const server = http.createServer(async (req, res) => {
    const url = new URL(req.url ?? '/', 'http://bot');
    if (req.method === 'GET') {
      res.end(url.searchParams.get('hub.challenge') ?? '');
      return;
    }
    let body = '';
    for await (const chunk of req) body += chunk;
    res.end();
    for (const event of url.pathname === '/webhooks/zalo' ? fromZalo(body) : fromMessenger(body)) {
      heard.push(event);
      for (const message of answer(event)) {
        // A test may have told the platform to cut this very call; what the phone shows is what counts.
        await send(event.app, event.userId, message).catch((error: unknown) => failures.push(error));
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    failures,
    serve(simulators, how) {
      platforms = simulators;
      answer = how;
    },
    send,
    async stop() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function post(url: string, body: object, headers: Record<string, string> = {}): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok || /"error":\s*(?:-|\{)/.test(text)) throw new Error(`the simulator refused: ${text}`);
}

function fromZalo(body: string): Heard[] {
  const event = JSON.parse(body) as { event_name?: string; sender?: { id: string }; message?: { text?: string } };
  if (event.event_name !== 'user_send_text') return [];
  return [{ app: 'zalo', userId: event.sender?.id ?? '', text: event.message?.text ?? '' }];
}

interface MessengerEvent {
  sender: { id: string };
  message?: { is_echo?: true; text?: string; quick_reply?: { payload: string } };
  postback?: { payload: string };
}

function fromMessenger(body: string): Heard[] {
  const { entry } = JSON.parse(body) as { entry: { messaging?: MessengerEvent[] }[] };
  return entry
    .flatMap(({ messaging }) => messaging ?? [])
    .flatMap(({ sender, message, postback }) => {
      const text = postback?.payload ?? message?.quick_reply?.payload ?? message?.text;
      return text === undefined || message?.is_echo ? [] : [{ app: 'messenger' as const, userId: sender.id, text }];
    });
}
