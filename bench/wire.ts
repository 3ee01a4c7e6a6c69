// HTTP/1.1 on a bare socket, one message at a time, for both ends of the bench: a client or server library would take more CPU
// from the two cores than what is measured. Understands what this bench's peers send, nothing more.
const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

export interface WireMessage {
  head: string;
  body: Buffer;
}

/** Bytes come in, whole messages go out. */
export class WireReader {
  private waiting: Buffer | undefined;

  constructor(private readonly onMessage: (message: WireMessage) => void) {}

  push(bytes: Buffer): void {
    let rest: Buffer | undefined = this.waiting === undefined ? bytes : Buffer.concat([this.waiting, bytes]);
    this.waiting = undefined;
    while (rest !== undefined && rest.length > 0) {
      const end = messageEnd(rest);
      if (end === undefined) {
        this.waiting = rest;
        return;
      }
      this.onMessage({ head: rest.toString('latin1', 0, end.head), body: rest.subarray(end.head + 4, end.whole) });
      rest = end.whole < rest.length ? rest.subarray(end.whole) : undefined;
    }
  }
}

/** Where head and message end, or undefined while bytes are missing. */
function messageEnd(bytes: Buffer): { head: number; whole: number } | undefined {
  const head = bytes.indexOf(HEAD_END);
  if (head === -1) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1];
  if (length !== undefined) {
    const whole = head + 4 + Number(length);
    return whole <= bytes.length ? { head, whole } : undefined;
  }
  const last = bytes.indexOf(LAST_CHUNK, head + 4);
  return last === -1 ? undefined : { head, whole: last + LAST_CHUNK.length };
}

/** Milliseconds on a clock that all processes of this machine share. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
