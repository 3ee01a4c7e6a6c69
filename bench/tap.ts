// The line on which a stand-in for Zalo tells the load generator who got a message when: both ends of it.
import { connect, createServer, type Server, type Socket } from 'node:net';
import { sharedNow } from './wire.js';

/** User number (uint32) and time (double), little-endian. */
const RECORD_BYTES = 12;

export class Tap {
  readonly server: Server;
  private readonly watchers = new Set<Socket>();
  private pending: Buffer[] = [];

  constructor() {
    this.server = createServer((socket) => {
      socket.setNoDelay(true);
      this.watchers.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => this.watchers.delete(socket));
    });
  }

  /** A message for this user is here; negative numbers are nobody's. */
  note(user: number): void {
    if (user < 0) return;
    const record = Buffer.allocUnsafe(RECORD_BYTES);
    record.writeUInt32LE(user, 0);
    record.writeDoubleLE(sharedNow(), 4);
    // What arrives in one round of the event loop leaves in one write.
    if (this.pending.length === 0) setImmediate(() => this.flush());
    this.pending.push(record);
  }

  private flush(): void {
    const batch = Buffer.concat(this.pending);
    this.pending = [];
    for (const watcher of this.watchers) watcher.write(batch);
  }
}

export async function watchTap(port: number, onMessage: (user: number, at: number) => void): Promise<Socket> {
  let rest = Buffer.alloc(0);
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  socket.on('data', (bytes) => {
    const all = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
    let at = 0;
    for (; at + RECORD_BYTES <= all.length; at += RECORD_BYTES)
      onMessage(all.readUInt32LE(at), all.readDoubleLE(at + 4));
    rest = all.subarray(at);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  return socket;
}
