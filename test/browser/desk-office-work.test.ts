// What officers do on the desk's pages beside the queue: what the pages send, ask before, refuse and say, by mouse and by keyboard.
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

describe('supervision', () => {
  it('gives a conversation to a colleague who is found without diacritics, by keyboard', async () => {
    const page = await open('/supervision');
    await page.getByRole('button', { name: /Giao cho….*HT-2M8Q-47/ }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Giao HT-2M8Q-47 cho ai?' });
    await dialog.getByText('Phạm Đăng Khoa').waitFor();
    await page.keyboard.type('dang khoa');
    await page.keyboard.press('Enter');

    await page.getByText('Đã giao HT-2M8Q-47 cho Phạm Đăng Khoa').waitFor();
    expect(await office.sent('/tickets/HT-2M8Q-47/assign')).toEqual({ method: 'POST', body: { to: 'u-khoa' } });
  });

  it('asks before it takes a conversation from somebody', async () => {
    const page = await open('/supervision');
    await page.getByRole('button', { name: 'Nhận thay' }).click();
    await page.getByText('đang do Lê Thị Hoa xử lý').waitFor();
    expect(office.desk.sent).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Nhận thay' }).click();

    await page.getByText('Bạn đang xử lý HT-2M8Q-47').waitFor();
    expect(await office.sent('/tickets/HT-2M8Q-47/assign')).toEqual({ method: 'POST', body: { to: 'u-lan' } });
  });

  it('keeps its filters in the address', async () => {
    const page = await open('/supervision?view=open');
    await page.getByText('Nguyễn Thị Thu').waitFor();
    await page.getByRole('button', { name: /Lê Thị Hoa/ }).click();
    await page.getByText('Nguyễn Thị Thu').waitFor({ state: 'detached' });

    await page.reload();
    await page.getByText('Của Lê Thị Hoa').waitFor();
    expect(await page.getByText('Nguyễn Thị Thu').count()).toBe(0);
    expect(page.url()).toContain('view=open&officer=u-hoa');
  });
});

describe('dead letters', () => {
  it('puts a reply into its lane again once that was confirmed, and it leaves the list', async () => {
    const page = await open('/dead-letters');
    const letter = page.getByRole('article', { name: 'Đã quá thời hạn được nhắn cho công dân này.' });
    await letter.getByRole('button', { name: 'Chạy lại' }).click();
    expect(office.desk.sent).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: 'Chạy lại' }).click();

    await letter.waitFor({ state: 'detached' });
    expect(await office.sent('/dead-letters/reply:1/replay')).toEqual({ method: 'POST', body: undefined });
  });

  it('offers no replay for what cannot be replayed, and explains codes that nobody wrote down', async () => {
    const page = await open('/dead-letters');
    const letter = page.getByRole('article', { name: /loại tín hiệu mà phiên bản này chưa biết/ });
    await letter.getByText('unknown.user_reacted_message').waitFor();
    expect(await letter.getByRole('button', { name: 'Chạy lại' }).count()).toBe(0);
    expect(await letter.getByRole('button', { name: 'Bỏ qua' }).count()).toBe(1);
  });
});

describe('what was not understood', () => {
  it('is labelled by keys alone, one after the other', async () => {
    const page = await open('/not-understood');
    await page.getByText('Cho hỏi làm lại cái bằng b2').waitFor();
    // What the citizen chose afterwards is the first to choose.
    await page.getByText('Cấp lại giấy phép lái xe').waitFor();
    await page.keyboard.press('1');
    await page.getByText('số máy [số điện thoại] gọi hoài').waitFor();
    const keys = await page.locator('[aria-keyshortcuts]').evaluateAll((all) => all.map((one) => one.ariaKeyShortcuts));
    expect(keys).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '0']);
    await page.keyboard.press('x');
    await page.getByText('mai có họp tổ dân phố hông').waitFor();
    await page.keyboard.press('0');
    await page.getByText('Bạn đã xem hết').waitFor();

    const labels = office.desk.sent.map(({ method, path, body }) => [method, path, body]);
    expect(labels).toEqual([
      ['PUT', '/not-understood/n1/label', { intent: 'procedure.ask', procedure: '3.000348' }],
      ['PUT', '/not-understood/n2/label', { ignored: true }],
      ['PUT', '/not-understood/n3/label', { intent: 'none' }],
    ]);
  });

  it('finds a procedure from the keyboard, and shows the label when one goes back', async () => {
    const page = await open('/not-understood');
    await page.getByText('Cho hỏi làm lại cái bằng b2').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('giay phep');
    await page.getByRole('option', { name: /Cấp lại giấy phép lái xe/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('số máy [số điện thoại] gọi hoài').waitFor();
    await page.getByRole('button', { name: 'Câu trước' }).click();

    await page.getByText('Đã gắn: Thủ tục 3.000348').waitFor();
  });

  it('takes a label back that the server refused, and says so', async () => {
    const page = await open('/not-understood', (desk) =>
      desk.instead.set('PUT /not-understood/n1/label', { status: 503, json: { error: 'desk.slow' } }),
    );
    await page.getByText('Cho hỏi làm lại cái bằng b2').waitFor();
    await page.keyboard.press('2');
    await page.getByText('Máy chủ đang chậm').waitFor();
    await page.keyboard.press('ArrowLeft');
    await page.getByText('Cho hỏi làm lại cái bằng b2').waitFor();
    expect(await page.getByText('Đã gắn: ').count()).toBe(0);
  });
});

describe('answers kept ready', () => {
  it('shows what the citizen will read while it is written, and names the places that officers fill in themselves', async () => {
    const page = await open('/canned');
    await page.getByRole('button', { name: 'Câu mới' }).click();
    await page.getByLabel('Tên gọi').fill('Lời chào');
    await page.getByLabel('Nội dung').fill('Chào ');
    await page.getByRole('button', { name: '+ Tên công dân' }).click();
    await page.getByText('Chào chị Lan').waitFor();
    await page.getByLabel('Nội dung').press('End');
    await page.keyboard.type(', xem {gio} nhé');
    await page.getByText('{gio}: cán bộ tự điền').waitFor();
    await page.getByRole('button', { name: 'Lưu' }).click();

    await page.getByText('Đã lưu câu trả lời mẫu').waitFor();
    const [saved] = office.desk.sent;
    expect(saved?.path).toMatch(/^\/canned\/[0-9a-f-]{36}$/);
    expect(saved?.body).toEqual({ agency: 'mot-cua', title: 'Lời chào', text: 'Chào {ten}, xem {gio} nhé' });
  });

  it('asks before it drops what was not saved', async () => {
    const page = await open('/canned?answer=c1');
    await page.getByLabel('Tên gọi').fill('Chào và nhận');
    await page.getByRole('button', { name: /^Thiếu giấy tờ/ }).click();
    await page.getByRole('button', { name: 'Ở lại' }).click();
    expect(await page.getByLabel('Tên gọi').inputValue()).toBe('Chào và nhận');

    await page.getByRole('button', { name: /^Thiếu giấy tờ/ }).click();
    await page.getByRole('button', { name: 'Bỏ, không lưu' }).click();
    await page.waitForFunction('document.querySelector("form input").value === "Thiếu giấy tờ"');
    expect(office.desk.sent).toEqual([]);
  });

  it('can only be read by officers', async () => {
    const page = await open('/canned?answer=c1', (desk) => {
      desk.me = meWith(['tickets.read', 'tickets.work']);
    });
    await page.getByText('Công dân sẽ đọc').waitFor();
    expect(await page.getByRole('button', { name: 'Câu mới' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Lưu' }).count()).toBe(0);
  });
});

describe('staff', () => {
  it('makes an account with roles and shows its password once', async () => {
    const page = await open('/staff');
    await page.getByRole('button', { name: 'Thêm cán bộ' }).click();
    await page.getByLabel('Họ và tên').fill('Nguyễn Văn Bình');
    await page.getByLabel('Tên đăng nhập').fill('Bình Nguyễn');
    await page.getByRole('button', { name: 'Thêm và tạo mật khẩu' }).click();
    await page.getByText('Chỉ dùng chữ thường không dấu').waitFor();
    expect(office.desk.sent).toEqual([]);

    await page.getByLabel('Tên đăng nhập').fill('binh.nguyen');
    await page.getByRole('checkbox', { name: 'Cán bộ ở Mọi cơ quan' }).check();
    await page.getByRole('button', { name: 'Thêm và tạo mật khẩu' }).click();
    const once = page.getByRole('dialog', { name: 'Mật khẩu dùng một lần' });
    await once.getByText('tre-xanh-ben-song-47').waitFor();
    expect(await office.sent('/staff')).toEqual({
      method: 'POST',
      body: { username: 'binh.nguyen', name: 'Nguyễn Văn Bình', grants: [{ agency: '*', role: 'officer' }] },
    });

    await page.keyboard.press('Escape');
    expect(await once.isVisible()).toBe(true);
    await once.getByRole('button', { name: 'Tôi đã ghi lại' }).click();
    await once.waitFor({ state: 'detached' });
    expect(await page.getByText('tre-xanh-ben-song-47').count()).toBe(0);
  });

  it('offers roles in all agencies only to those who administer all', async () => {
    const page = await open('/staff?member=u-binh', (desk) => {
      desk.me = { ...meWith(), everywhere: [] };
    });
    await page.getByRole('checkbox', { name: 'Cán bộ ở Bộ phận Một cửa' }).waitFor();
    await page.getByRole('combobox', { name: 'Thêm vai trò ở cơ quan khác' }).click();
    expect(await page.getByRole('option').allTextContents()).toEqual(['Văn phòng Đăng ký đất đai']);
  });

  it('locks no account of one’s own', async () => {
    const page = await open('/staff?member=u-lan');
    await page.getByText('Mỗi vai trò làm được gì?').waitFor();
    expect(await page.getByRole('button', { name: 'Khóa tài khoản' }).count()).toBe(0);
  });
});
