// What a newcomer sees: the phone page in a real Chromium, the simulated platforms, and the real bot behind them.
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { HOME } from '../../src/flows/home/texts.js';
import { MINE } from '../../src/flows/my-dossiers/texts.js';
import { PROC } from '../../src/flows/procedure-lookup/texts.js';
import { APPS, type App, Stage } from '../e2e/stage.js';
import { texts } from '../e2e/wording.js';
import { removeTemporaryFolders } from '../storage/temporary.js';

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

let browser: Browser;
let stage: Stage;
let page: Page;
const trouble: string[] = [];

beforeAll(async () => {
  [browser, stage] = await Promise.all([chromium.launch(CHROMIUM), Stage.open()]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.goto(stage.simulators.url);
  await page.locator('.phone[data-live=yes]').nth(1).waitFor({ state: 'attached' });
}, 60_000);
afterAll(async () => {
  await browser.close();
  await stage.close();
  removeTemporaryFolders();
});

const phone = (app: App): Locator => page.locator(`#stand-${app} .phone`);
const fromBot = (app: App, text: string): Locator =>
  phone(app).locator('.message[data-from=bot]', { hasText: text }).last();

async function say(app: App, text: string): Promise<void> {
  const field = phone(app).getByRole('textbox');
  await field.fill(text);
  await field.press('Enter');
}

it('says that the bot is there on both channels', async () => {
  await page.locator('#status', { hasText: 'cả hai kênh nhận được tin' }).waitFor();
});

describe.each(APPS)('on the %s phone', (app) => {
  it('a citizen asks, reads the notice and the procedure, and taps on', async () => {
    await say(app, 'xin giay doc than');
    await fromBot(app, 'mã OTP').waitFor();
    await fromBot(app, '1.004873').waitFor();
    await phone(app)
      .getByRole('button', { name: texts.format(PROC.documents), exact: true })
      .last()
      .click();
    await fromBot(app, `${texts.format(PROC.aspectDocuments)}:`).waitFor();
  });

  it('a citizen follows a dossier that the page offers', async () => {
    const code =
      stage.simulators.portal.hints().dossiers.find(({ situation }) => situation === 'supplement')?.code ?? '';
    await say(app, code);
    await fromBot(app, `Hồ sơ ${code}`).waitFor();
  });

  it('a citizen gets a code by SMS on the phone that gave the number, and sees its dossiers', async () => {
    const number = stage.simulators.portal.hints().phones[app === 'zalo' ? 0 : 1]?.phone ?? '';
    await say(app, 'tra ho so theo so dien thoai');
    await fromBot(app, texts.format(MINE.ask)).waitFor();
    await say(app, number);
    const sms = phone(app).locator('.sms', { hasText: number });
    await sms.getByRole('button', { name: /^Điền mã/ }).click();
    await phone(app).getByRole('textbox').press('Enter');
    await fromBot(app, `Hồ sơ của số *******${number.slice(-3)}`).waitFor();
  });

  it('a citizen goes to the menu and into one of its entries', async () => {
    await say(app, 'menu');
    await fromBot(app, texts.format(HOME.menu)).waitFor();
    await phone(app)
      .getByRole('button', { name: texts.format(HOME.others), exact: true })
      .last()
      .click();
    await fromBot(app, texts.format(HOME.more)).waitFor();
  });

  it('the newest message is in sight', async () => {
    const newest = phone(app).locator('.message').last();
    await newest.waitFor();
    const [screen, message] = await Promise.all([phone(app).locator('.messages').boundingBox(), newest.boundingBox()]);
    if (screen === null || message === null) throw new Error('nothing is drawn');
    expect(message.y).toBeLessThan(screen.y + screen.height);
    expect(message.y + message.height).toBeGreaterThan(screen.y);
  });
});

it('both phones are drawn, nothing overflows, and no script failed', async () => {
  const picture = await page.screenshot();
  // PNG of an empty page has a few KB.
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  expect(picture.length).toBeGreaterThan(40_000);
  for (const app of APPS) {
    const box = await phone(app).boundingBox();
    expect(box?.width).toBeGreaterThan(250);
    expect(box?.height).toBeGreaterThan(400);
  }
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  expect(trouble).toEqual([]);
});
