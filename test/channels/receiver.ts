// A webhook address for the simulators: checks and parses with a channel as the bot does, and keeps what came out.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Channel, InboundBody, InboundEvent, Verdict } from '../../src/channels/channel.js';

export interface Receiver {
  url: string;
  verdicts: Verdict['verdict'][];
  events: InboundEvent[];
  /** What citizens and officers did, in order. */
  bodies(): InboundBody[];
  close(): Promise<void>;
}

/** `channel` is asked for late: it needs the simulator's address, which needs this one's. */
export async function startReceiver(channel: () => Channel): Promise<Receiver> {
  const receiver: Receiver = {
    url: '',
    verdicts: [],
    events: [],
    bodies: () => receiver.events.flatMap((event) => (event.type === 'lane' ? [event.body] : [])),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      const challenge = channel().handshake?.(new URL(request.url ?? '', 'http://bot').searchParams);
      response.writeHead(challenge === undefined ? 403 : 200, { 'content-type': 'text/plain' }).end(challenge);
      return;
    }
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const result = channel().verify(request.headers, Buffer.concat(chunks));
      receiver.verdicts.push(result.verdict);
      if (result.verdict === 'ok') receiver.events.push(...channel().parse(result.body));
      response.writeHead(result.verdict === 'refused' ? 401 : 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`;
  return receiver;
}

/** Resolves once `condition` holds. */
export async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('the awaited condition never held');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
