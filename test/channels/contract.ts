// What every channel must do, whatever its platform: run by each platform's tests.
import fc from 'fast-check';
import type { Channel, HttpHeaders, SendOptions, SendResult } from '../../src/channels/channel.js';
import { citizenLane } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import { activities, level, saidBy } from './activities.js';
import { payloadBytes, payloadNames } from './payloads.js';
import { html, type PlatformServer, reset, silence, startPlatform } from './platform-server.js';

export interface ChannelUnderTest {
  name: 'zalo' | 'messenger';
  account: string;
  /** A channel that talks to the platform at `url`, with a time limit short enough for tests. */
  create(url: string, timeoutMs?: number): Channel;
  /** Headers for a body signed with each secret that is accepted now, and with one that is not. */
  signed: { accepted: readonly ((body: Buffer) => HttpHeaders)[]; refused(body: Buffer): HttpHeaders };
  /** A body signed although it is not JSON. */
  unreadable: Buffer;
  signatureHeader: string;
  /** All text that a message of this platform shows. */
  shown(body: JsonObject): string;
  /** The simpler form of a message that the platform refused for its shape; empty when there is none. */
  simplify(body: JsonObject): JsonObject[];
  /** Throws where a message breaks a limit of the platform. */
  checkLimits(body: JsonObject): void;
}

export const PATIENT: SendOptions = { ref: 'out-1.0', priority: 'reply', signal: new AbortController().signal };

export function channelContract(subject: ChannelUnderTest): void {
  const { name, account, signed } = subject;
  const nowhere = 'http://127.0.0.1:9';
  const lane = citizenLane({ channel: name, account, user: '3000400050006000700' });

  describe('verify', () => {
    const channel = subject.create(nowhere);
    const sample = payloadBytes(name, 'text');

    it.each(signed.accepted.map((sign, index) => [index + 1, sign] as const))('accepts secret %i', (_index, sign) => {
      expect(channel.verify(sign(sample), sample)).toMatchObject({ verdict: 'ok', body: expect.any(Object) });
    });

    it('refuses another secret, a changed byte and a missing signature', () => {
      const changed = Buffer.from(sample);
      changed[changed.length - 3] = 0x20;
      const sign = signed.accepted[0] ?? signed.refused;
      expect(channel.verify(signed.refused(sample), sample)).toMatchObject({ verdict: 'refused' });
      expect(channel.verify(sign(sample), changed)).toMatchObject({ verdict: 'refused' });
      expect(channel.verify({}, sample)).toMatchObject({ verdict: 'refused' });
    });

    it('hashes the bytes as they came, not the object they mean', () => {
      const spaced = Buffer.from(JSON.stringify(JSON.parse(sample.toString('utf8')), null, 3));
      const escaped = Buffer.from(sample.toString('utf8').replace('ồ', '\\u1ed3'));
      for (const bytes of [spaced, escaped]) {
        const sign = signed.accepted[0] ?? signed.refused;
        expect(channel.verify(sign(bytes), bytes)).toMatchObject({ verdict: 'ok' });
        expect(channel.verify(sign(sample), bytes)).toMatchObject({ verdict: 'refused' });
      }
    });

    it('refuses any other header without throwing', () => {
      const headers = fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.array(fc.string()),
        fc.constant(`sha256=${'z'.repeat(64)}`),
      );
      fc.assert(
        fc.property(headers, fc.uint8Array(), (header, bytes) => {
          const verdict = channel.verify({ [subject.signatureHeader]: header as string }, Buffer.from([...bytes, 1]));
          expect(verdict.verdict).toBe('refused');
        }),
        { numRuns: 200 },
      );
    });

    it('says unreadable for what is signed but not JSON', () => {
      const sign = signed.accepted[0] ?? signed.refused;
      expect(channel.verify(sign(subject.unreadable), subject.unreadable)).toEqual({
        verdict: 'unreadable',
        reason: 'not-json',
      });
    });
  });

  describe('parse', () => {
    const channel = subject.create(nowhere);

    it('never throws for any JSON and always says something that can be stored', () => {
      fc.assert(
        fc.property(fc.jsonValue(), (body) => {
          const events = channel.parse(body);
          expect(JSON.parse(JSON.stringify(events))).toEqual(events);
        }),
        { numRuns: 500 },
      );
    });

    it('never throws for a recorded webhook with any part exchanged', () => {
      const recorded = payloadNames(name).map(
        (file) => JSON.parse(payloadBytes(name, file).toString('utf8')) as unknown,
      );
      fc.assert(
        fc.property(fc.constantFrom(...recorded), fc.nat(), fc.jsonValue({ maxDepth: 2 }), (body, at, part) => {
          for (const event of channel.parse(exchange(body, at, part))) {
            if (event.type !== 'lane') continue;
            expect(event.id.startsWith(`${name}:${account}:`)).toBe(true);
            expect(event.lane.startsWith(`${name}:${account}:`)).toBe(true);
            expect(Number.isFinite(event.at)).toBe(true);
          }
        }),
        { numRuns: 2000 },
      );
    });

    it('gives a repeated delivery the same event ids', () => {
      for (const file of payloadNames(name)) {
        const ids = () =>
          channel
            .parse(JSON.parse(payloadBytes(name, file).toString('utf8')))
            .map((event) => ('id' in event ? event.id : ''));
        expect(ids()).toEqual(ids());
      }
    });
  });

  describe('render', () => {
    const channel = subject.create(nowhere);
    const simplerOr = (body: JsonObject): JsonObject[] => {
      const simpler = subject.simplify(body);
      return simpler.length === 0 ? [body] : simpler;
    };

    it('loses no word of any activity and keeps every limit, in the simpler form too', () => {
      fc.assert(
        fc.property(activities, (activity) => {
          const calls = channel.render(activity);
          const forms = [calls.map(({ body }) => body), calls.flatMap(({ body }) => simplerOr(body))];
          for (const bodies of forms) {
            for (const body of bodies) subject.checkLimits(body);
            const shown = level(bodies.map((body) => subject.shown(body)).join('\n'));
            for (const said of saidBy(activity)) expect(shown).toContain(said);
          }
        }),
        { numRuns: 150, endOnFailure: true },
      );
    });

    it('renders nothing for nothing', () => {
      expect(channel.render({ type: 'message', text: ' \n ' })).toEqual([]);
    });
  });

  describe('send', () => {
    let platform: PlatformServer;
    beforeEach(async () => {
      platform = await startPlatform();
    });
    afterEach(() => platform.close());

    const sendTo = async (url: string, options: Partial<SendOptions> = {}, timeoutMs?: number): Promise<SendResult> => {
      const channel = subject.create(url, timeoutMs);
      const result = await channel.send(lane, { text: 'Xin chào' }, { ...PATIENT, ...options });
      await channel.stop();
      return result;
    };

    it('retries what surely did not leave: nobody listens, no such host', async () => {
      await platform.close();
      expect(await sendTo(platform.url)).toMatchObject({ outcome: 'retry', reason: `${name}.network.econnrefused` });
      expect(await sendTo('http://platform.invalid')).toMatchObject({ outcome: 'retry' });
    });

    it('does not know after a silence or a broken connection', async () => {
      platform.answer = silence;
      expect(await sendTo(platform.url, {}, 60)).toEqual({ outcome: 'unknown', reason: `${name}.network.timeout` });
      platform.answer = reset;
      expect(await sendTo(platform.url)).toEqual({ outcome: 'unknown', reason: `${name}.network.econnreset` });
    });

    it('does not know after a gateway answered with a page of its own', async () => {
      platform.answer = html(502);
      expect(await sendTo(platform.url)).toEqual({ outcome: 'unknown', reason: `${name}.http-502` });
      platform.answer = html(200);
      expect(await sendTo(platform.url)).toEqual({ outcome: 'unknown', reason: `${name}.http-200` });
    });

    it('pauses the account when told to slow down, for the time it is told', async () => {
      platform.answer = html(429, { 'retry-after': '7' });
      expect(await sendTo(platform.url)).toEqual({ outcome: 'pause', afterMs: 7000, reason: `${name}.http-429` });
    });

    it('pauses the account when the address is wrong', async () => {
      platform.answer = html(404);
      expect(await sendTo(platform.url)).toMatchObject({ outcome: 'pause', reason: `${name}.http-404` });
    });

    it('sends nothing once the caller has given up', async () => {
      const result = await sendTo(platform.url, { signal: AbortSignal.abort() });
      expect(result).toMatchObject({ outcome: 'retry' });
      expect(platform.seen).toEqual([]);
    });

    it('does not know when the caller gives up while the answer is awaited', async () => {
      const caller = new AbortController();
      platform.answer = () => caller.abort();
      expect(await sendTo(platform.url, { signal: caller.signal })).toEqual({
        outcome: 'unknown',
        reason: `${name}.network.aborted`,
      });
    });

    it('gives up on an account that is not configured', async () => {
      const channel = subject.create(platform.url);
      const stranger = citizenLane({ channel: name, account: '1', user: '2' });
      expect(await channel.send(stranger, { text: 'a' }, PATIENT)).toEqual({
        outcome: 'give-up',
        reason: `${name}.unknown-account`,
      });
      await channel.stop();
    });
  });
}

/** The value with the part number `at` (counted through the whole tree) replaced. */
function exchange(body: unknown, at: number, part: unknown): unknown {
  const size = count(body);
  let left = at % size;
  const walk = (value: unknown): unknown => {
    if (left === 0) {
      left -= 1;
      return part;
    }
    left -= 1;
    if (Array.isArray(value)) return value.map(walk);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, walk(inner)]));
    }
    return value;
  };
  return walk(body);
}

function count(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1;
  return 1 + Object.values(value).reduce((sum: number, inner) => sum + count(inner), 0);
}
