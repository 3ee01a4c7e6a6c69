// Pictures and files of our own, sent through both simulated platforms: uploaded when they are sent, once, and shown on the phone.
import type { AddressInfo } from 'node:net';
import { demoAccounts } from '../../simulators/accounts.js';
import { type Simulators, startSimulators } from '../../simulators/start.js';
import { type OwnFile, ownFileActivity } from '../../src/channels/activity.js';
import type { Channel, SendResult } from '../../src/channels/channel.js';
import { Governor } from '../../src/channels/governor.js';
import { createMessengerChannel } from '../../src/channels/messenger/messenger.js';
import { UploadedFiles } from '../../src/channels/own-files.js';
import { createZaloChannel } from '../../src/channels/zalo/zalo.js';
import { StorageUnavailable } from '../../src/lib/errors.js';
import { type ChannelName, citizenLane } from '../../src/lib/ids.js';
import { silentLog } from '../../src/lib/log.js';
import { PATIENT } from './contract.js';
import { MemoryTokens } from './memory-tokens.js';

const PICTURE: OwnFile = { blob: 'b-picture', kind: 'image', name: 'mẫu "tờ khai".jpg', mimeType: 'image/jpeg' };
const PDF: OwnFile = { blob: 'b-pdf', kind: 'file', name: 'giấy hẹn.pdf', mimeType: 'application/pdf' };
const BYTES: Readonly<Record<string, Buffer>> = {
  'b-picture': Buffer.from([0xff, 0xd8, 0xff, 0x0d, 0x0a, 0x2d, 0x2d, 0x00]),
  'b-pdf': Buffer.from('%PDF-1.7\r\n\r\n--%%EOF'),
};

let simulators: Simulators;
let down = false;
let read: string[] = [];

const files = {
  async get(id: string) {
    if (down) throw new StorageUnavailable('blobs');
    read.push(id);
    const bytes = BYTES[id];
    if (bytes === undefined) return undefined;
    return { info: { id, lane: 'l', mimeType: 'x/y', sizeBytes: bytes.length, createdAt: 0 }, bytes };
  },
};

beforeEach(async () => {
  simulators = await startSimulators({ botUrl: 'http://127.0.0.1:9' });
  down = false;
  read = [];
});
afterEach(() => simulators.close());

const { zalo, messenger } = demoAccounts;

function channelOf(name: ChannelName): { channel: Channel; user: string; shown: () => ReturnType<typeof messagesOf> } {
  const { url } = simulators;
  if (name === 'zalo') {
    const user = simulators.zalo.createUser().id;
    simulators.zalo.acts.follow(user, {});
    const channel = createZaloChannel({
      app: { id: zalo.appId, secret: zalo.appSecret },
      accounts: [{ oaId: zalo.oaId, oaSecretKeys: [zalo.oaSecretKey] }],
      urls: { api: `${url}/zalo/openapi`, oauth: `${url}/zalo/oauth`, template: `${url}/zalo/template` },
      tokens: new MemoryTokens(),
      seedTokens: { [zalo.oaId]: { accessToken: zalo.accessToken, refreshToken: zalo.refreshToken } },
      clock: Date.now,
      governor: new Governor(),
      files,
      log: silentLog,
    });
    return { channel, user, shown: () => messagesOf(name, user) };
  }
  const user = simulators.messenger.createUser().id;
  simulators.messenger.acts.say(user, { text: 'xin chào' });
  const channel = createMessengerChannel({
    app: { id: messenger.appId, secret: messenger.appSecret },
    accounts: [{ pageId: messenger.pageId, accessToken: messenger.pageAccessToken }],
    verifyToken: messenger.verifyToken,
    urls: { graph: `${url}/messenger` },
    graphVersion: 'v25.0',
    governor: new Governor(),
    files,
    log: silentLog,
  });
  return { channel, user, shown: () => messagesOf(name, user) };
}

function messagesOf(name: ChannelName, user: string) {
  return simulators[name].conversation(user).messages.filter(({ from }) => from === 'bot');
}

async function send(
  name: ChannelName,
  { channel, user }: ReturnType<typeof channelOf>,
  file: OwnFile,
): Promise<SendResult> {
  const account = name === 'zalo' ? zalo.oaId : messenger.pageId;
  const calls = channel.render(ownFileActivity(file));
  expect(calls).toHaveLength(1);
  // What waits in the outbox has the blob's id and no bytes.
  expect(JSON.stringify(calls)).toContain(file.blob);
  return channel.send(citizenLane({ channel: name, account, user }), calls[0]?.body ?? {}, PATIENT);
}

describe.each(['zalo', 'messenger'] as const)('a file of ours to %s', (name) => {
  it('arrives as a picture with its very bytes', async () => {
    const to = channelOf(name);
    expect(await send(name, to, PICTURE)).toMatchObject({ outcome: 'sent' });
    const [message] = to.shown();
    const seen = await fetch(message?.image ?? '');
    expect(seen.headers.get('content-type')).toBe('image/jpeg');
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(BYTES['b-picture']);
    await to.channel.stop();
  });

  it('arrives as a file under its name', async () => {
    const to = channelOf(name);
    expect(await send(name, to, PDF)).toMatchObject({ outcome: 'sent' });
    const { file } = to.shown()[0] ?? {};
    expect(file?.name).toBe('giấy hẹn.pdf');
    expect(await (await fetch(file?.url ?? '')).text()).toBe('%PDF-1.7\r\n\r\n--%%EOF');
    await to.channel.stop();
  });

  it('is uploaded once however often it is sent, and again when the platform no longer has it', async () => {
    const to = channelOf(name);
    await send(name, to, PICTURE);
    await send(name, to, PICTURE);
    expect(read).toEqual(['b-picture']);
    if (name === 'zalo') simulators.zalo.state.uploads.clear();
    else simulators.messenger.state.attachments.clear();
    expect(await send(name, to, PICTURE)).toMatchObject({ outcome: 'retry' });
    expect(await send(name, to, PICTURE)).toMatchObject({ outcome: 'sent' });
    expect(read).toEqual(['b-picture', 'b-picture']);
    await to.channel.stop();
  });

  it('is given up when it was deleted, and tried again while the storage is away', async () => {
    const to = channelOf(name);
    const gone = { ...PDF, blob: 'b-gone' };
    expect(await send(name, to, gone)).toEqual({ outcome: 'give-up', reason: `${name}.file-gone` });
    down = true;
    expect(await send(name, to, PDF)).toMatchObject({ outcome: 'retry', reason: `${name}.storage-unavailable` });
    await to.channel.stop();
  });
});

it('renews Zalo’s token on the way', async () => {
  const to = channelOf('zalo');
  simulators.zalo.state.tokens.expireAccess();
  expect(await send('zalo', to, PDF)).toMatchObject({ outcome: 'sent' });
  await to.channel.stop();
});

it('is refused by Zalo when it is too large or of no known type', async () => {
  const to = channelOf('zalo');
  expect(await send('zalo', to, { ...PDF, mimeType: 'text/html', name: 'a.html' })).toEqual({
    outcome: 'give-up',
    reason: 'zalo.upload-empty',
  });
  await to.channel.stop();
});

it('is no message and can be tried again when the upload gets no answer', async () => {
  const { createServer } = await import('node:http');
  const server = createServer((req) => req.socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const channel = createMessengerChannel({
    app: { id: '1', secret: 's' },
    accounts: [{ pageId: '2', accessToken: 't' }],
    verifyToken: 'v',
    urls: { graph: url },
    graphVersion: 'v25.0',
    governor: new Governor(),
    files,
    log: silentLog,
  });
  const lane = citizenLane({ channel: 'messenger', account: '2', user: '3' });
  const [call] = channel.render(ownFileActivity(PICTURE));
  expect(await channel.send(lane, call?.body ?? {}, PATIENT)).toMatchObject({ outcome: 'retry' });
  await channel.stop();
  server.close();
});

describe('what was uploaded', () => {
  it('is remembered per account until its time, and not for ever', () => {
    let now = 0;
    const uploaded = new UploadedFiles(100, () => now);
    uploaded.keep('a', PDF, 'id');
    expect([uploaded.idOf('a', PDF), uploaded.idOf('b', PDF)]).toEqual(['id', undefined]);
    now = 100;
    expect(uploaded.idOf('a', PDF)).toBeUndefined();
    for (let i = 0; i < 600; i++) uploaded.keep('a', { blob: `b${i}` }, 'id');
    expect(uploaded.idOf('a', { blob: 'b0' })).toBeUndefined();
    expect(uploaded.idOf('a', { blob: 'b599' })).toBe('id');
  });
});
