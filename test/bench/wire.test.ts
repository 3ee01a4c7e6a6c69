// The bench's own HTTP reader: whatever way the bytes are cut on the network, the same messages come out.
import fc from 'fast-check';
import { type WireMessage, WireReader } from '../../bench/wire.js';

function read(pieces: readonly Buffer[]): { head: string; body: string }[] {
  const found: WireMessage[] = [];
  const reader = new WireReader((message) => found.push({ head: message.head, body: Buffer.from(message.body) }));
  for (const piece of pieces) reader.push(piece);
  return found.map(({ head, body }) => ({ head, body: body.toString('utf8') }));
}

function counted(body: string): Buffer {
  return Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
}

describe('the wire reader', () => {
  it('finds every message however the bytes are cut', () => {
    const bodies = ['OK', '', '{"error":0}', 'hồ sơ'];
    const bytes = Buffer.concat(bodies.map(counted));
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: bytes.length })), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length];
        const pieces = places.slice(1).map((end, index) => bytes.subarray(places[index] ?? 0, end));
        expect(read(pieces).map(({ body }) => body)).toEqual(bodies);
      }),
    );
  });

  it('takes an answer in chunks as one message', () => {
    const chunked = Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nOK\r\n0\r\n\r\n');
    expect(read([chunked, counted('next')])).toHaveLength(2);
  });

  it('keeps the status line readable', () => {
    expect(read([counted('OK')])[0]?.head.slice(9, 12)).toBe('200');
  });
});
