import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { workerFile } from '../../src/lib/worker-file.js';

const root = join(__dirname, '../..');
const urlOf = (path: string) => pathToFileURL(join(root, path)).href;

describe("a worker's entry file", () => {
  it('lies beside a compiled caller', () => {
    expect(workerFile(urlOf('dist/src/catalogue/catalogue.js'), './index-worker.js')).toBe(
      join(root, 'dist/src/catalogue/index-worker.js'),
    );
  });

  it('is the compiled one for a caller that runs as TypeScript', () => {
    const file = workerFile(urlOf('src/catalogue/catalogue.ts'), './index-worker.js');
    expect(file).toBe(join(root, 'dist/src/catalogue/index-worker.js'));
    expect(existsSync(file)).toBe(true);
  });

  it('that was never compiled is asked for by name', () => {
    expect(() => workerFile(urlOf('src/catalogue/catalogue.ts'), './no-worker.js')).toThrow(
      /no-worker\.js is missing: run/,
    );
  });
});
