// What the sections share: settings of a bot on the simulated accounts, and the processes around it.
import { botSettings } from '../simulators/accounts.js';
import type { Usage } from './bot.js';
import type { LoadResult, LoadRun } from './load-run.js';
import { BenchProcess } from './processes.js';
import { folderOnDisk } from './temporary.js';

export type BotProcess = BenchProcess<{ port: number }>;
export type LoadProcess = BenchProcess<Record<string, never>>;
export type TappedProcess = BenchProcess<{ port: number; tapPort: number }>;
export type SimulatedProcess = BenchProcess<{ url: string; tapPort: number }>;

export const startLoad = (): Promise<LoadProcess> => BenchProcess.start('load');
export const startSink = (): Promise<TappedProcess> => BenchProcess.start('sink');
export const startSimulated = (): Promise<SimulatedProcess> => BenchProcess.start('simulated');

export type BotKind = 'echo' | 'paused' | 'own-rate' | 'watched';

export interface BotOptions {
  kinds?: BotKind[];
  /** A fresh folder when left out. */
  dataDir?: string;
  /** On top of the settings below. */
  env?: Record<string, string>;
  /** The product's own number when left out. */
  turnsAtOnce?: number;
}

/** Settings of a bot that has a Zalo account and nothing else; `env` adds or, with an empty value, takes away. */
export function settings(dataDir: string, env: Record<string, string> = {}): Record<string, string> {
  const zalo = Object.entries(botSettings('http://127.0.0.1:9')).filter(([name]) => name.startsWith('ZALO_'));
  return { ...Object.fromEntries(zalo), PORT: '0', DATA_DIR: dataDir, ...env };
}

/** The real simulators' addresses, the portal's included. */
export function simulatedSettings(url: string): Record<string, string> {
  return botSettings(url);
}

export function startBotProcess({ kinds = [], dataDir, env = {}, turnsAtOnce }: BotOptions): Promise<BotProcess> {
  return BenchProcess.start('bot', {
    args: [...kinds, ...(turnsAtOnce === undefined ? [] : [`turns-at-once=${turnsAtOnce}`])],
    env: settings(dataDir ?? folderOnDisk(), env),
    execArgv: profiling(),
  });
}

/** `BENCH_PROFILE=folder`: the bot writes a CPU profile there when it ends. */
function profiling(): string[] {
  const folder = process.env.BENCH_PROFILE;
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

export interface Measured extends LoadResult {
  /** What the bot used for it. */
  bot: Usage;
}

/** One run of the load with the bot's cost of exactly that time. */
export async function measure(bot: BotProcess, load: LoadProcess, run: LoadRun): Promise<Measured> {
  await bot.ask<Usage>('usage');
  const result = await load.ask<LoadResult>('run', run);
  return { ...result, bot: await bot.ask<Usage>('usage') };
}
