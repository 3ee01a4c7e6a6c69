// The built pages' weight: what a browser on a ward's slow line fetches before the first one stands.
import { firstLoad, MOST_FIRST_LOAD_BYTES } from '../../scripts/web.mjs';

it('loads the first page of the desk with less than 300 kB', () => {
  const { bytes, files } = firstLoad();
  expect(files.filter((file) => file.endsWith('.js')).length).toBeGreaterThan(0);
  expect(files.filter((file) => file.endsWith('.css')).length).toBeGreaterThan(0);
  expect(bytes).toBeLessThan(MOST_FIRST_LOAD_BYTES);
});
