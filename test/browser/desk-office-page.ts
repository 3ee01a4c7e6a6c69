// A browser's page at the desk's stand-in, and what axe says of it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
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

export class OfficePage {
  private constructor(
    readonly desk: DeskStandIn,
    readonly page: Page,
    /** What the page threw. */
    readonly trouble: readonly string[],
  ) {}

  /** `prepare` changes the stand-in before the page asks it anything. */
  static async open(
    browser: Browser,
    path: string,
    options: BrowserContextOptions = {},
    prepare: (desk: DeskStandIn) => void = () => undefined,
  ): Promise<OfficePage> {
    const desk = await startDeskStandIn();
    prepare(desk);
    const context = await browser.newContext({
      viewport: { width: 1360, height: 860 },
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
      reducedMotion: 'reduce',
      acceptDownloads: true,
      // For axe, which is put into the page.
      bypassCSP: true,
      ...options,
    });
    const page = await context.newPage();
    const trouble: string[] = [];
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => trouble.push(error.message));
    await page.clock.setFixedTime(NOW);
    await page.goto(desk.url + path);
    return new OfficePage(desk, page, trouble);
  }

  static launch(): Promise<Browser> {
    return chromium.launch(CHROMIUM);
  }

  async close(): Promise<void> {
    await this.page.context().close();
    await this.desk.close();
  }

  /** Findings of axe that are serious or critical, in words. */
  async serious(): Promise<string[]> {
    await this.page.evaluate(AXE);
    const { violations } = (await this.page.evaluate('axe.run()')) as {
      violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
    };
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
  }

  /** The last thing that was sent. */
  async sent(path: string): Promise<{ method: string; body: unknown }> {
    for (;;) {
      const found = this.desk.sent.findLast((one) => one.path === path);
      if (found !== undefined) return { method: found.method, body: found.body };
      await this.page.waitForEvent('response', { timeout: 10_000 });
    }
  }
}
