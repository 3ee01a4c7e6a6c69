// CPU time of another process, as Linux tells it.
import { readFileSync } from 'node:fs';

/** User and system time of all threads so far, milliseconds; 0 elsewhere. Ticks are hundredths of a second wherever Node runs. */
export function cpuMsOf(pid: number | undefined): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}
