// The staff desk as officers and citizens live through it: the desk's pages in a real Chromium, the built bot, the simulated phones.
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import type { ActionResult, Canned, Entries, Found, Queue, TicketDetail } from '../../src/desk/api.js';
import { HANDOVER } from '../../src/flows/handover/texts.js';
import { RATE } from '../../src/flows/rating/texts.js';
import { EventReader } from '../desk/event-reader.js';
import type { Citizen } from '../e2e/stage.js';
import { texts } from '../e2e/wording.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { CHROMIUM, type DeskStage, deskStage, LAND, LAND_NAME, type Officer, WARD } from './desk-stage.js';

let browser: Browser;
let desk: DeskStage;
let an: Officer;
let bich: Officer;
let dat: Officer;
const trouble: string[] = [];

const CANNED: Canned = {
  id: 'chao-hoi',
  agency: WARD,
  title: 'Chào hỏi',
  text: 'Chào anh/chị, tôi là cán bộ phường. Tôi xem ngay đây ạ.',
};
const PROCEDURE = '1.004873';

beforeAll(async () => {
  [browser, desk] = await Promise.all([chromium.launch(CHROMIUM), deskStage()]);
  an = await desk.hire(
    'an',
    'Nguyễn Văn An',
    { agency: WARD, role: 'officer' },
    { agency: WARD, role: 'content-editor' },
  );
  bich = await desk.hire('bich', 'Trần Thị Bích', { agency: WARD, role: 'supervisor' });
  dat = await desk.hire('dat', 'Lê Quốc Đạt', { agency: LAND, role: 'supervisor' });
  await an.json('PUT', `/canned/${CANNED.id}`, { agency: CANNED.agency, title: CANNED.title, text: CANNED.text });
}, 120_000);
afterAll(async () => {
  await browser.close();
  await desk.stage.close();
  removeTemporaryFolders();
});

/** A citizen who asked for staff; the ticket is in its agency's queue. */
async function asking(app: 'zalo' | 'messenger', by: Officer, name: string): Promise<{ citizen: Citizen; id: string }> {
  const citizen = desk.stage.citizen(app, { name });
  await citizen.say('cho tôi gặp cán bộ');
  return { citizen, id: await newestOf(by) };
}

async function newestOf(by: Officer): Promise<string> {
  const { items } = await by.json<Queue>('GET', '/queue?view=waiting');
  const newest = items.toSorted((a, b) => b.openedAt - a.openedAt)[0];
  if (newest === undefined) throw new Error('nobody waits');
  return newest.id;
}

const said = (page: Page, text: string): Locator => page.getByRole('listitem').filter({ hasText: text }).last();
const row = (page: Page, id: string): Locator => page.locator(`[data-row="${id}"]`);
const box = (page: Page): Locator => page.getByRole('textbox', { name: 'Trả lời', exact: true });

async function send(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await box(page).press('Control+Enter');
}

describe('one conversation from the request to the rating', () => {
  let phone: Page;
  let first: Page;
  let second: Page;
  let land: Page;
  let id: string;
  const onPhone = (from: 'bot' | 'user', text: string) =>
    phone.locator(`#stand-zalo .phone .message[data-from=${from}]`, { hasText: text }).last();
  const write = async (text: string) => {
    const field = phone.locator('#stand-zalo .phone').getByRole('textbox');
    await field.fill(text);
    await field.press('Enter');
  };

  beforeAll(async () => {
    phone = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
    phone.setDefaultTimeout(15_000);
    await phone.goto(desk.stage.simulators.url);
    await phone.locator('.phone[data-live=yes]').nth(1).waitFor({ state: 'attached' });
    first = await an.open(browser, '/waiting', trouble);
    second = await bich.open(browser, '/waiting', trouble);
    land = await dat.open(browser, '/waiting', trouble);
  }, 60_000);

  it('is expected by an officer who goes on duty', async () => {
    await first.getByRole('switch', { name: 'Nghỉ trực' }).press('Space');
    await first.getByRole('switch', { name: 'Đang trực' }).waitFor();
  });

  it('begins in the queue of both officers, as soon as the citizen asks', async () => {
    await write('cho tôi gặp cán bộ với');
    await onPhone('bot', 'Một Cửa đã báo cán bộ').waitFor();
    id = await newestOf(an);
    await Promise.all([row(first, id).waitFor(), row(second, id).waitFor()]);
    expect(await row(land, id).count()).toBe(0);
  });

  it('is claimed with a key, and leaves the other officer’s queue at once', async () => {
    await row(first, id).click();
    await first.getByRole('button', { name: 'Nhận C', exact: true }).waitFor();
    await first.keyboard.press('c');
    await box(first).waitFor();
    await onPhone('bot', texts.format(HANDOVER.claimed, { code: id })).waitFor();
    await row(second, id).waitFor({ state: 'detached' });
    await second.goto(`${new URL(second.url()).origin}/desk/open`);
    await row(second, id).click();
    await second.getByText('Nguyễn Văn An đang phụ trách').waitFor();
  });

  it('goes both ways at once, and the bot is silent', async () => {
    const before = await phone.locator('#stand-zalo .phone .message[data-from=bot]').count();
    await Promise.all([
      write('Sổ hộ khẩu cũ của tôi còn dùng được không?'),
      send(first, 'Chào chị, chị hỏi về việc gì ạ?'),
    ]);
    await onPhone('bot', 'chị hỏi về việc gì').waitFor();
    await Promise.all([first, second].map((page) => said(page, 'Sổ hộ khẩu cũ').waitFor()));
    await said(second, 'chị hỏi về việc gì').waitFor();
    await said(first, 'chị hỏi về việc gì').filter({ hasText: 'Đã gửi' }).waitFor();
    expect(await first.getByRole('listitem').filter({ hasText: 'chị hỏi về việc gì' }).count()).toBe(1);
    expect(await phone.locator('#stand-zalo .phone .message[data-from=bot]').count()).toBe(before + 1);
  });

  it('takes an answer kept ready and the bot’s card of a procedure', async () => {
    await box(first).fill('');
    await box(first).pressSequentially('/chao');
    await first.getByRole('option', { name: CANNED.title }).click();
    expect(await box(first).inputValue()).toBe(CANNED.text);
    await box(first).press('Control+Enter');
    await onPhone('bot', CANNED.text).waitFor();

    await first.getByRole('button', { name: 'Thẻ thủ tục' }).click();
    await first.getByRole('textbox', { name: 'Tìm thủ tục' }).fill('giay doc than');
    await first.getByRole('option').filter({ hasText: PROCEDURE }).first().click();
    await first.getByRole('button', { name: 'Gửi', exact: true }).click();
    await onPhone('bot', PROCEDURE).waitFor();
    await said(second, PROCEDURE).waitFor();
  });

  it('shows what a citizen writes as text, whatever it would do as HTML', async () => {
    const nasty = '<img src=x onerror="document.title=1"><script>document.title=2</script> <b>đậm</b>';
    await write(nasty);
    await said(first, '<script>document.title=2</script>').waitFor();
    expect(await first.locator('b', { hasText: 'đậm' }).count()).toBe(0);
    expect(await first.title()).not.toMatch(/^[12]$/);
    expect(await said(first, '<b>đậm</b>').locator('img').count()).toBe(0);
  });

  it('goes to another agency: its desk has it, the first one no longer', async () => {
    await first.keyboard.press('Escape');
    await first.getByRole('button', { name: 'Chuyển', exact: true }).first().click();
    const dialog = first.getByRole('dialog');
    await dialog.getByText('Cơ quan khác').click();
    await dialog
      .getByRole('combobox', { name: 'Chuyển đến' })
      .or(dialog.getByLabel('Chuyển đến').locator('visible=true'))
      .last()
      .click();
    await first.getByRole('option', { name: LAND_NAME }).click();
    await dialog.getByRole('button', { name: 'Chuyển', exact: true }).click();
    await onPhone('bot', LAND_NAME).waitFor();
    await row(land, id).waitFor();
    await Promise.all([first, second].map((page) => row(page, id).waitFor({ state: 'detached' })));
    expect((await an.call('GET', `/tickets/${id}`)).status).toBe(404);
  });

  it('is answered there, and closed: the bot takes over and invites to rate', async () => {
    await row(land, id).click();
    await land.getByRole('button', { name: 'Nhận C', exact: true }).waitFor();
    await land.keyboard.press('c');
    await box(land).waitFor();
    await send(land, 'Sổ cũ không dùng nữa chị nhé, chị dùng căn cước.');
    await onPhone('bot', 'chị dùng căn cước').waitFor();
    await land.keyboard.press('Escape');
    await land.keyboard.press('e');
    const dialog = land.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Đóng cuộc trò chuyện' }).click();
    await onPhone('bot', texts.format(HANDOVER.closed, { code: id }).slice(0, 40)).waitFor();
    await onPhone('bot', texts.format(RATE.inviteHandover)).waitFor();
    await land.getByText('Đã đóng', { exact: false }).first().waitFor();
  });

  it('is rated, and the bot answers again', async () => {
    await phone
      .locator('#stand-zalo .phone')
      .getByRole('button', { name: texts.format(RATE.score5), exact: true })
      .last()
      .click();
    await onPhone('bot', 'Cảm ơn bạn').waitFor();
    await write('xin giay doc than');
    await onPhone('bot', PROCEDURE).waitFor();
    const ticket = await dat.json<TicketDetail>('GET', `/tickets/${id}`);
    expect(ticket).toMatchObject({ status: 'closed', resolution: 'answered', mode: 'bot' });
  });

  it('is over for the officer, who goes off duty', async () => {
    await first.getByRole('switch', { name: 'Đang trực' }).press('Space');
    await first.getByRole('switch', { name: 'Nghỉ trực' }).waitFor();
  });

  it('left no script failed and nothing from elsewhere asked for', () => {
    expect(trouble).toEqual([]);
  });
});

describe('fifty claims at once', () => {
  it('have one winner, and the bot is silent from that moment', async () => {
    const { citizen, id } = await asking('zalo', an, 'Phạm Thị Hoa');
    const officers = [an, bich];
    const claims = await Promise.all(
      Array.from({ length: 50 }, (_, i) => officers[i % 2] ?? an).map((who) =>
        who.call('POST', `/tickets/${id}/claim`),
      ),
    );
    const ticket = (await an.json<TicketDetail>('GET', `/tickets/${id}`)).assignee?.id;
    for (const [i, claim] of claims.entries()) expect(claim.status).toBe(officers[i % 2]?.id === ticket ? 200 : 409);
    // The last the bot says is who has it now.
    await citizen.hears(texts.format(HANDOVER.claimed, { code: id }));
    const before = citizen.heard.length;
    for (const text of ['xin chào', 'đăng ký khai sinh cần giấy tờ gì', 'menu', 'hồ sơ của tôi đâu'])
      citizen.write(text);
    await desk.stage.quiet();
    expect(citizen.heard).toHaveLength(before);
    const winner = ticket === an.id ? an : bich;
    const { entries } = await winner.json<Entries>('GET', `/tickets/${id}/entries`);
    const spoken = entries.flatMap(({ lines }) => lines.filter(({ by }) => by === 'citizen').map(({ text }) => text));
    expect(spoken.slice(-4)).toEqual(['xin chào', 'đăng ký khai sinh cần giấy tờ gì', 'menu', 'hồ sơ của tôi đâu']);
    await winner.json<ActionResult>('POST', `/tickets/${id}/close`, { resolution: 'answered' });
  });
});

describe('two agencies', () => {
  it('see nothing of each other: list, search, export, live', async () => {
    const live = await Promise.all(
      [an, dat].map((who) => EventReader.open((signal) => who.call('GET', '/live', undefined, signal))),
    );
    const { citizen: hers, id: ward } = await asking('zalo', an, 'Vi Thị Sen');
    const { citizen: his, id: other } = await asking('messenger', dat, 'Quách Tĩnh');
    await hers.say('chuyện riêng của phường tôi về cây cầu khỉ');
    await his.say('chuyện riêng của đất đai tôi về bờ ruộng');
    try {
      for (const [mine, reader, own, foreign, words] of [
        [an, live[0], ward, other, 'bo ruong'],
        [dat, live[1], other, ward, 'cau khi'],
      ] as const) {
        await reader?.has('ticket', (data) => data.id === own);
        const { items } = await mine.json<Queue>('GET', '/queue?view=waiting');
        expect(items.map((one) => one.id)).toContain(own);
        expect(items.map((one) => one.id)).not.toContain(foreign);
        for (const q of [words, foreign]) expect((await mine.json<Found>('POST', '/search', { q })).items).toEqual([]);
        for (const path of [`/tickets/${foreign}`, `/tickets/${foreign}/entries`])
          expect((await mine.call('GET', path)).status).toBe(404);
        expect((await mine.call('POST', `/tickets/${foreign}/claim`)).status).toBe(404);
      }
      expect((await an.json<Found>('POST', '/search', { q: 'cau khi' })).items.map(({ ticket }) => ticket.id)).toEqual([
        ward,
      ]);
      const csv = async (who: Officer) => (await who.call('GET', '/exports/tickets.csv')).text();
      await until(async () => (await csv(bich)).includes(ward));
      const [hisTable, herTable] = [await csv(dat), await csv(bich)];
      expect([herTable.includes(other), hisTable.includes(ward), hisTable.includes(other)]).toEqual([
        false,
        false,
        true,
      ]);
      for (const [reader, foreign] of [
        [live[0], other],
        [live[1], ward],
      ] as const)
        expect(JSON.stringify(reader?.events)).not.toContain(foreign);
    } finally {
      for (const reader of live) reader.close();
    }
  });
});
