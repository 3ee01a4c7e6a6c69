// Everything that must not outlive the run: processes and folders. Ended at the end, also on Ctrl+C and when something throws.
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const living = new Set<ChildProcess>();
const folders = new Set<string>();

/** `endAll` kills it if it still lives. */
export function keepTrackOf(child: ChildProcess): ChildProcess {
  living.add(child);
  child.once('exit', () => living.delete(child));
  child.once('error', () => living.delete(child));
  return child;
}

export function spawnMortal(program: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  return keepTrackOf(spawn(program, args, options));
}

export function isAlive(child: ChildProcess | undefined): child is ChildProcess {
  return child !== undefined && child.exitCode === null && child.signalCode === null && child.pid !== undefined;
}

/** Also one that is stopped. */
export async function killNow(child: ChildProcess | undefined): Promise<void> {
  if (!isAlive(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

/** In the system's own place for such folders unless told otherwise. */
export function temporaryFolder(under = tmpdir()): string {
  const folder = mkdtempSync(join(under, 'mot-cua-'));
  folders.add(folder);
  return folder;
}

export async function removeFolder(folder: string): Promise<void> {
  folders.delete(folder);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Folders go when the processes that write into them are gone. */
export async function endAll(): Promise<void> {
  await Promise.all([...living].map(killNow));
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  folders.clear();
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
