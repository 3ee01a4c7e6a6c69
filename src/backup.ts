// The programs behind `npm run backup`, `restore`, `rekey` and `retention`. They read the bot's own settings; what a
// home does is storage/backup/, what a file looks like storage/backup/archive.ts.
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, type Environment, readConfig } from './config.js';
import { CodedError, StorageUnavailable } from './lib/errors.js';
import { Sealer } from './lib/sealing.js';
import { FORMAT, type Header, writeArchive } from './storage/backup/archive.js';
import { archiveEntries, verifyArchive } from './storage/backup/archive-reader.js';
import { EmbeddedBackup } from './storage/backup/embedded.js';
import type { HomeBackup, Progress } from './storage/backup/home-backup.js';

const USAGE = {
  backup: `Usage: npm run backup -- FILE
Copies everything the bot keeps into FILE, which must not exist. The bot may run meanwhile. DATA_KEY is not in the copy.`,
  restore: `Usage: npm run restore -- FILE [--replace]
Puts a back-up into empty storage; the bot must be stopped. The file is checked whole before anything is written.
  --replace   take the place of what is there: it is lost`,
  rekey: `Usage: npm run rekey
Seals anew, under the first key of DATA_KEY, everything that lies under the others. With the embedded storage the bot must be stopped.`,
  retention: `Usage: npm run retention [-- --delete]
Shows by class how much is kept longer than its time, and changes nothing. The bot may run meanwhile.
  --delete   delete it`,
} as const;

export type Command = keyof typeof USAGE;

export interface Surroundings {
  env: Environment;
  /** One line to the operator. */
  say(line: string): void;
  /** Aborts when the operator gives up. */
  signal: AbortSignal;
}

/** Returns the exit code: 0 done, 1 not done (what was said tells why), 2 wrong arguments. */
export async function runCommand(command: Command, args: readonly string[], { env, say, signal }: Surroundings) {
  const progress = sparingly(say);
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { replace: { type: 'boolean' }, delete: { type: 'boolean' }, help: { type: 'boolean' } },
    });
    const [file] = positionals;
    const wanted = command === 'rekey' || command === 'retention' ? 0 : 1;
    const wrong =
      positionals.length !== wanted ||
      (values.replace === true && command !== 'restore') ||
      (values.delete === true && command !== 'retention');
    if (values.help === true || wrong) {
      say(USAGE[command]);
      return values.help === true ? 0 : 2;
    }
    const config = readConfig(env);
    const parts = { config, home: await homeOf(config), sealer: sealerOf(config), say, progress, signal };
    if (command === 'rekey') return await rekey(parts);
    if (command === 'retention') return await retain(values.delete === true, parts);
    // npm runs programs in the project's folder and tells where it was called.
    const path = resolve(env.INIT_CWD ?? '', file ?? '');
    return command === 'backup' ? await backUp(path, parts) : await restore(path, values.replace === true, parts);
  } catch (error) {
    say(explain(error));
    return isUsage(error) ? 2 : 1;
  }
}

interface Parts {
  config: Config;
  home: HomeBackup;
  /** Undefined when no key can be had: the embedded home has one of its own, in the folder that may be empty. */
  sealer: Sealer | undefined;
  say: (line: string) => void;
  progress: Progress;
  signal: AbortSignal;
}

/** Everything is written beside FILE and takes its name when it is whole. */
async function backUp(file: string, { home, sealer, say, progress, signal }: Parts): Promise<number> {
  if (existsSync(file)) throw new CodedError('backup.exists', `${basename(file)} is there already: name another file`);
  const at = new Date();
  let workFolder: string;
  try {
    workFolder = mkdtempSync(`${file}-unfinished-`);
  } catch (cause) {
    throw new CodedError('backup.folder', `nothing can be written into ${dirname(file)}`, { cause });
  }
  try {
    const half = join(workFolder, 'archive');
    const dump = await home.dump(workFolder, progress);
    const header: Header = {
      type: 'mot-cua-backup',
      format: FORMAT,
      ...dump.facts,
      program: programVersion(),
      at: at.toISOString(),
      keyIds: sealer?.keyIds ?? [],
    };
    try {
      await writeArchive(half, header, dump.entries, signal);
    } finally {
      await dump.close();
    }
    renameSync(half, file);
    const megabytes = (statSync(file).size / 1e6).toFixed(1);
    say(`${basename(file)}: ${megabytes} MB, the ${home.name} storage as it was at ${header.at}.`);
    say(
      `DATA_KEY is NOT in it. Without the key${sealer === undefined ? '' : ` ${sealer.keyIds.join(', ')}`} the copy cannot be opened: keep it in another place.`,
    );
    if (home.name === 'embedded' && existsSync(join(dirname(file), 'mot-cua.db')))
      say('This file lies beside the data itself: move it to another machine.');
    return 0;
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

async function restore(file: string, replace: boolean, { home, sealer, say, progress }: Parts): Promise<number> {
  progress('checking the file');
  const header = await verifyArchive(file, (read, entry) => {
    if (read.home === home.name) home.check(read, entry);
  });
  if (header.home !== home.name) {
    const settings = header.home === 'cluster' ? 'with REDIS_URL and MONGODB_URI' : 'without REDIS_URL and MONGODB_URI';
    throw new CodedError(
      'backup.other-home',
      `the back-up is one of the ${header.home} storage and fits only there: restore it ${settings}`,
    );
  }
  checkKeys(header, sealer, say);
  const restoring = await home.beginRestore();
  try {
    const occupied = await restoring.occupied();
    if (occupied !== undefined && !replace) {
      say(`Nothing was written: ${occupied}. To replace it by the back-up of ${header.at}, add --replace.`);
      return 1;
    }
    await restoring.replaceAll(header, archiveEntries(file), progress);
  } finally {
    await restoring.close();
  }
  say(`Restored the ${header.home} storage as it was at ${header.at}. Start the bot.`);
  say('Zalo refresh tokens work once: if the bot renewed them since, give it a new pair (docs/operations.md).');
  return 0;
}

/** A bot that cannot open what is pending would give it up message by message: better not to begin. */
function checkKeys({ keyIds }: Header, sealer: Sealer | undefined, say: (line: string) => void): void {
  const [current, ...older] = keyIds;
  if (current === undefined) return;
  const known = new Set(sealer?.keyIds);
  if (!known.has(current)) {
    const hint = 'give it in DATA_KEY, or put the file data-key of the old DATA_DIR into the new one';
    throw new CodedError('backup.key', `the back-up is sealed under the key ${current}, which is not here: ${hint}`);
  }
  const missing = older.filter((id) => !known.has(id));
  if (missing.length > 0) say(`Note: DATA_KEY lacks older keys of the back-up (${missing.join(', ')}).`);
}

async function rekey({ home, sealer, say, progress }: Parts): Promise<number> {
  if (sealer === undefined) throw new CodedError('backup.key', 'DATA_KEY is not set and DATA_DIR holds no data-key');
  const { resealed, left, unreadable } = await home.reseal(sealer, progress);
  say(`${resealed} values were sealed anew under the key ${sealer.keyIds[0]}.`);
  if (left.size > 0) {
    say(`Still under older keys: ${inWords(left)}. They go with their turns: run this again in a minute.`);
  }
  if (unreadable.size > 0) {
    say(
      `Not opened by any key of DATA_KEY: ${inWords(unreadable)}. Add the key they were sealed under, and run this again.`,
    );
  }
  if (left.size + unreadable.size > 0) return 1;
  say('Nothing is left under another key: the older keys can be taken out of DATA_KEY.');
  say('Back-ups made before still need them.');
  return 0;
}

/** Counts by class and nothing else: whose it was is nobody's business here. */
async function retain(remove: boolean, { home, say }: Parts): Promise<number> {
  const overdue = await home.overdue(Date.now(), remove);
  for (const [name, count] of overdue) say(`${name}: ${count}${remove ? ' deleted' : ' over'}`);
  if (overdue.size === 0) say('Nothing is kept longer than its time.');
  else if (!remove) say('Nothing was changed. To delete it, add --delete.');
  return 0;
}

function inWords(counts: ReadonlyMap<string, number>): string {
  return [...counts].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

export async function homeOf({ storage, dataDir }: Config): Promise<HomeBackup> {
  if (storage.home === 'embedded') return new EmbeddedBackup(dataDir);
  // Loaded only when chosen: the drivers take their time.
  const { ClusterBackup } = await import('./storage/backup/cluster.js');
  return new ClusterBackup(storage);
}

/** The keys the bot would use; none is made here. */
export function sealerOf({ dataKeys, dataDir }: Config): Sealer | undefined {
  if (dataKeys !== undefined) return new Sealer(dataKeys);
  const file = join(dataDir, 'data-key');
  if (!existsSync(file)) return undefined;
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32) throw new CodedError('data-key.unreadable', `${file} holds no data key`);
  return new Sealer([key]);
}

function programVersion(): string {
  const here = fileURLToPath(import.meta.url);
  const root = here.includes(join('dist', 'src')) ? '../../package.json' : '../package.json';
  const { version } = JSON.parse(readFileSync(new URL(root, import.meta.url), 'utf8')) as { version: string };
  return version;
}

const EVERY_MS = 2000;

/** Progress at most every two seconds: a line per slice would drown what matters. */
function sparingly(say: (line: string) => void): Progress {
  let last = 0;
  return (what) => {
    const now = performance.now();
    if (last !== 0 && now - last < EVERY_MS) return;
    last = now;
    say(`… ${what}`);
  };
}

export function isUsage(error: unknown): boolean {
  return String((error as { code?: unknown } | undefined)?.code).startsWith('ERR_PARSE_ARGS');
}

function nameOf(error: unknown): unknown {
  return (error as { name?: unknown } | undefined)?.name;
}

/** Says why in words an operator can use; never with a value of a setting or of the data. */
export function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof StorageUnavailable) return `The storage does not answer. [${error.code}]`;
  if (error instanceof CodedError) return `${error.message} [${error.code}]`;
  if (nameOf(error) === 'AbortError') return 'Given up; nothing was left behind.';
  if (isUsage(error)) return (error as Error).message;
  const { code } = (error ?? {}) as { code?: unknown };
  if (code === 'ENOSPC') return 'The disk is full. [ENOSPC]';
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Runs the program on the process's own streams: everything goes to stderr. */
export async function runBackup(args: readonly string[]): Promise<void> {
  const [command, ...rest] = args;
  if (command === undefined || !Object.hasOwn(USAGE, command))
    throw new Error(`one of ${Object.keys(USAGE).join(', ')}`);
  const giveUp = new AbortController();
  // A restore is not left half done for a keystroke; a copy is.
  if (command === 'backup') for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => giveUp.abort());
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  process.exitCode = await runCommand(command as Command, rest, { env: process.env, say, signal: giveUp.signal });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  void runBackup(process.argv.slice(2));
}
