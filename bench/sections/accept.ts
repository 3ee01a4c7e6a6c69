// Webhooks accepted while no turns run, beside a bare node:http handler and an express handler with the same signature check and
// a durable write of their own. Rounds are interleaved, so that a busy moment of the machine meets all of them.

import type { Usage } from '../bot.js';
import { type LoadResult, type LoadRun, median } from '../load-run.js';
import { BenchProcess } from '../processes.js';
import type { Row } from '../report.js';
import { type LoadProcess, startBotProcess, startLoad } from '../stage.js';
import { folderOnDisk } from '../temporary.js';

const ROUNDS = 5;
const WARM_UP = 6_000;
const PER_ROUND = 12_000;
const AIM = 0.6;

interface Variant {
  what: string;
  port: number;
  /** CPU since the last question, milliseconds. */
  cpuMs(): Promise<number>;
  results: (LoadResult & { ownCpuMs: number })[];
}

export async function acceptSection(): Promise<Row[]> {
  const load = await startLoad();
  const bot = await startBotProcess({ kinds: ['paused'] });
  const bare = await startBare('node');
  const express = await startBare('express');
  const variants: Variant[] = [
    { what: 'Một Cửa', port: bot.ready.port, cpuMs: async () => (await bot.ask<Usage>('usage')).cpuMs, results: [] },
    { what: 'bare node:http', port: bare.ready.port, cpuMs: () => bare.ask('cpuMs'), results: [] },
    { what: 'express', port: express.ready.port, cpuMs: () => express.ask('cpuMs'), results: [] },
  ];
  for (const variant of variants) await round(load, variant, 'warm', WARM_UP);
  for (let number = 0; number < ROUNDS; number += 1) {
    for (const variant of variants) variant.results.push(await round(load, variant, `r${number}`, PER_ROUND));
  }
  await Promise.all([load, bot, bare, express].map((process) => process.stop()));
  return rows(variants);
}

async function round(load: LoadProcess, variant: Variant, name: string, count: number) {
  const run: LoadRun = { port: variant.port, name, count, users: 2_000, texts: TEXTS, until: 'accepted', atOnce: 64 };
  await variant.cpuMs();
  const result = await load.ask<LoadResult>('run', run);
  if (result.done !== count)
    throw new Error(`${variant.what}: ${result.refused} webhooks of ${count} were not accepted`);
  return { ...result, ownCpuMs: await variant.cpuMs() };
}

const TEXTS = ['đăng ký khai sinh cho con cần giấy tờ gì', 'hồ sơ của tôi tới đâu rồi ạ', 'xin chào'];

function startBare(kind: 'node' | 'express'): Promise<BenchProcess<{ port: number }>> {
  return BenchProcess.start('bare', { args: [kind, folderOnDisk()] });
}

function rows(variants: readonly Variant[]): Row[] {
  const [ours, bare] = variants;
  const ratios = (ours?.results ?? []).map(
    (result, index) => result.perSecond / (bare?.results[index]?.perSecond ?? 1),
  );
  return variants.map((variant): Row => {
    const of = (read: (result: Variant['results'][number]) => number) => median(variant.results.map(read));
    const row: Row = {
      section: 'accept: webhooks accepted, no turns (64 connections)',
      what: variant.what,
      figures: {
        'per s': of(({ perSecond }) => perSecond),
        'p50 ms': of(({ p50 }) => p50),
        'p99 ms': of(({ p99 }) => p99),
        'CPU ms each': of(({ ownCpuMs, done }) => ownCpuMs / done),
      },
    };
    if (variant !== ours) return row;
    const share = median(ratios);
    row.figures['of bare'] = share;
    return { ...row, aim: { text: `at least ${AIM} of the bare handler`, met: share >= AIM } };
  });
}
