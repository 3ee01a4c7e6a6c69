// Recorded requests of the platforms, by file name.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, 'payloads');

export function payloadNames(platform: 'zalo' | 'messenger'): string[] {
  return readdirSync(join(FOLDER, platform))
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

export function payloadBytes(platform: 'zalo' | 'messenger', name: string): Buffer {
  return readFileSync(join(FOLDER, platform, `${name}.json`));
}
