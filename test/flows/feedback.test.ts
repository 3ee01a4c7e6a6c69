// Reports, written in the conversation: questions, corrections, interruptions, and what is stored and sent.
import { FEEDBACK_TEXTS as T } from '../../src/flows/feedback/texts.js';
import { DAY, HOUR } from '../../src/lib/clock.js';
import { CONSENT, consentId } from '../../src/records/consent.js';
import { FEEDBACK } from '../../src/records/feedback.js';
import { Citizen, converses } from './citizen.js';
import { NOW, texts, town } from './town.js';

const LIGHT = 'Tôi muốn phản ánh đèn đường trước chợ Long Hòa hỏng cả tuần nay, tối rất nguy hiểm';
const CODE = /PA-[2-9A-HJ-NP-Z]{4}-[2-9]{2}/;

function codeIn(text: string): string {
  const code = CODE.exec(text)?.[0];
  if (code === undefined) throw new Error(`no code in: ${text}`);
  return code;
}

async function reportOf(citizen: Citizen, code: string) {
  const found = await citizen.town.documents.get(FEEDBACK, code);
  if (found === undefined) throw new Error(`no report ${code}`);
  return found.body;
}

const tasks = (citizen: Citizen) =>
  citizen.history.flatMap(({ effects }) =>
    effects.flatMap((effect) => (effect.type === 'append' && effect.body.kind === 'portal-task' ? [effect] : [])),
  );

/** From the first words to the code. */
async function sends(citizen: Citizen, words = LIGHT): Promise<string> {
  await converses(
    citizen,
    `> ${words}
     ${texts.format(T.category, { category: 'Điện, nước, chiếu sáng' })}
     * Đúng rồi
     ${texts.format(T.contact)}
     > Nguyễn Văn An 0912345678
     ${texts.format(T.consent)}
     * Không công khai
     1. Việc: ${words}
     * Gửi`,
  );
  return codeIn(citizen.heard);
}

it('takes a report in a few taps, gives its code at once, and queues exactly what was said for the portal', async () => {
  const citizen = new Citizen();
  const code = await sends(citizen);
  expect(await reportOf(citizen, code)).toMatchObject({
    category: 'dien-nuoc',
    content: LIGHT,
    contact: { name: 'Nguyễn Văn An', phone: '0912345678' },
    publishConsent: false,
    delivery: 'queued',
  });
  expect(tasks(citizen)).toHaveLength(1);
  expect(tasks(citizen)[0]).toMatchObject({
    lane: `portal:${code}`,
    body: { task: 'send-feedback', data: { code, lane: citizen.lane, report: { category: 'Điện, nước, chiếu sáng' } } },
  });
});

it('asks nothing that was already said', async () => {
  const citizen = new Citizen();
  await converses(
    citizen,
    `> góp ý: đường Lê Lợi xã Vĩnh Phú đầy ổ gà chưa ai sửa, tôi tên Trần Thị Bình, sđt 0987654321
     ${texts.format(T.category, { category: 'Hạ tầng, giao thông' })}
     > đúng rồi
     ${texts.format(T.consent)}
     > đồng ý
     3. Nơi: đường Lê Lợi xã Vĩnh Phú (nay thuộc Xã Thoại Sơn, An Giang)
     5. Liên hệ: Trần Thị Bình, 0987654321
     6. Công khai nội dung: có`,
  );
});

it('takes the story, the place and the rest in any order and without diacritics', async () => {
  const citizen = new Citizen();
  await converses(
    citizen,
    `> phan anh
     ${texts.format(T.what)}
     > den duong
     ${texts.format(T.whatMore)}
     > hong ca tuan nay roi khong ai sua
     ${texts.format(T.category, { category: 'Điện, nước, chiếu sáng' })}
     > dung roi
     ${texts.format(T.place)}
     > ap 3 xa An Phu, doi dien quan ca phe
     ${texts.format(T.contact)}
     > 0912345678
     ${texts.format(T.contactName)}
     > nguyen van an
     ${texts.format(T.consent)}
     > ok
     3. Nơi: ap 3 xa An Phu, doi dien quan ca phe
     5. Liên hệ: Nguyen Van An, 0912345678
     > gui di`,
  );
  expect(await reportOf(citizen, codeIn(citizen.heard))).toMatchObject({ publishConsent: true });
});

it('asks which of several communes with one name is meant', async () => {
  const citizen = new Citizen();
  await converses(
    citizen,
    `> phản ánh rác đổ đầy đường mấy hôm nay hôi thối
     * Đúng rồi
     ${texts.format(T.place)}
     > xã An Phú
     ${texts.format(T.which, { name: 'xã An Phú' })}
     * Xã An Phú, Gia Lai`,
  );
  await converses(
    citizen,
    `${texts.format(T.contact)}
     > Lê Văn Tám 0912345678
     > không`,
  );
  expect(citizen.heard).toContain('3. Nơi: xã An Phú');
});

it('corrects every line of the summary', async () => {
  const citizen = new Citizen();
  await converses(
    citizen,
    `> ${LIGHT}
     * Đúng rồi
     > Nguyễn Văn An 0912345678
     * Đồng ý công khai
     > sửa 2
     > Rác, môi trường
     2. Loại: Môi trường, rác thải
     > sửa địa chỉ
     ${texts.format(T.place)}
     > hẻm 12 đường Lê Lợi
     3. Nơi: hẻm 12 đường Lê Lợi
     * Sửa
     ${texts.format(T.correct)}
     * Liên hệ
     > Trần Văn Bình, 0987654321
     5. Liên hệ: Trần Văn Bình, 0987654321
     > đổi công khai
     > không
     6. Công khai nội dung: không
     > sửa nội dung
     > Trụ điện trước chợ nghiêng sắp ngã vào nhà dân
     1. Việc: Trụ điện trước chợ nghiêng sắp ngã vào nhà dân
     * Gửi`,
  );
  expect(await reportOf(citizen, codeIn(citizen.heard))).toMatchObject({ category: 'moi-truong' });
});

it('goes back, answers a question in the middle, and goes on', async () => {
  const citizen = new Citizen();
  await converses(
    citizen,
    `> ${LIGHT}
     * Đúng rồi
     ${texts.format(T.contact)}
     > làm khai sinh cần gì?
     Tờ khai đăng ký khai sinh
     ${texts.format(T.contactRemind)}
     > Nguyễn Văn An 0912345678
     ${texts.format(T.consent)}
     > quay lại
     ${texts.format(T.contact)}
     > quay lại
     ${texts.format(T.place)}
     > quay lại
     ${texts.format(T.category, { category: 'Điện, nước, chiếu sáng' })}
     * Đúng rồi
     ${texts.format(T.consent)}`,
  );
});

it('gives the draft up on "hủy", and keeps it over a day of silence', async () => {
  const given = new Citizen();
  await converses(given, `> ${LIGHT}\n> hủy\n${texts.format(T.cancelled)}\n> phản ánh\n${texts.format(T.what)}`);

  const silent = new Citizen();
  await silent.says(LIGHT);
  silent.now = NOW + DAY;
  await converses(
    silent,
    `> chào bạn
     > phản ánh
     Bạn có phản ánh đang viết dở
     * Viết tiếp
     ${texts.format(T.category, { category: 'Điện, nước, chiếu sáng' })}`,
  );
  silent.now = NOW + 2 * DAY;
  await converses(silent, `> vâng\nBạn có phản ánh đang viết dở\n* Viết cái mới\n${texts.format(T.what)}`);
});

it.each([
  ['tôi muốn tố cáo cán bộ xã nhận tiền để làm giấy', T.denunciation],
  ['tôi muốn phản ánh và khiếu nại quyết định thu hồi đất của ủy ban', T.complaint],
  ['tôi muốn phản ánh nhóm người đánh bạc mỗi đêm ở cuối hẻm 5', T.crime],
])('shows the right door first: %s', async (words, door) => {
  const citizen = new Citizen();
  citizen.town.language.understand = (text) => ({
    ...town().language.understand(text),
    ...(text === words ? { intent: 'feedback.send' as const, certain: true, query: '', aspects: [] } : {}),
  });
  const text = texts.format(door, { province: '1022' });
  await converses(citizen, `> ${words}\n${text}\n* Vẫn gửi phản ánh`);
  expect(citizen.heard).not.toContain(text);
  expect(citizen.buttons.length).toBeGreaterThan(0);
});

it('says the emergency numbers where somebody may be hurt, and goes on', async () => {
  const citizen = new Citizen();
  await citizen.says('phản ánh dây điện đứt rơi xuống đường trước nhà tôi');
  expect(citizen.heard).toContain(texts.format(T.danger));
  expect(citizen.heard).toContain('Điện, nước, chiếu sáng');
});

it('lets nobody stay without a name where the agency asks for one, and lets them where it does not', async () => {
  const strict = new Citizen();
  await converses(
    strict,
    `> ${LIGHT}\n* Đúng rồi\n> gửi ẩn danh\n${texts.format(T.contactNeeded, { province: '1022' })}`,
  );
  const free = town();
  free.feedback = { ...free.feedback, contact: 'optional' };
  const citizen = new Citizen({ town: free });
  await converses(citizen, `> ${LIGHT}\n* Đúng rồi\n* Gửi ẩn danh\n* Đồng ý công khai\n5. Liên hệ: ẩn danh\n* Gửi`);
  const report = await reportOf(citizen, codeIn(citizen.heard));
  expect(report.contact).toBeUndefined();
});

it('keeps the proof of an agreement to show a report, and none of a refusal', async () => {
  const citizen = new Citizen();
  const consentNow = async () =>
    (await citizen.town.documents.get(CONSENT, consentId(citizen.lane, 'publish-feedback')))?.body;
  await sends(citizen);
  expect(await consentNow()).toBeUndefined();
  citizen.now += 2 * HOUR;
  await converses(
    citizen,
    `> ${LIGHT}
     * Đúng rồi
     > Nguyễn Văn An 0912345678
     * Đồng ý công khai
     * Gửi`,
  );
  const words = texts.format(T.consentVersion);
  expect(await consentNow()).toMatchObject({ given: true, at: citizen.now, history: [{ given: true, words }] });
  await citizen.says('tôi muốn rút đồng ý');
  await citizen.presses('Không công khai');
  expect(await consentNow()).toMatchObject({ given: false, history: [{ given: true }, { given: false }] });
  // The report had not left: what waits is changed, and nobody has anything to take down.
  expect(tasks(citizen).at(-1)?.body).toMatchObject({ task: 'amend-feedback', data: { take: 'consent' } });
  expect(citizen.heard).toContain('không được công khai');
});

it('notices the same report sent twice in a row', async () => {
  const citizen = new Citizen();
  const code = await sends(citizen);
  citizen.now += HOUR / 2;
  await citizen.says(`${LIGHT} lắm`);
  expect(citizen.heard).toContain(code);
  await citizen.presses('Xem phản ánh');
  expect(citizen.heard).toContain(`Phản ánh ${code}`);
  expect(tasks(citizen)).toHaveLength(1);
  await citizen.says(LIGHT);
  await citizen.presses('Vẫn gửi phản ánh');
  expect(citizen.heard).toContain('Điện, nước, chiếu sáng');
  citizen.now += 2 * HOUR;
  await citizen.says('hủy');
  await citizen.says(LIGHT);
  expect(citizen.heard).not.toContain(code);
});

it('sends once however often the button is tapped, and gives a repeated turn the same code', async () => {
  const citizen = new Citizen();
  const code = await sends(citizen);
  await citizen.taps('feedback.send');
  expect(citizen.heard).toBe(texts.format(T.sentAlready, { code }));
  expect(tasks(citizen)).toHaveLength(1);
});

/** A town whose pictures are kept under the ids they are given; `dropped` gets the ids of those deleted. */
function withPictures(dropped: string[]) {
  const place = town();
  place.pictures = {
    keep: async (_lane, _attachment, id) => ({ result: 'kept', blobId: id, bytes: 10 }),
    readCode: async () => ({ result: 'none' }),
    drop: async (ids) => {
      dropped.push(...ids);
    },
  };
  return place;
}

const onePhoto = (url: string) => ({
  kind: 'media' as const,
  attachments: [{ kind: 'image' as const, url }],
  messageId: url,
});

it('takes a message that only says where for the place, once', async () => {
  const citizen = new Citizen({ town: withPictures([]) });
  await citizen.says(LIGHT);
  await citizen.presses('Đúng rồi');
  await citizen.says('ấp 3 xã Tân Bình');
  await citizen.says('ấp 3');
  await citizen.presses('Không có ảnh');
  await citizen.says('Nguyễn Văn An 0912345678');
  await citizen.presses('Không công khai');
  expect(citizen.heard).toContain('3. Nơi: trước chợ Long Hòa, ấp 3 xã Tân Bình\n');
  expect(citizen.heard).toContain(`1. Việc: ${LIGHT}\n`);
});

it('shows the whole list to who corrects the category, and counts by it', async () => {
  const citizen = new Citizen();
  await citizen.says(LIGHT);
  await citizen.presses('Đúng rồi');
  await citizen.says('Nguyễn Văn An 0912345678');
  await citizen.presses('Không công khai');
  await citizen.says('sửa 2');
  expect(citizen.heard).toContain(texts.format(T.categoryList));
  await citizen.says('1');
  expect(citizen.heard).toContain('2. Loại: Hạ tầng, giao thông');
});

it('says that a report is still being written to who asks where it stands', async () => {
  const citizen = new Citizen();
  await citizen.says(LIGHT);
  await citizen.says('phản ánh của tôi tới đâu rồi');
  expect(citizen.heard).toContain('đang viết dở');
  await citizen.says('viết tiếp');
  expect(citizen.heard).toContain('Điện, nước, chiếu sáng');
});

describe('a report that comes to nothing', () => {
  async function withPhoto(dropped: string[]): Promise<Citizen> {
    const citizen = new Citizen({ town: withPictures(dropped) });
    await citizen.says(LIGHT);
    await citizen.does(onePhoto('https://photo.test/1'));
    expect(citizen.heard).toContain(texts.format(T.photosGot, { count: 1, most: 5 }));
    return citizen;
  }

  it('takes its pictures with it when it is given up', async () => {
    const dropped: string[] = [];
    const citizen = await withPhoto(dropped);
    await citizen.says('hủy');
    expect(dropped).toHaveLength(1);
    await citizen.says('viết tiếp');
    expect(citizen.heard).not.toContain(LIGHT);
  });

  it('keeps them for a question in between and a new start in words, and drops them when all begins anew', async () => {
    const dropped: string[] = [];
    const citizen = await withPhoto(dropped);
    await citizen.says('đăng ký khai sinh cần giấy tờ gì?');
    expect(dropped).toEqual([]);
    await citizen.taps('feedback.ask');
    await citizen.presses('Viết cái mới');
    expect(dropped).toHaveLength(1);
  });

  it('is given up after a week of silence, and says so to who comes back', async () => {
    const dropped: string[] = [];
    const citizen = await withPhoto(dropped);
    const falls = () => citizen.does({ kind: 'timer', name: 'feedback-draft', generation: 1, payload: null });
    citizen.now += 6 * DAY;
    await falls();
    expect(dropped).toEqual([]);
    citizen.now += DAY;
    expect(await falls()).toBe('');
    expect(dropped).toHaveLength(1);
    await citizen.taps('feedback.go-on');
    expect(citizen.heard).toBe(texts.format(T.nothingToSend));
  });
});

it('keeps pictures and a shared position, wherever in the form they come', async () => {
  const place = withPictures([]);
  const citizen = new Citizen({ town: place });
  await citizen.does({
    kind: 'media',
    attachments: [{ kind: 'image', url: 'https://photo.test/1' }],
    text: 'phản ánh rác đổ đầy đường mấy hôm nay',
    messageId: 'p1',
  });
  expect(citizen.heard).toContain(texts.format(T.photosGot, { count: 1, most: 5 }));
  await citizen.presses('Đúng rồi');
  expect(citizen.heard).toContain(texts.format(T.place));
  await citizen.does({ kind: 'location', latitude: 10.37, longitude: 105.43, messageId: 'l1' });
  expect(citizen.heard).toContain(texts.format(T.photosGot, { count: 1, most: 5 }));
  await citizen.does({
    kind: 'media',
    attachments: [
      { kind: 'image', url: 'https://photo.test/2' },
      { kind: 'image', url: 'https://photo.test/3' },
    ],
    messageId: 'p2',
  });
  expect(citizen.heard).toContain(texts.format(T.photosGot, { count: 3, most: 5 }));
  await citizen.presses('Xong');
  await citizen.does({ kind: 'contact-info', name: 'Nguyễn Văn An', phone: '0912345678' });
  expect(citizen.heard).toContain(texts.format(T.consent));
  await citizen.presses('Không công khai');
  expect(citizen.heard).toContain('4. Ảnh: 3');
  await citizen.presses('Gửi');
  const report = await reportOf(citizen, codeIn(citizen.heard));
  expect(report.photos).toHaveLength(3);
  expect(report.place).toEqual({ latitude: 10.37, longitude: 105.43 });
});

it('does without pictures where none can be taken', async () => {
  const citizen = new Citizen();
  await citizen.says(LIGHT);
  await citizen.does({ kind: 'media', attachments: [{ kind: 'image', url: 'https://photo.test/1' }], messageId: 'p1' });
  expect(citizen.heard).toContain(texts.format(T.photoNone));
  expect(citizen.heard).toContain('Điện, nước, chiếu sáng');
});

it('takes no report where no portal could hear it', async () => {
  const alone = town();
  alone.portal.configured = false;
  const citizen = new Citizen({ town: alone });
  await citizen.says(LIGHT);
  expect(citizen.heard).toContain('chưa được ghi nhận');
});

describe('a report that was sent', () => {
  const told = (citizen: Citizen, name: string, data: object) =>
    citizen.does({ kind: 'notice', name, data: JSON.parse(JSON.stringify(data)) });
  /** What the citizen was told by the last notice. */
  const heard = (citizen: Citizen) => (citizen.last.notices ?? []).map(({ message }) => message.text).join('\n');
  const status = (state: string, updatedAt: number, more: object = {}) => ({
    code: 'PAKN-1',
    status: state,
    updatedAt,
    ...more,
  });

  it('is followed by its code or as the last one, and by others only as far as its state', async () => {
    const citizen = new Citizen();
    const code = await sends(citizen);
    await citizen.says('phản ánh của tôi đâu rồi');
    expect(citizen.heard).toContain(code);
    expect(citizen.heard).toContain(texts.format(T.queued));
    await citizen.says(code.toLowerCase().replaceAll('-', ' '));
    expect(citizen.heard).toContain(LIGHT);
    const other = new Citizen({ town: citizen.town, user: 'u2' });
    await other.says(code);
    expect(other.heard).toContain(texts.format(T.queued));
    expect(other.heard).not.toContain(LIGHT);
    await other.says('PA-2222-22');
    expect(other.heard).toContain('không thấy phản ánh PA-2222-22');
  });

  it('is told once for each change, whatever the order and the repeats', async () => {
    const citizen = new Citizen();
    const code = await sends(citizen);
    await told(citizen, 'feedback.accepted', { code, status: status('received', NOW) });
    expect(heard(citizen)).toContain(code);
    const answered = { code, status: status('answered', NOW + 20, { answer: 'Đã thay bóng đèn.' }) };
    await told(citizen, 'feedback.status', answered);
    expect(heard(citizen)).toContain('Đã thay bóng đèn.');
    for (const again of [answered, answered, { code, status: status('processing', NOW + 10) }]) {
      await told(citizen, 'feedback.status', again);
      expect(heard(citizen)).toBe('');
    }
    expect((await reportOf(citizen, code)).progress).toMatchObject({ status: 'answered', answer: 'Đã thay bóng đèn.' });
  });

  it('leaves the question open that the citizen is answering', async () => {
    const citizen = new Citizen();
    const code = await sends(citizen);
    await citizen.says('phản ánh rác đổ đầy đường mấy hôm nay hôi thối');
    await told(citizen, 'feedback.accepted', { code, status: status('received', NOW) });
    expect(heard(citizen)).toContain(texts.format(T.categoryRemind));
    await citizen.says('đúng rồi');
    expect(citizen.heard).toContain(texts.format(T.place));
  });

  it('is reopened when the portal lets it, and the truth is said when it does not', async () => {
    const citizen = new Citizen();
    const code = await sends(citizen);
    await citizen.taps(`feedback.reopen:${code}`);
    expect(citizen.heard).toContain(texts.format(T.reopenNotAnswered, { code }));
    await told(citizen, 'feedback.status', { code, status: status('answered', NOW + 20, { answer: 'Xong' }) });
    await citizen.taps(`feedback.reopen:${code}`);
    await citizen.presses('Đề nghị xem lại');
    await citizen.taps(`feedback.reopen-now:${code}`);
    expect(citizen.heard).toContain(texts.format(T.reopenWaits, { code }));
    expect(tasks(citizen).map(({ body }) => body.kind === 'portal-task' && body.task)).toEqual([
      'send-feedback',
      'reopen-feedback',
    ]);
    await told(citizen, 'feedback.reopen-refused', { code, reason: 'reopening-window-passed' });
    expect(heard(citizen)).toContain('đã quá thời hạn mở lại');
    await citizen.taps(`feedback.reopen-now:${code}`);
    await told(citizen, 'feedback.reopened', { code, status: status('reopened', NOW + 40) });
    expect(heard(citizen)).toContain(texts.format(T.toldReopened, { code }));
  });

  it('is looked up at the portal when the citizen asks', async () => {
    const citizen = new Citizen();
    const code = await sends(citizen);
    await told(citizen, 'feedback.accepted', { code, status: status('received', NOW) });
    citizen.town.portal.reports.set('PAKN-1', {
      code: 'PAKN-1',
      status: 'processing',
      agency: 'Điện lực An Giang',
      updatedAt: NOW + 5,
    });
    await citizen.says(code);
    expect(citizen.heard).toContain(texts.format(T.processing));
    expect(citizen.heard).toContain('Điện lực An Giang');
    await told(citizen, 'feedback.status', { code, status: status('processing', NOW + 5) });
    expect(heard(citizen)).toBe('');
  });
});
