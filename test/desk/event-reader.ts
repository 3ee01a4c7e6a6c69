// Reads a stream of server-sent events as a browser would, for tests.
import { until } from '../storage/until.js';

export interface ReadEvent {
  event: string;
  data: Record<string, unknown>;
}

export class EventReader {
  readonly events: ReadEvent[] = [];
  ended = false;
  private readonly aborter = new AbortController();

  private constructor() {}

  /** Resolves once the stream is open. */
  static async open(get: (signal: AbortSignal) => Promise<Response>): Promise<EventReader> {
    const reader = new EventReader();
    const response = await get(reader.aborter.signal);
    if (response.status !== 200 || response.body === null) throw new Error(`no stream: ${response.status}`);
    void reader.read(response.body);
    return reader;
  }

  /** The first of this kind that fits; waits for it. */
  async has(event: string, fits: (data: Record<string, unknown>) => boolean = () => true): Promise<ReadEvent> {
    const find = () => this.events.find((one) => one.event === event && fits(one.data));
    await until(() => find() !== undefined, `a ${event} event`);
    return find() as ReadEvent;
  }

  close(): void {
    this.aborter.abort();
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let rest = '';
    try {
      for await (const chunk of body) {
        const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const field = (name: string) =>
            block
              .split('\n')
              .find((line) => line.startsWith(`${name}: `))
              ?.slice(name.length + 2);
          this.events.push({ event: field('event') ?? '', data: JSON.parse(field('data') ?? '{}') });
        }
      }
    } catch {
      // Closed by the test.
    }
    this.ended = true;
  }
}
