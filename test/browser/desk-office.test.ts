// How the desk's pages beside the queue look, in a real Chromium over a stand-in of its server: axe finds nothing serious in either
// scheme, and a phone shows them whole. With DESK_SCREENSHOTS=<folder> each page leaves pictures of itself there.
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { OfficePage } from './desk-office-page.js';

interface Place {
  /** Of its picture. */
  name: string;
  path: string;
  /** Words that show that it stands. */
  ready: string;
}

const PAGES: readonly Place[] = [
  { name: 'supervision', path: '/supervision', ready: 'Đỗ Minh Tuấn' },
  { name: 'statistics', path: '/statistics?period=month', ready: 'Công dân gặp cán bộ lúc nào' },
  { name: 'statistics-table', path: '/statistics?view=table', ready: 'Mở lại' },
  { name: 'feedback', path: '/feedback/PA-7K3F-92', ready: 'Trước chợ Long Hòa, ấp 3' },
  { name: 'not-understood', path: '/not-understood', ready: 'Câu này thật ra là gì?' },
  { name: 'dead-letters', path: '/dead-letters', ready: 'Đã quá thời hạn' },
  { name: 'canned', path: '/canned?answer=c1', ready: 'Công dân sẽ đọc' },
  { name: 'staff', path: '/staff', ready: 'Nguyễn Văn Bình' },
  { name: 'staff-member', path: '/staff?member=u-lan', ready: 'Mỗi vai trò làm được gì?' },
  { name: 'audit', path: '/audit', ready: 'Xem số đã che' },
  { name: 'data-requests', path: '/data-requests', ready: 'DL-7K3M9PQ2' },
];

let browser: Browser;
let office: OfficePage;

beforeAll(async () => {
  browser = await OfficePage.launch();
});
afterAll(() => browser.close());
afterEach(() => office.close());

describe.each(PAGES)('the page $name', ({ name, path, ready }) => {
  it('has no serious finding of axe in either scheme, and fits a phone of 360 pixels', async () => {
    office = await OfficePage.open(browser, path, { colorScheme: 'light' });
    const { page } = office;
    await page.getByText(ready).first().waitFor();
    await shoot(`desk-${name}`);
    expect(await office.serious()).toEqual([]);

    await page.emulateMedia({ colorScheme: 'dark' });
    await page.locator('html[data-mantine-color-scheme=dark]').waitFor();
    await shoot(`desk-${name}-dark`);
    expect(await office.serious()).toEqual([]);

    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 360, height: 740 });
    await shoot(`desk-${name}-phone`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(office.trouble).toEqual([]);
  });
});

async function shoot(name: string): Promise<void> {
  const folder = process.env.DESK_SCREENSHOTS;
  if (folder === undefined) return;
  await office.page.evaluate('document.fonts.ready');
  // Charts and fades come to rest; pictures only, no test waits for it.
  await office.page.waitForTimeout(700);
  await office.page.screenshot({ path: join(folder, `${name}.png`) });
}
