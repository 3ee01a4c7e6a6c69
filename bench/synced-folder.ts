// A data folder that already holds the sample catalogue, as after the first start of a bot.
import { cpSync } from 'node:fs';
import type { SimulatedProcess } from './stage.js';
import { simulatedSettings, startBotProcess } from './stage.js';
import { folderOnDisk } from './temporary.js';
import { learned } from './watch.js';

let synced: string | undefined;

/** A copy of its own for every caller; the portal is asked once. */
export async function syncedFolder(simulated: SimulatedProcess): Promise<string> {
  synced ??= await sync(simulated);
  const folder = folderOnDisk();
  cpSync(synced, folder, { recursive: true });
  return folder;
}

async function sync(simulated: SimulatedProcess): Promise<string> {
  const dataDir = folderOnDisk();
  const bot = await startBotProcess({ dataDir, env: simulatedSettings(simulated.ready.url) });
  await learned(bot.ready.port);
  // It ends without goodbye, as in a crash: what counts is durable.
  await bot.stop();
  return dataDir;
}
