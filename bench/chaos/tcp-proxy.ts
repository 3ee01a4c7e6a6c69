// A line that can be cut, stalled and laid to another place: between a worker and its Redis, between a Redis and its replica,
// and, with several places, the balancer before the bots. It knows nothing of what passes.
import { connect, createServer, type Server, type Socket } from 'node:net';

interface Link {
  near: Socket;
  far: Socket;
}

export class TcpProxy {
  private readonly links = new Set<Link>();
  private state: 'open' | 'cut' | 'stalled' = 'open';
  private nth = 0;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private places: () => readonly number[],
  ) {
    server.on('connection', (near) => this.take(near));
  }

  /** `places`: ports of this machine, asked for at each connection and used in turn; one that refuses is passed over. */
  static open(places: () => readonly number[]): Promise<TcpProxy> {
    const server = createServer();
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        const port = typeof address === 'object' && address !== null ? address.port : 0;
        resolve(new TcpProxy(server, port, places));
      });
    });
  }

  /** Every connection breaks, and new ones break at once. */
  cut(): void {
    this.state = 'cut';
    this.breakAll();
  }

  /** Nothing passes any more, and nobody is told: what was on its way arrives after `restore`, or never after `cut`. */
  stall(): void {
    this.state = 'stalled';
    for (const { near, far } of this.links) {
      near.pause();
      far.pause();
    }
  }

  restore(): void {
    this.state = 'open';
    for (const { near, far } of this.links) {
      near.resume();
      far.resume();
    }
  }

  /** From now on elsewhere; connections to the place before break. */
  layTo(port: number): void {
    this.places = () => [port];
    this.breakAll();
  }

  async close(): Promise<void> {
    this.breakAll();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private breakAll(): void {
    for (const { near, far } of this.links) {
      near.destroy();
      far.destroy();
    }
    this.links.clear();
  }

  private take(near: Socket): void {
    near.on('error', () => near.destroy());
    if (this.state === 'cut') {
      near.destroy();
      return;
    }
    this.nth += 1;
    this.join(near, this.places(), 0);
  }

  private join(near: Socket, places: readonly number[], refused: number): void {
    const port = places[(this.nth + refused) % places.length];
    if (port === undefined || refused >= places.length) {
      near.destroy();
      return;
    }
    const far = connect(port, '127.0.0.1');
    far.once('error', () => {
      far.destroy();
      this.join(near, places, refused + 1);
    });
    far.once('connect', () => {
      far.removeAllListeners('error');
      this.carry({ near, far });
    });
  }

  private carry(link: Link): void {
    const { near, far } = link;
    this.links.add(link);
    const forget = () => this.links.delete(link);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true);
      from.on('error', () => to.destroy());
      from.on('data', (bytes: Buffer) => to.write(bytes));
      from.on('end', () => to.end());
      from.on('close', () => {
        forget();
        to.destroySoon();
      });
    }
    if (near.destroyed) far.destroy();
    if (this.state === 'cut') {
      near.destroy();
      far.destroy();
    } else if (this.state === 'stalled') {
      near.pause();
      far.pause();
    }
  }
}
