// The desk's frame, sign-in, queue, conversation and search in a real Chromium, with the built bot behind them: keys, drafts, what is refused,
// what is lost on the way, small screens, and what axe says.
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import type { Canned, GivenPassword, Queue } from '../../src/desk/api.js';
import type { Citizen } from '../e2e/stage.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { overflow, seriousViolations } from './accessible.js';
import { CHROMIUM, type DeskStage, deskStage, LAND, type Officer, WARD } from './desk-stage.js';

const OPEN_ANSWER: Canned = {
  id: 'bo-sung',
  agency: WARD,
  title: 'Xin bổ sung giấy tờ',
  text: 'Anh/chị vui lòng bổ sung {giay_to}. Cán bộ: {can_bo}.',
};

let browser: Browser;
let desk: DeskStage;
let lan: Officer;
let minh: Officer;
let hoa: Officer;
const trouble: string[] = [];

beforeAll(async () => {
  [browser, desk] = await Promise.all([chromium.launch(CHROMIUM), deskStage()]);
  lan = await desk.hire('lan', 'Nguyễn Thị Lan', { agency: WARD, role: 'officer' });
  minh = await desk.hire('minh', 'Trần Văn Minh', { agency: WARD, role: 'officer' });
  hoa = await desk.hire(
    'hoa',
    'Lê Thị Hòa',
    { agency: WARD, role: 'supervisor' },
    { agency: LAND, role: 'supervisor' },
    { agency: WARD, role: 'content-editor' },
  );
  const { id, ...answer } = OPEN_ANSWER;
  await hoa.json('PUT', `/canned/${id}`, answer);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await desk.stage.close();
  removeTemporaryFolders();
});
afterEach(async () => {
  await Promise.all(browser.contexts().map((context: BrowserContext) => context.close()));
  expect(trouble.splice(0)).toEqual([]);
});

async function asking(words = 'cho tôi gặp cán bộ'): Promise<{ citizen: Citizen; id: string }> {
  const citizen = desk.stage.citizen('zalo', { name: 'Phạm Văn Tám' });
  await citizen.say(words);
  let id: string | undefined;
  await until(async () => {
    const { items } = await lan.json<Queue>('GET', '/queue?view=waiting');
    id = items.toSorted((a, b) => b.openedAt - a.openedAt)[0]?.id;
    return id !== undefined;
  }, 'a waiting conversation');
  return { citizen, id: id ?? '' };
}

/** A conversation that Lan has, before her in a browser. */
async function talking(words?: string): Promise<{ citizen: Citizen; id: string; page: Page }> {
  const { citizen, id } = await asking(words);
  await lan.json('POST', `/tickets/${id}/claim`);
  const page = await lan.open(browser, `/mine/${id}`, trouble);
  await box(page).waitFor();
  return { citizen, id, page };
}

const row = (page: Page, id: string): Locator => page.locator(`[data-row="${id}"]`);
const box = (page: Page): Locator => page.getByRole('textbox', { name: 'Trả lời', exact: true });
const line = (page: Page, text: string): Locator => page.getByRole('listitem').filter({ hasText: text }).last();
const focused = (page: Page) =>
  page.evaluate(
    'document.activeElement?.getAttribute("data-row") ?? document.activeElement?.tagName',
  ) as Promise<string>;

describe('signing in', () => {
  it('refuses a wrong password in words, and demands a password of one’s own before anything else', async () => {
    const { password } = await desk.admin.json<GivenPassword>('POST', '/staff', {
      username: 'moi',
      name: 'Cán Bộ Mới',
      grants: [{ agency: WARD, role: 'officer' }],
    });
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(15_000);
    await page.goto(`http://127.0.0.1:${desk.stage.port}/desk/waiting`);
    const name = page.getByLabel('Tên đăng nhập');
    await name.fill('moi');
    await page.getByLabel('Mật khẩu', { exact: true }).fill('khong-phai-mat-khau');
    await page.keyboard.press('Enter');
    await page.getByText('Tên đăng nhập hoặc mật khẩu không đúng.').waitFor();
    expect(await seriousViolations(page)).toEqual([]);

    await page.getByLabel('Mật khẩu', { exact: true }).fill(password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Đặt mật khẩu của riêng bạn' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByLabel('Mật khẩu hiện tại').fill(password);
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('trang-ram-tren-song');
    await page.getByLabel('Nhập lại mật khẩu mới').fill('trang-ram-tren-son');
    await page.keyboard.press('Enter');
    await page.getByText('Hai lần nhập chưa giống nhau').waitFor();
    await page.getByLabel('Nhập lại mật khẩu mới').fill('trang-ram-tren-song');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Đang chờ', level: 1 }).waitFor();
  });

  it('leaves nothing of anybody’s work in the browser after signing out', async () => {
    const { page } = await talking();
    await box(page).fill('nháp có tên công dân');
    await page.getByRole('button', { name: /Tài khoản/ }).click();
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
    await page.getByLabel('Tên đăng nhập').waitFor();
    const kept = (await page.evaluate('JSON.stringify([{ ...sessionStorage }, { ...localStorage }])')) as string;
    expect(kept).not.toContain('nháp');
    expect(kept).not.toContain('HT-');
  });
});

describe('the queue by keyboard', () => {
  it('is walked with J and K, a row is opened with Enter and left with Escape, and C claims', async () => {
    const [{ id: first }, { id: second }] = [await asking(), await asking()];
    const page = await lan.open(browser, '/waiting', trouble);
    await row(page, second).waitFor();
    const ids = (await page
      .locator('[data-row]')
      .evaluateAll((rows) =>
        rows.map((one) => (one as unknown as { getAttribute(name: string): string }).getAttribute('data-row')),
      )) as string[];
    expect(ids.indexOf(first)).toBeLessThan(ids.indexOf(second));
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(ids[0]);
    await page.keyboard.press('j');
    expect(await focused(page)).toBe(ids[1]);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: /Phạm Văn Tám|Công dân/ }).waitFor();
    expect(page.url()).toContain(ids[0]);
    await page.keyboard.press('Escape');
    await until(async () => (await focused(page)) === ids[0], 'the focus back on the row');
    await page.keyboard.press('c');
    await row(page, ids[0] ?? '').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('m');
    await row(page, ids[0] ?? '').waitFor();
  });

  it('shows every key after “?”, and Escape closes the list of keys', async () => {
    const page = await lan.open(browser, '/waiting', trouble);
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Phím tắt' });
    await help.waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'detached' });
  });

  it('can do without single keys, for those who dictate or slip', async () => {
    const page = await lan.open(browser, '/waiting', trouble);
    await page.getByRole('button', { name: /Tài khoản/ }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Dùng phím tắt một chữ' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    expect(page.url()).toContain('/waiting');
  });
});

describe('the reply box', () => {
  it('does not send what a kept answer leaves open, and takes one there', async () => {
    const { citizen, page } = await talking();
    await page.keyboard.press('r');
    await box(page).pressSequentially('/bo sung');
    await page.getByRole('option', { name: OPEN_ANSWER.title }).waitFor();
    await page.keyboard.press('Enter');
    expect(await box(page).inputValue()).toBe('Anh/chị vui lòng bổ sung {giay_to}. Cán bộ: Nguyễn Thị Lan.');
    await page.getByText('Còn chỗ chưa điền: {giay_to}').waitFor();
    expect(await page.getByRole('button', { name: 'Gửi', exact: true }).isDisabled()).toBe(true);
    await box(page).press('Control+Enter');
    await page.keyboard.insertText('giấy chứng sinh');
    await box(page).press('Control+Enter');
    await citizen.hears('Anh/chị vui lòng bổ sung giấy chứng sinh. Cán bộ: Nguyễn Thị Lan.');
    expect(await box(page).inputValue()).toBe('');
  });

  it('keeps what was typed for each conversation, also over a reload', async () => {
    const { id, page } = await talking();
    const other = await asking();
    await lan.json('POST', `/tickets/${other.id}/claim`);
    await box(page).fill('còn dang dở');
    await row(page, other.id).click();
    await until(async () => page.url().includes(other.id) && (await box(page).inputValue()) === '', 'an empty box');
    await row(page, id).click();
    await until(async () => (await box(page).inputValue()) === 'còn dang dở', 'the draft');
    await page.reload();
    await until(async () => (await box(page).inputValue()) === 'còn dang dở', 'the draft after a reload');
  });

  it('says why a message was refused, and keeps its words', async () => {
    const { id, page } = await talking();
    await page.route('**/reply', (route) =>
      route.fulfill({ status: 409, contentType: 'application/json', body: '{"error":"window.closed"}' }),
    );
    await box(page).fill('Tin đến muộn');
    await box(page).press('Control+Enter');
    await page.getByText('Chưa gửi được: Đã quá thời hạn nền tảng cho phép nhắn').waitFor();
    await page.getByRole('button', { name: 'Sửa lại' }).click();
    await until(async () => (await box(page).inputValue()) === 'Tin đến muộn', `the text of ${id} in the box again`);
  });

  it('sends once when the first try got no answer and is repeated', async () => {
    const { citizen, page } = await talking();
    let tries = 0;
    await page.route('**/reply', async (route) => {
      tries++;
      if (tries > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await box(page).fill('Chỉ một lần thôi');
    await box(page).press('Control+Enter');
    await page.getByText('Không nối được với máy chủ').first().waitFor();
    await page.getByRole('button', { name: 'Gửi lại' }).click();
    // Long before it would be given up.
    await until(
      async () => (await page.locator('[data-under-way]').count()) === 0,
      'the message to have arrived',
      6_000,
    );
    await line(page, 'Chỉ một lần thôi').filter({ hasText: 'Đã gửi' }).waitFor();
    await desk.stage.quiet();
    expect(citizen.heard.filter(({ text }) => text === 'Chỉ một lần thôi')).toHaveLength(1);
  });

  it('sends an attached picture, and shows it in the conversation', async () => {
    const { citizen, page } = await talking();
    await page.locator('input[type=file]').setInputFiles({
      name: 'mau-don.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    });
    await page.getByText(/mau-don\.png · \d/).waitFor();
    const send = page.getByRole('button', { name: 'Gửi', exact: true });
    await until(async () => send.isEnabled(), 'the upload');
    await send.click();
    await page
      .getByRole('button', { name: /Mở tệp/ })
      .last()
      .click();
    await page.getByRole('dialog').locator('img').waitFor();
    await page.keyboard.press('Escape');
    await desk.stage.quiet();
    expect(citizen.heard.filter(({ image }) => image !== undefined)).toHaveLength(1);
  });

  it('keeps notes from the citizen', async () => {
    const { citizen, page } = await talking();
    await box(page).press('Escape');
    await page.keyboard.press('n');
    const note = page.getByRole('textbox', { name: 'Ghi chú nội bộ' });
    await note.fill('Đã gọi cho tổ dân phố');
    await note.press('Control+Enter');
    await line(page, 'Đã gọi cho tổ dân phố').filter({ hasText: 'chỉ cán bộ thấy' }).waitFor();
    await desk.stage.quiet();
    expect(citizen.messages.some(({ text = '' }) => text.includes('tổ dân phố'))).toBe(false);
  });
});

describe('while others work and citizens write', () => {
  it('lets one of two officers have a conversation, and tells the other who has it', async () => {
    const { id } = await asking();
    const page = await lan.open(browser, `/waiting/${id}`, trouble);
    await page.getByRole('button', { name: /^Nhận/ }).waitFor();
    await page.route('**/live*', (route) => route.abort());
    await page.route(`**/tickets/${id}/claim`, async (route) => {
      await minh.json('POST', `/tickets/${id}/claim`);
      await route.continue();
    });
    await page.getByRole('button', { name: /^Nhận/ }).click();
    await page.getByText('Đã có cán bộ khác nhận cuộc trò chuyện này.').waitFor();
    await page.getByText('Trần Văn Minh đang phụ trách cuộc trò chuyện này.').waitFor();
  });

  it('tells who is given a conversation by somebody else, and leads there', async () => {
    const { id } = await asking();
    const page = await lan.open(browser, '/search', trouble);
    await page.locator('[data-live=on]').waitFor();
    await page.getByRole('link', { name: /Đang chờ\s*\d/ }).waitFor();
    await hoa.json('POST', `/tickets/${id}/assign`, { to: lan.id });
    await page.getByText('Bạn vừa được giao').click();
    await page.waitForURL(`**/mine/${id}`);
    await box(page).waitFor();
  });

  it('keeps the place one reads at, and tells of new messages below', async () => {
    const { citizen, page } = await talking();
    for (let i = 0; i < 14; i++)
      citizen.write(`Câu hỏi thứ ${i}: giấy tờ của tôi cần những gì, nộp ở đâu, bao lâu thì xong ạ?`);
    await line(page, 'Câu hỏi thứ 13').waitFor();
    const talk = page.getByRole('region', { name: 'Nội dung trò chuyện' });
    await talk.evaluate((element) => {
      (element as unknown as { scrollTop: number }).scrollTop = 0;
    });
    const top = () => talk.evaluate((element) => (element as unknown as { scrollTop: number }).scrollTop);
    await until(async () => (await top()) === 0, 'the beginning');
    citizen.write('Tin mới nhất đây ạ');
    const pill = page.getByRole('button', { name: 'Tin mới' });
    await pill.waitFor();
    expect(await top()).toBe(0);
    await pill.click();
    await until(async () => (await top()) > 0, 'the end');
    await page.getByText(/Tin mới từ .*: Tin mới nhất đây ạ/).waitFor({ state: 'attached' });
  });

  it('says that the connection is gone, and reads anew when it is back', async () => {
    const page = await lan.open(browser, '/waiting', trouble);
    await page.context().setOffline(true);
    await page.getByText('Mất kết nối mạng').waitFor();
    const { id } = await asking();
    await page.context().setOffline(false);
    await row(page, id).waitFor();
    await page.getByText('Mất kết nối mạng').waitFor({ state: 'detached' });
  });

  it('shows numbers masked, and no way to see them to those who may not', async () => {
    const { citizen, page } = await talking();
    await citizen.say('Gọi cho tôi theo số 0912345678');
    await line(page, 'Gọi cho tôi theo số').waitFor();
    expect(await page.getByText('0912345678').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Hiện' }).count()).toBe(0);
  });
});

describe('searching', () => {
  it('finds words without their marks, and leads to the conversation', async () => {
    const { citizen, id } = await talking();
    await citizen.say('Tôi muốn hỏi về giấy phép xây dựng chuồng bồ câu');
    const page = await lan.open(browser, '/search', trouble);
    await page.getByRole('searchbox').fill('chuong bo cau');
    await page.getByText('1 kết quả').waitFor();
    await page.locator('mark', { hasText: 'chuồng' }).waitFor();
    // Names are looked for: what was typed is kept beside the address, not in it.
    expect(new URL(page.url()).search).toBe('');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/${id}`);
    await page.goBack();
    await page.getByText('1 kết quả').waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('chuong bo cau');
  });
});

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  it('axe finds nothing serious on the pages of conversations', async () => {
    const { citizen, id } = await asking();
    await citizen.say('<b>Số của tôi là 0912345678</b>');
    await hoa.json('POST', `/tickets/${id}/claim`);
    await hoa.json('PUT', `/tickets/${id}/priority`, { priority: 0 });
    await hoa.json('PUT', `/tickets/${id}/tags`, { tags: ['xây dựng'] });
    const page = await hoa.open(browser, '/waiting', trouble);
    await page.emulateMedia({ colorScheme });
    for (const path of ['/waiting', '/mine', '/closed', `/mine/${id}`, '/search', '/password']) {
      await page.goto(`http://127.0.0.1:${desk.stage.port}/desk${path}`);
      await page.locator('#page').waitFor();
      if (path.includes(id)) await box(page).waitFor();
      await until(async () => (await page.locator('[aria-busy=true]').count()) === 0, `${path} to be read`);
      expect([path, await seriousViolations(page)]).toEqual([path, []]);
    }
    await page.goto(`http://127.0.0.1:${desk.stage.port}/desk/mine/${id}`);
    await page.getByRole('button', { name: 'Hiện' }).first().click();
    await page.getByText('0912345678').waitFor();
    await page.keyboard.press('t');
    await page.getByRole('dialog', { name: 'Chuyển cuộc trò chuyện' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: 'Đóng cuộc trò chuyện' }).waitFor();
    expect(await seriousViolations(page)).toEqual([]);
  });
});

describe('on a phone of 360 px', () => {
  it('goes from the list to the conversation and back, and nothing is wider than the screen', async () => {
    const { id } = await talking();
    const page = await lan.open(browser, '/mine', trouble);
    await page.setViewportSize({ width: 360, height: 740 });
    await row(page, id).waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await row(page, id).click();
    await box(page).waitFor();
    expect(await row(page, id).isVisible()).toBe(false);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Thông tin' }).click();
    await page.getByRole('complementary', { name: 'Thông tin' }).waitFor();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole('complementary').getByRole('button', { name: 'Đóng' }).click();
    await page.getByRole('button', { name: 'Quay lại' }).click();
    await row(page, id).waitFor();
    await page.getByRole('button', { name: 'Mở trình đơn' }).click();
    await page
      .getByRole('dialog')
      .getByRole('link', { name: /Đang chờ/ })
      .click();
    await page.getByRole('heading', { name: 'Đang chờ', level: 1 }).waitFor();
  });
});
