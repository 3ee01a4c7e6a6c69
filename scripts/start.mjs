// `npm start`: the bot alone, with the settings of the environment and of .env. The bot runs in this very process, so that
// signals reach it and its exit code is ours.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './run.mjs';
import { build, install, requireNode } from './setup.mjs';

requireNode();
const entry = join(root, 'dist', 'src', 'main.js');
// A server that was built elsewhere brings dist/ and its packages along; nothing is compared there.
if (!existsSync(entry) || !existsSync(join(root, 'dist', 'intents-model.json'))) {
  install();
  build();
}
const settings = join(root, '.env');
// What the environment says wins over the file.
if (existsSync(settings)) process.loadEnvFile(settings);
// The compiled program starts when it is what Node was asked to run.
process.argv[1] = entry;
await import(pathToFileURL(entry).href);
