// The built pages' weight: what a browser on a ward's slow line fetches before the first one stands.
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

it('loads the first page of the desk with less than 300 kB', () => {
  const url = pathToFileURL(join(resolve(__dirname, '../../scripts'), 'web.mjs')).href;
  const program = `const { firstLoad } = await import(${JSON.stringify(url)}); console.log(JSON.stringify(firstLoad()));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
  const { files, bytes } = JSON.parse(stdout) as { files: string[]; bytes: number };
  expect(files).toContain('index.html');
  expect(files.filter((file) => /\.(js|css)$/.test(file)).length).toBeGreaterThan(1);
  expect(bytes).toBeLessThan(300_000);
});
