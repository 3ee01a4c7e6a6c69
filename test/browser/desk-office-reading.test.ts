// What the desk's pages beside the queue show and hand out: reports with their photos, figures and exports, the audit trail, requests
// about data; and what stands there for those who may not, and when the server does not answer.
import type { Browser } from 'playwright-core';
import { meWith } from './desk-office-data.js';
import { OfficePage } from './desk-office-page.js';
import type { DeskStandIn } from './desk-office-server.js';

let browser: Browser;
let office: OfficePage;

beforeAll(async () => {
  browser = await OfficePage.launch();
});
afterAll(() => browser.close());
afterEach(async () => {
  const { trouble } = office;
  await office.close();
  expect(trouble).toEqual([]);
});

async function open(path: string, prepare?: (desk: DeskStandIn) => void) {
  office = await OfficePage.open(browser, path, {}, prepare);
  return office.page;
}

describe('reports of citizens', () => {
  it('says why a report cannot be published', async () => {
    const page = await open('/feedback/PA-7K3F-92');
    const publish = page.getByRole('button', { name: 'Công khai' });
    await page.getByText('cần có trả lời trước').waitFor();
    expect(await publish.isDisabled()).toBe(true);

    await page.getByRole('link', { name: /Thái độ cán bộ/ }).click();
    await page.getByText('Không công khai được: công dân không đồng ý.').waitFor();
    expect(await publish.isDisabled()).toBe(true);
  });

  it('publishes only after somebody says that they read it', async () => {
    const page = await open('/feedback/PA-4QW8-31');
    await page.getByRole('button', { name: 'Công khai' }).click();
    const dialog = page.getByRole('dialog', { name: 'Công khai phản ánh này?' });
    const yes = dialog.getByRole('button', { name: 'Công khai' });
    expect(await yes.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox').check();
    await yes.click();

    await dialog.waitFor({ state: 'detached' });
    expect(await office.sent('/feedback/PA-4QW8-31/publish')).toEqual({ method: 'POST', body: {} });
  });

  it('answers what the portal does not have, asked twice, and keeps a draft over a reload', async () => {
    const page = await open('/feedback/PA-9HT2-08');
    await page.getByRole('button', { name: 'Trả lời công dân' }).click();
    await page.getByLabel('Nội dung trả lời').fill('Chúng tôi xin lỗi bạn.');
    await page.reload();
    const text = page.getByLabel('Nội dung trả lời');
    await text.waitFor();
    expect(await text.inputValue()).toBe('Chúng tôi xin lỗi bạn.');
    await page.getByRole('button', { name: 'Gửi trả lời' }).click();
    expect(office.desk.sent).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Gửi trả lời' }).click();

    const { body } = await office.sent('/feedback/PA-9HT2-08/answer');
    expect(body).toEqual({ key: expect.stringMatching(/^[0-9a-f-]{36}$/), text: 'Chúng tôi xin lỗi bạn.' });
    await page.getByText('Đã gửi trả lời').waitFor();
    expect(await text.count()).toBe(0);
  });

  it('leaves the answer to the portal that has the report', async () => {
    const page = await open('/feedback/PA-7K3F-92');
    await page.getByText('Cơ quan trả lời ở đó').waitFor();
    expect(await page.getByRole('button', { name: 'Trả lời công dân' }).count()).toBe(0);
  });

  it('forwards to another agency, and gives it another category', async () => {
    const page = await open('/feedback/PA-7K3F-92');
    await page.getByRole('button', { name: 'Chuyển cơ quan' }).click();
    await page.getByRole('dialog').getByRole('combobox').click();
    await page.getByRole('option', { name: 'Văn phòng Đăng ký đất đai' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Chuyển cơ quan' }).click();
    expect(await office.sent('/feedback/PA-7K3F-92/forward')).toEqual({ method: 'POST', body: { agency: 'dat-dai' } });
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.getByRole('button', { name: 'Đổi loại' }).click();
    await page.getByRole('dialog').getByRole('combobox').click();
    await page.getByRole('option', { name: 'Hạ tầng, giao thông' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Đổi loại' }).click();
    expect(await office.sent('/feedback/PA-7K3F-92/classify')).toEqual({
      method: 'POST',
      body: { category: 'ha-tang' },
    });
  });

  it('shows its photos one at a time, walked by arrow keys', async () => {
    const page = await open('/feedback/PA-7K3F-92');
    await page.getByRole('button', { name: 'Xem ảnh 1' }).click();
    await page.getByRole('dialog', { name: 'Ảnh 1 trên 3' }).waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('dialog', { name: 'Ảnh 3 trên 3' }).getByRole('img', { name: 'Ảnh 3 trên 3' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('is only read by those who may not work on it', async () => {
    const page = await open('/feedback/PA-4QW8-31', (desk) => {
      desk.me = meWith(['tickets.read', 'feedback.read']);
    });
    await page.getByText('chưa được giao quyền xử lý').waitFor();
    expect(await page.getByRole('button', { name: 'Công khai' }).count()).toBe(0);
  });
});

describe('statistics', () => {
  it('gives the same figures in words: a table stands beside every chart', async () => {
    const page = await open('/statistics?period=week');
    await page.getByText('Công dân gặp cán bộ lúc nào').waitFor();
    const row = page.getByRole('row', { name: /^20\/11/ }).first();
    expect(await row.getByRole('cell').allTextContents()).toHaveLength(6);
  });

  it('takes any days, and says when they make no period', async () => {
    const page = await open('/statistics?period=other&from=2026-11-20&to=2026-11-10');
    await page.getByText('Ngày cuối phải sau ngày đầu').waitFor();
    await page.getByLabel('Từ ngày').fill('2026-11-01');
    await page.getByText('Công dân gặp cán bộ lúc nào').waitFor();
    expect(page.url()).toContain('from=2026-11-01');
  });

  it('keeps the export as a file', async () => {
    const page = await open('/statistics?period=month');
    await page.getByRole('button', { name: 'Xuất danh sách' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /Tệp CSV/ }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('yeu-cau.csv');
    await page.getByText('Đã tải yeu-cau.csv').waitFor();
  });

  it('leads from a workbook that would be too large to CSV', async () => {
    const page = await open('/statistics?period=month', (desk) =>
      desk.instead.set('GET /exports/tickets.xlsx', { status: 413, json: { error: 'export.too-big' } }),
    );
    await page.getByRole('button', { name: 'Xuất danh sách' }).click();
    await page.getByRole('menuitem', { name: /Excel/ }).click();
    await page.getByText('hơn 50.000 cuộc trò chuyện').waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Tải CSV thay thế' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('yeu-cau.csv');
  });

  it('offers no export to those who may not', async () => {
    const page = await open('/statistics', (desk) => {
      desk.me = meWith(['statistics.read']);
    });
    await page.getByText('Công dân gặp cán bộ lúc nào').waitFor();
    expect(await page.getByRole('button', { name: 'Xuất danh sách' }).count()).toBe(0);
  });
});

describe('the audit trail', () => {
  it('says in words and in code what was done, with names for ids and links to what it was done to', async () => {
    const page = await open('/audit');
    const row = page.getByRole('row', { name: /ticket\.assign.*HT-2M8Q-47/ });
    await row.getByText('Giao cuộc trò chuyện').waitFor();
    await row.getByText('Lê Thị Hoa').waitFor();
    expect(await row.getByRole('link').getAttribute('href')).toBe('/desk/tickets/HT-2M8Q-47');
  });
});

describe('requests about data', () => {
  it('warns of what is late and what is due soon', async () => {
    const page = await open('/data-requests');
    await page.getByText('1 yêu cầu đã quá hạn, 1 yêu cầu sắp đến hạn').waitFor();
    expect(await page.getByText('DL-2HJ6WQ9C').count()).toBe(0);
    await page.getByText('Tất cả', { exact: true }).click();
    await page.getByText('DL-2HJ6WQ9C').waitFor();
  });
});

describe('every page', () => {
  const PATHS = [
    ['/supervision', '/supervision'],
    ['/statistics', '/statistics'],
    ['/feedback', '/feedback'],
    ['/not-understood', '/not-understood'],
    ['/dead-letters', '/dead-letters'],
    ['/canned', '/canned'],
    ['/staff', '/staff'],
    ['/audit', '/audit'],
    ['/data-requests', '/data-requests'],
  ] as const;

  it.each(PATHS)('%s says what is wrong, tries again, and has words for nothing', async (path, api) => {
    const page = await open(path, (desk) =>
      desk.instead.set(`GET ${api}`, { status: 500, json: { error: 'desk.threw' } }),
    );
    const again = page.getByRole('button', { name: 'Thử lại' });
    await again.waitFor();
    office.desk.instead.set(`GET ${api}`, { status: 200, json: NOTHING });
    await again.click();
    await again.waitFor({ state: 'detached' });
    await page
      .getByText(/^(Chưa có|Không có|Không còn|Không ai)/)
      .first()
      .waitFor();
  });

  it.each([
    ['/dead-letters', 'Đã quá thời hạn'],
    ['/not-understood', 'Cho hỏi làm lại'],
  ])('%s reads on where a page is empty and names the next', async (path, words) => {
    const page = await open(path, (desk) =>
      desk.instead.set(`GET ${path}`, { status: 200, json: { items: [], next: 'further' } }),
    );
    await page.getByText(words).waitFor();
  });

  it('is none for those who may not, and not in their navigation', async () => {
    const page = await open('/audit', (desk) => {
      desk.me = meWith(['audit.read']);
    });
    const links = page.getByRole('navigation').first().getByRole('link');
    await links.first().waitFor();
    expect(await links.allTextContents()).toEqual(['Nhật ký']);
    for (const [path] of PATHS.filter(([one]) => one !== '/audit')) {
      await page.goto(office.desk.url + path);
      await page.getByText('Không có trang này').waitFor();
    }
  });
});

/** An answer without anything in it, in every page's shape. */
const NOTHING = {
  items: [],
  onDuty: [],
  breached: [],
  waiting: 0,
  open: 0,
  days: [],
  ratings: { count: 0, byScore: [0, 0, 0, 0, 0], satisfied: { n: 0, part: 0 } },
};
