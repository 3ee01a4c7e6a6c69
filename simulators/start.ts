// Starts Zalo, Messenger and the portal with the phone page on one port: the demo, the bench and end-to-end tests begin
// here. Where settings come from is not known here (main.ts).
import http, { type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoAccounts, type SimulatorAccounts } from './accounts.js';
import type { MessengerSimulatorOptions } from './messenger/options.js';
import { createMessengerSimulator, type MessengerSimulator } from './messenger/server.js';
import { createBotProbe } from './phone/bot-probe.js';
import { createPhonePage } from './phone/server.js';
import { MediaShelf } from './platform/media.js';
import { createPortalSimulator, type PortalSimulator, type PortalSimulatorOptions } from './portal/server.js';
import { createSmsGateway, type SmsGateway } from './sms/gateway.js';
import type { ZaloSimulatorOptions } from './zalo/options.js';
import { createZaloSimulator, type ZaloSimulator } from './zalo/server.js';

type Placed = 'port' | 'host' | 'prefix';

export interface StartOptions {
  /** 0, the default, takes a free port. */
  port?: number;
  /** Where the bot listens, without a slash at the end; webhooks go to its `/webhooks/…`. */
  botUrl: string;
  /** The invented accounts; those of accounts.ts when left out. */
  accounts?: SimulatorAccounts;
  /** For load: no phones, no webhook log, no echoes, no rate limits. */
  lean?: boolean;
  /** What a test changes on top, for example a clock or a behaviour. */
  zalo?: Omit<ZaloSimulatorOptions, Placed>;
  messenger?: Omit<MessengerSimulatorOptions, Placed>;
  portal?: Omit<PortalSimulatorOptions, Placed>;
}

export interface Simulators {
  /** `http://127.0.0.1:PORT`; the phone page is at `/`, the simulators under `/zalo`, `/messenger`, `/portal` and `/sms`. */
  readonly url: string;
  readonly zalo: ZaloSimulator;
  readonly messenger: MessengerSimulator;
  readonly portal: PortalSimulator;
  readonly sms: SmsGateway;
  /** What people send: `acts.image(user, { url: url + media.put(bytes) })`. */
  readonly media: MediaShelf;
  close(): Promise<void>;
}

/** The port is taken by another program. */
export class PortTaken extends Error {
  constructor(readonly port: number) {
    super(`port ${port} is taken`);
  }
}

const HOST = '127.0.0.1';

/**
 * Listens on this machine only: whoever reaches the page can play any citizen.
 *
 * @example
 * const simulators = await startSimulators({ botUrl: 'http://127.0.0.1:3000' });
 * spawnBot(botSettings(simulators.url));
 */
export async function startSimulators(options: StartOptions): Promise<Simulators> {
  const { botUrl, accounts = demoAccounts, lean = false } = options;
  const media = new MediaShelf();
  let url = '';
  const shelve = (bytes: Buffer, type: string) => `${url}${media.put(bytes, type)}`;
  const zalo = await createZaloSimulator({
    ...accounts.zalo,
    webhookUrl: `${botUrl}/webhooks/zalo`,
    lean,
    ...(lean ? {} : { shelve }),
    ...options.zalo,
    port: null,
  });
  const messenger = await createMessengerSimulator({
    ...accounts.messenger,
    webhookUrl: `${botUrl}/webhooks/messenger`,
    lean,
    ...(lean ? {} : { shelve }),
    ...options.messenger,
    port: null,
  });
  const portal = await createPortalSimulator({
    apiKey: accounts.portal.apiKey,
    webhook: { url: `${botUrl}/webhooks/portal`, secret: accounts.portal.webhookSecret },
    ...options.portal,
  });
  const sms = createSmsGateway(accounts.sms);
  const page = createPhonePage({
    setup: {
      zalo: { base: '/zalo/__sim', name: accounts.zalo.oaName },
      messenger: { base: '/messenger/__sim', name: accounts.messenger.pageName },
      portal: { base: '/portal/__sim' },
      sms: { base: '/sms/__sim' },
    },
    status: createBotProbe({ botUrl, verifyToken: accounts.messenger.verifyToken }),
  });

  const houses = [zalo, messenger, portal, media, sms, page];
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    for (const house of houses) if (await house.handle(req, res)) return;
    res.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Nothing here. The phone page is at /\n');
  };
  const server = http.createServer((req, res) => {
    answer(req, res).catch((error: unknown) => {
      console.error('simulator failed to answer', error);
      res.destroy();
    });
  });
  server.keepAliveTimeout = 60_000;
  const close = async (): Promise<void> => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    await Promise.all([zalo.close(), messenger.close(), portal.close()]);
    server.closeAllConnections();
    await closed;
  };
  try {
    url = await listen(server, options.port ?? 0);
    return { url, zalo, messenger, portal, media, sms, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listen(server: http.Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, HOST, resolve);
  });
  return `http://${HOST}:${(server.address() as AddressInfo).port}`;
}
