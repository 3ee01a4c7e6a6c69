// How long this process's main thread went without turning: by the clock, and in CPU time of the thread itself. The difference is
// time in which the system let other programs run. Linux tells the thread's CPU time; elsewhere only the clock is known.
import { closeSync, openSync, readSync } from 'node:fs';
import { PerformanceObserver } from 'node:perf_hooks';

const LOOK_EVERY_MS = 1;

export interface Blocked {
  /** Milliseconds by the clock. */
  longestMs: number;
  /** Milliseconds of the thread's own CPU in one go; undefined where the system does not tell. Exact to about a scheduler tick. */
  ownMs?: number;
  /** Longest pause of the garbage collector, by the clock. */
  collectorMs: number;
}

export class MainThreadWatch {
  private readonly schedstat = open();
  private readonly buffer = Buffer.alloc(64);
  private longestMs = 0;
  private ownMs = 0;
  private collectorMs = 0;
  private lastAt = performance.now();
  private lastCpu = this.cpuMs();

  constructor() {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) this.collectorMs = Math.max(this.collectorMs, duration);
    }).observe({ entryTypes: ['gc'] });
    this.look();
  }

  /** The longest since the last question. */
  take(): Blocked {
    const { longestMs, collectorMs } = this;
    const found = { longestMs, collectorMs, ...(this.schedstat === undefined ? {} : { ownMs: this.ownMs }) };
    this.longestMs = 0;
    this.ownMs = 0;
    this.collectorMs = 0;
    return found;
  }

  private look(): void {
    setTimeout(() => {
      const [now, cpu] = [performance.now(), this.cpuMs()];
      this.longestMs = Math.max(this.longestMs, now - this.lastAt - LOOK_EVERY_MS);
      this.ownMs = Math.max(this.ownMs, cpu - this.lastCpu);
      this.lastAt = now;
      this.lastCpu = cpu;
      this.look();
    }, LOOK_EVERY_MS).unref();
  }

  private cpuMs(): number {
    if (this.schedstat === undefined) return 0;
    const length = readSync(this.schedstat, this.buffer, 0, this.buffer.length, 0);
    return Number(this.buffer.toString('latin1', 0, Math.min(length, this.buffer.indexOf(0x20)))) / 1e6;
  }
}

function open(): number | undefined {
  try {
    const file = openSync('/proc/self/schedstat', 'r');
    if (readSync(file, Buffer.alloc(64), 0, 64, 0) > 0) return file;
    closeSync(file);
  } catch {
    // Not Linux, or a kernel without it: the clock alone.
  }
  return undefined;
}
