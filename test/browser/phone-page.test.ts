// The phone page in a real Chromium, with the simulators behind it and a stub in the bot's place.
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { type Simulators, startSimulators } from '../../simulators/start.js';
import { scripted } from './scripted-answers.js';
import { type StubBot, startStubBot } from './stub-bot.js';

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

const ONE_PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

let browser: Browser;
let bot: StubBot;
let simulators: Simulators;
let page: Page;
const trouble: string[] = [];

beforeAll(async () => {
  browser = await chromium.launch(CHROMIUM);
});
afterAll(() => browser.close());

beforeEach(async () => {
  bot = await startStubBot();
  simulators = await startSimulators({ botUrl: bot.url });
  bot.serve(simulators.url, scripted);
  trouble.length = 0;
});
afterEach(async () => {
  await page.context().close();
  await simulators.close();
  await bot.stop();
});

async function openPage(width = 1280, height = 860): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height } });
  // Pictures that messages name on other hosts are not fetched.
  await context.route(/example\.gov\.vn/, (route) => route.abort());
  page = await context.newPage();
  // Shorter than a test may take, so that a failure names what was waited for.
  page.setDefaultTimeout(15_000);
  page.on('pageerror', (error) => trouble.push(error.message));
  await page.goto(simulators.url);
  await page.locator('.phone[data-live=yes]').nth(1).waitFor({ state: 'attached' });
}

const phone = (app: 'zalo' | 'messenger'): Locator => page.locator(`#stand-${app} .phone`);
const bubble = (app: 'zalo' | 'messenger', from: string, text: string): Locator =>
  phone(app).locator(`.message[data-from=${from}]`, { hasText: text });

async function say(app: 'zalo' | 'messenger', text: string): Promise<void> {
  const field = phone(app).getByRole('textbox');
  await field.fill(text);
  await field.press('Enter');
}

/** The simulated user whose conversation a phone shows. */
const userOf = (app: 'zalo' | 'messenger') =>
  page.evaluate(
    (key) => (globalThis as unknown as { localStorage: { getItem(key: string): string } }).localStorage.getItem(key),
    `mot-cua-phone-${app}`,
  );

describe('the phone page', () => {
  it('shows a Zalo answer with its buttons as full rows, and a tapped row speaks to the bot', async () => {
    await openPage();
    await say('zalo', 'giấy tờ');

    await bubble('zalo', 'citizen', 'giấy tờ').waitFor();
    const answer = bubble('zalo', 'bot', 'Bạn cần những giấy tờ sau.');
    await answer.waitFor();
    const widths = await answer.locator('.row').evaluateAll((rows) => rows.map((row) => row.clientWidth));
    expect(new Set(widths).size).toBe(1);
    await answer.getByRole('button', { name: 'Lệ phí' }).click();
    await bubble('zalo', 'bot', 'Miễn phí.').waitFor();
    expect(bot.heard.map(({ text }) => text)).toEqual(['giấy tờ', '#LEPHI']);
    expect(trouble).toEqual([]);
  });

  it('sends a picture of this device and a place, as the apps do', async () => {
    await openPage();
    const attach = phone('messenger').locator('.attach');
    await attach.locator('input[type=file]').setInputFiles({
      name: 'o-ga.png',
      mimeType: 'image/png',
      buffer: Buffer.from(ONE_PIXEL, 'base64'),
    });
    await phone('messenger').locator('.message[data-from=citizen] img').waitFor();
    await attach.locator('summary').click();
    await attach.getByRole('button', { name: 'Gửi vị trí' }).click();
    await bubble('messenger', 'citizen', 'Vị trí').waitFor();
    const shown = phone('messenger').locator('.message[data-from=citizen] img');
    expect(await shown.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(1);
    expect(trouble).toEqual([]);
  });

  it('opens links of messages in a new tab without handing over the opener, and says what a call button would do', async () => {
    await openPage();
    await say('zalo', 'giấy tờ');

    const link = phone('zalo').getByRole('link', { name: 'Nộp trực tuyến' });
    await link.waitFor();
    expect(await link.getAttribute('target')).toBe('_blank');
    expect(await link.getAttribute('rel')).toContain('noopener');
    await phone('zalo')
      .getByRole('button', { name: /Gọi tổng đài/ })
      .click();
    await phone('zalo').locator('.toast', { hasText: '84901234567' }).waitFor();
  });

  it('shows a Zalo list whose rows can be tapped', async () => {
    await openPage();
    await say('zalo', 'danh sách');

    await phone('zalo')
      .locator('.list-card')
      .getByRole('button', { name: /Khai sinh/ })
      .click();
    await bubble('zalo', 'bot', 'Đăng ký khai sinh.').waitFor();
  });

  it('shows a Messenger button template, and a tapped button speaks to the bot', async () => {
    await openPage();
    await say('messenger', 'giấy tờ');

    await bubble('messenger', 'bot', 'Bạn muốn xem gì?').getByRole('button', { name: 'Lệ phí' }).click();
    await bubble('messenger', 'bot', 'Miễn phí.').waitFor();
    expect(bot.heard.at(-1)).toMatchObject({ app: 'messenger', text: 'FEE' });
  });

  it('shows Messenger quick replies above the keyboard until the next message', async () => {
    await openPage();
    await say('messenger', 'đánh giá');

    const chips = phone('messenger').locator('.chips');
    await chips.getByRole('button', { name: 'Hài lòng' }).click();
    await bubble('messenger', 'citizen', 'Hài lòng').waitFor();
    await bubble('messenger', 'bot', 'Cảm ơn bạn.').waitFor();
    await chips.waitFor({ state: 'hidden' });
    expect(bot.heard.at(-1)).toMatchObject({ text: 'RATE:5' });
  });

  it('shows Messenger cards side by side, each with its own buttons', async () => {
    await openPage();
    await say('messenger', 'danh sách');

    const cards = phone('messenger').locator('.carousel .card');
    await cards.nth(1).waitFor();
    await cards.nth(1).getByRole('button', { name: 'Xem Kết hôn' }).click();
    await bubble('messenger', 'bot', 'Đăng ký kết hôn.').waitFor();
  });

  it('shows typing dots on Messenger until the answer comes', async () => {
    await openPage();
    await say('messenger', 'xin chào');
    await bubble('messenger', 'bot', 'Bạn nói: xin chào').waitFor();

    const user = await userOf('messenger');
    await bot.send('messenger', user, 'typing');
    await phone('messenger').locator('.typing').waitFor();
    await bot.send('messenger', user, { text: 'Xong rồi.' });
    await bubble('messenger', 'bot', 'Xong rồi.').waitFor();
    await phone('messenger').locator('.typing').waitFor({ state: 'hidden' });
  });

  it.each(['zalo', 'messenger'] as const)('shows markup in a message on %s as the text it is', async (app) => {
    const markup =
      '<img src=x onerror="document.title=\'broken in\'"><script>document.title="broken in"</script> <b>đậm</b>';
    await openPage();
    await say(app, markup);

    await bubble(app, 'bot', 'Bạn nói:').waitFor();
    expect(await bubble(app, 'bot', 'Bạn nói:').locator('.text').textContent()).toBe(`Bạn nói: ${markup}`);
    expect(await phone(app).locator('.messages :is(script, b, img)').count()).toBe(0);
    expect(await page.title()).not.toContain('broken in');
  });

  it('reads what it missed after its live connection was dropped', async () => {
    await openPage();
    await say('zalo', 'xin chào');
    await bubble('zalo', 'bot', 'Bạn nói: xin chào').waitFor();
    const user = await userOf('zalo');

    simulators.zalo.state.users.get(user)?.thread.closeStreams();
    await bot.send('zalo', user, { text: 'Tin trong lúc mất kết nối.' });
    await bubble('zalo', 'bot', 'Tin trong lúc mất kết nối.').waitFor();
    await phone('zalo').and(page.locator('[data-live=yes]')).waitFor();
    await bot.send('zalo', user, { text: 'Tin sau khi nối lại.' });
    await bubble('zalo', 'bot', 'Tin sau khi nối lại.').waitFor();
    expect(await phone('zalo').locator('.message').count()).toBe(4);
  });

  it('keeps the newest message in sight when many arrive at once, but not for somebody who scrolled up', async () => {
    await openPage();
    await say('zalo', 'xin chào');
    await bubble('zalo', 'bot', 'Bạn nói: xin chào').waitFor();
    const user = await userOf('zalo');
    const log = phone('zalo').getByRole('log');
    const fromEnd = () => log.evaluate((at) => at.scrollHeight - at.scrollTop - at.clientHeight);
    const sendMany = async (name: string) => {
      for (let i = 1; i <= 12; i += 1) await bot.send('zalo', user, { text: `${name} ${i}\n\nmột tin dài` });
      await bubble('zalo', 'bot', `${name} 12`).waitFor();
    };

    await sendMany('đầu');
    expect(await fromEnd()).toBeLessThan(2);
    await log.evaluate((at) => {
      const scrolled = new Promise((done) => at.addEventListener('scroll', done, { once: true }));
      at.scrollTo(0, 0);
      return scrolled.then(() => undefined);
    });
    await sendMany('sau');
    expect(await log.evaluate((at) => at.scrollTop)).toBe(0);
    await phone('zalo').getByRole('button', { name: 'Xuống tin mới nhất' }).click();
    await phone('zalo').getByRole('button', { name: 'Xuống tin mới nhất' }).waitFor({ state: 'hidden' });
  });

  it('says in words that the bot is not running, marks what could not be sent, and notices when it was', async () => {
    await openPage();
    const port = Number(new URL(bot.url).port);
    await bot.stop();
    await page.locator('#status', { hasText: 'Bot chưa chạy' }).waitFor();
    await say('zalo', 'có ai không');
    await bubble('zalo', 'citizen', 'Chưa gửi được, sẽ gửi lại').waitFor();

    bot = await startStubBot(port);
    bot.serve(simulators.url, scripted);
    await simulators.zalo.clock.advance(30_000);
    await bubble('zalo', 'bot', 'Bạn nói: có ai không').waitFor();
    await page.locator('#status', { hasText: 'cả hai kênh nhận được tin' }).waitFor();
    await bubble('zalo', 'citizen', 'Chưa gửi được').waitFor({ state: 'detached' });
  });

  it('starts a new conversation as another citizen', async () => {
    await openPage();
    await say('messenger', 'xin chào');
    await bubble('messenger', 'bot', 'Bạn nói: xin chào').waitFor();
    const before = await userOf('messenger');

    await phone('messenger').getByRole('button', { name: 'Cuộc trò chuyện mới' }).click();
    await bubble('messenger', 'bot', 'Bạn nói: xin chào').waitFor({ state: 'detached' });
    await say('messenger', 'tôi là người khác');
    await bubble('messenger', 'bot', 'tôi là người khác').waitFor();
    expect(await userOf('messenger')).not.toBe(before);
  });

  it('goes on with the same conversation after a reload', async () => {
    await openPage();
    await say('zalo', 'nhớ tôi nhé');
    await bubble('zalo', 'bot', 'Bạn nói: nhớ tôi nhé').waitFor();

    await page.reload();
    await bubble('zalo', 'bot', 'Bạn nói: nhớ tôi nhé').waitFor();
  });

  it('offers a newcomer sentences and a dossier that the portal really has', async () => {
    await openPage();
    const code = simulators.portal.hints().dossiers.find(({ situation }) => situation === 'supplement')?.code ?? '';

    await page.locator('#stand-zalo .rail').getByRole('button', { name: code, exact: true }).click();
    await bubble('zalo', 'bot', `Bạn nói: ${code}`).waitFor();
    expect(await page.locator('#stand-messenger .examples li').count()).toBe(6);
  });

  it('switches faults on and off, and shows when a one-time fault has been used up', async () => {
    await openPage();
    await page.getByRole('button', { name: 'Sự cố' }).click();
    const group = (name: string) => page.getByRole('group', { name });
    await group('Zalo').getByRole('radio', { name: 'Sập' }).check();
    await group('Cổng dịch vụ công').getByRole('radio', { name: 'Chậm' }).check();
    await group('Zalo').getByText('Mọi lời gọi của bot bị đứt.').waitFor();
    await group('Cổng dịch vụ công').getByText('Mỗi lời gọi phải chờ 4 giây.').waitFor();
    await page.locator('#faults-open[data-active=yes]').waitFor();
    expect(simulators.zalo.faults.list()).toMatchObject([{ action: { kind: 'disconnect' }, times: null }]);
    expect(simulators.portal.state().faults).toMatchObject([{ kind: 'slow' }]);

    await group('Messenger').getByRole('radio', { name: 'Mất câu trả lời' }).check();
    const duplicate = group('Messenger').getByRole('switch', { name: /Gửi trùng/ });
    await Promise.all([page.waitForResponse(/messenger.*twists/), duplicate.check()]);
    await group('Messenger').getByText('Lời gọi kế tiếp được nhận').waitFor();
    await say('messenger', 'xin chào');
    await bubble('messenger', 'bot', 'Bạn nói: xin chào').nth(1).waitFor();
    await group('Messenger').locator('input[value=normal]:checked').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Đưa tất cả về bình thường' }).click();
    await page.locator('#faults-open[data-active=no]').waitFor();
    expect(simulators.zalo.faults.list()).toEqual([]);
    expect(simulators.messenger.webhooks.twists.copies).toBe(1);
  });

  it('can be used with the keyboard alone', async () => {
    await openPage();
    await page.keyboard.type('giấy tờ');
    await page.keyboard.press('Enter');
    const row = bubble('zalo', 'bot', 'Bạn cần những giấy tờ sau.').getByRole('button', { name: 'Lệ phí' });
    await row.waitFor();
    await row.focus();
    await page.keyboard.press('Enter');
    await bubble('zalo', 'bot', 'Miễn phí.').waitFor();
  });

  it('shows one phone at a time on a narrow screen, without sideways scrolling', async () => {
    await openPage(390, 844);
    await phone('messenger').waitFor({ state: 'hidden' });
    await page.getByRole('tab', { name: 'Messenger' }).click();
    await phone('zalo').waitFor({ state: 'hidden' });
    await say('messenger', 'danh sách');
    await phone('messenger').locator('.carousel .card').nth(1).waitFor({ state: 'attached' });
    const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
