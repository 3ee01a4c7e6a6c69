// Streams of events over time; what goes over the wire is router.test.ts.
import type { Response } from 'express';
import { EventStreams } from '../../src/desk/event-streams.js';
import type { SignedIn } from '../../src/desk/route.js';
import type { OpenSession } from '../../src/desk/sessions.js';
import { SECOND } from '../../src/lib/clock.js';
import { silentLog } from '../../src/lib/log.js';
import { sessionIdOf } from '../../src/records/staff-sessions.js';

const who: SignedIn = { id: 'u1', username: 'le.hoa', name: 'Lê Hoa', grants: [], session: sessionIdOf('token') };

class Wire {
  readonly written: string[] = [];
  writableLength = 0;
  writableEnded = false;
  destroyed = false;
  readonly aborter = new AbortController();

  status = () => this;
  set = () => this;
  flushHeaders = () => undefined;
  write = (text: string) => this.written.push(text) > 0;
  end = () => {
    this.writableEnded = true;
    this.aborter.abort();
  };
  destroy = () => {
    this.destroyed = true;
    this.aborter.abort();
  };
}

function open(session: () => Promise<OpenSession | undefined>) {
  const streams = new EventStreams({ open: session }, silentLog);
  const wire = new Wire();
  let write: (event: string, data: object) => void = () => undefined;
  streams.open((given) => (write = given), wire as unknown as Response, who, wire.aborter);
  return { streams, wire, write: (event: string, data: object) => write(event, data) };
}

const signedIn = async (): Promise<OpenSession> => ({ who, mustChange: false });

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('a stream of events', () => {
  it('gives a sign of life every twenty seconds', async () => {
    const { wire, streams } = open(signedIn);
    await jest.advanceTimersByTimeAsync(19 * SECOND);
    expect(wire.written).toEqual([]);
    await jest.advanceTimersByTimeAsync(42 * SECOND);
    expect(wire.written).toHaveLength(3);
    expect(wire.written[0]).toMatch(/^event: ping\ndata: \{"at":\d+\}\n\n$/);
    streams.close();
    expect(wire.writableEnded).toBe(true);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is cut off when its browser does not read', async () => {
    const { wire, write } = open(signedIn);
    write('ticket', { id: 'HT-7K3F-92' });
    expect(wire.destroyed).toBe(false);
    wire.writableLength = 2 * 1024 * 1024;
    write('ticket', { id: 'HT-7K3F-92' });
    expect(wire.destroyed).toBe(true);
    write('ticket', { id: 'HT-7K3F-92' });
    expect(wire.written).toHaveLength(2);
  });

  it('outlasts a storage that does not answer for a moment', async () => {
    let down = true;
    const { wire } = open(async () => (down ? Promise.reject(new Error('down')) : signedIn()));
    await jest.advanceTimersByTimeAsync(5 * SECOND);
    down = false;
    await jest.advanceTimersByTimeAsync(5 * SECOND);
    expect(wire.writableEnded || wire.destroyed).toBe(false);
  });
});
