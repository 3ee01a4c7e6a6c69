// Reads YAML folders (templates/, help/) for the start. The only file access of the flows; what it means is decided elsewhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './texts.js';

/** Every `.yaml` file directly in `folder`, by name. Throws what the file system throws. */
export function readYamlFolder(folder: string): SourceFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ path: join(folder, name), content: readFileSync(join(folder, name), 'utf8') }));
}
