// What somebody lives through who reports something, on either home: used by the tests of both.
import { FEEDBACK_TEXTS as T } from '../../src/flows/feedback/texts.js';
import { plainJpeg } from '../media/photos.js';
import { heardAfter, say, tap } from './hearing.js';
import { APPS, type App, type Citizen, type Stage } from './stage.js';
import { post } from './webhook.js';
import { texts } from './wording.js';

const LIGHT = 'Phản ánh đèn đường trước chợ Long Hòa hỏng cả tuần nay, tối không thấy đường đi';
const CODE = /PA-[2-9A-HJ-NP-Z]{4}-[2-9]{2}/;
/** The portal's own code, as the report's card shows it. */
const PORTAL_CODE = /PAKN-[\w-]+/;

export const button = (key: 'yes' | 'noPhotos' | 'disagree' | 'send' | 'stillSend' | 'done' | 'reopenConfirm') =>
  texts.format(T[key]);

/** Up to the summary; the answer to "Gửi" is still to come. */
export async function writes(citizen: Citizen, words = LIGHT): Promise<void> {
  await say(citizen, words);
  await tap(citizen, button('yes'));
  await tap(citizen, button('noPhotos'));
  await say(citizen, 'Nguyễn Văn An, 0912 345 678');
  await tap(citizen, button('disagree'));
}

export function codeIn(text: string): string {
  const code = CODE.exec(text)?.[0];
  if (code === undefined) throw new Error(`no code in: ${text}`);
  return code;
}

export interface Scene {
  stage: () => Stage;
}

export function feedbackTests({ stage }: Scene): void {
  const portal = () => stage().simulators.portal;
  const received = (code: string) =>
    portal()
      .received()
      .feedback.filter(({ clientCode }) => clientCode === code);
  afterEach(() => portal().setFault({ kind: 'none' }));

  async function control(path: string, body: object): Promise<void> {
    const response = await fetch(`${stage().simulators.url}/portal/__sim/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect([path, response.status, await response.text()]).toMatchObject([path, 200, expect.anything()]);
  }

  async function portalCode(citizen: Citizen, code: string): Promise<string> {
    const own = PORTAL_CODE.exec(await say(citizen, code))?.[0];
    if (own === undefined) throw new Error('the portal gave no code');
    return own;
  }

  const times = (citizen: Citizen, part: string) => citizen.heard.filter(({ text }) => text?.includes(part)).length;

  it.each(APPS)('reports, is answered, reopens, and hears each piece of news once on %s', async (app: App) => {
    const citizen = stage().citizen(app);
    await writes(citizen);
    const code = codeIn(await tap(citizen, button('send')));
    await citizen.hears(`Phản ánh ${code}: hệ thống của tỉnh đã nhận`);
    expect(received(code)).toMatchObject([
      {
        content: LIGHT,
        category: 'Điện, nước, chiếu sáng',
        place: { text: 'trước chợ Long Hòa' },
        contact: { name: 'Nguyễn Văn An', phone: '0912345678' },
        publishConsent: false,
      },
    ]);
    const own = await portalCode(citizen, code);

    await control(`feedback/${own}/status`, { status: 'answered', answer: 'Đã thay bóng đèn mới.' });
    await citizen.hears('Đã thay bóng đèn mới.');
    // What happened before it comes late, under several ids; the answer itself comes five times more.
    const announce = (id: string, status: string) =>
      post(
        stage(),
        'portal',
        JSON.stringify({
          id: `${code}-${id}`,
          type: 'feedback.status-changed',
          occurredAt: new Date().toISOString(),
          data: { code: own, status, updatedAt: new Date(Date.now() - 60_000).toISOString() },
        }),
      );
    for (const status of ['assigned', 'processing']) expect(await announce(status, status)).toBe(200);
    const { id } = portal().state().webhooks.at(-1) ?? {};
    await control('webhook', { duplicate: true, id, times: 5 });
    await portal().webhooksSettled();
    await stage().quiet();
    expect(times(citizen, 'Đã thay bóng đèn mới.')).toBe(1);
    for (const state of [T.assigned, T.processing])
      expect(times(citizen, texts.format(T.toldStatus, { code, status: texts.format(state) }))).toBe(0);

    await tap(citizen, texts.format(T.reopenButton));
    await tap(citizen, button('reopenConfirm'));
    await citizen.hears(texts.format(T.toldReopened, { code }));
    expect(times(citizen, texts.format(T.toldReopened, { code }))).toBe(1);
  });

  it('keeps a report while the portal is down and the bot is killed, and sends it once', async () => {
    const citizen = stage().citizen('messenger');
    portal().setFault({ kind: 'down' });
    await writes(citizen);
    const code = codeIn(await tap(citizen, button('send')));
    expect(await say(citizen, 'phản ánh của tôi tới đâu rồi')).toContain(texts.format(T.queued));
    await stage().bot.kill();
    await stage().start();
    expect(received(code)).toEqual([]);
    portal().setFault({ kind: 'none' });
    // Carried out, but the answer is lost: the next try has the same key.
    portal().setFault({ kind: 'lost-answer', path: '/feedback', times: 1 });
    await citizen.hears(`Phản ánh ${code}: hệ thống của tỉnh đã nhận`, 60_000);
    expect(received(code)).toHaveLength(1);
    expect(times(citizen, 'hệ thống của tỉnh đã nhận')).toBe(1);
  });

  it('goes on after a restart in the middle of the form, and after a question in between', async () => {
    const citizen = stage().citizen('zalo');
    await say(citizen, LIGHT);
    await stage().bot.kill();
    await stage().start();
    expect(await say(citizen, 'làm giấy khai sinh cần giấy tờ gì?')).toContain(texts.format(T.categoryRemind));
    await tap(citizen, button('yes'));
    await tap(citizen, button('noPhotos'));
    expect(await say(citizen, 'quay lại')).toContain(texts.format(T.photos, { most: 5 }));
    await tap(citizen, button('noPhotos'));
    await say(citizen, 'Trần Thị Bình 0987654321');
    await tap(citizen, button('disagree'));
    const code = codeIn(await tap(citizen, button('send')));
    await citizen.hears(`Phản ánh ${code}: hệ thống của tỉnh đã nhận`);
    expect(received(code)).toHaveLength(1);
    // The same again is noticed, and given up for the first.
    expect(await say(citizen, LIGHT)).toContain(code);
    expect(await tap(citizen, texts.format(T.see))).toContain(code);
    expect(
      portal()
        .received()
        .feedback.filter(({ contact }) => contact?.phone === '0987654321'),
    ).toHaveLength(1);
  });

  it('takes a position and a photo, and is told the truth when the time for reopening has passed', async () => {
    const citizen = stage().citizen('messenger');
    await say(citizen, 'phản ánh rác đổ đầy, hôi thối mấy tuần nay không ai dọn');
    await tap(citizen, button('yes'));
    await heardAfter(citizen, () =>
      citizen.answerTo(() =>
        stage().simulators.messenger.acts.location(citizen.id, { latitude: 10.37, longitude: 105.43 }),
      ),
    );
    const { messenger, media, url } = stage().simulators;
    const photo = url + media.put(await plainJpeg(800, 600));
    await heardAfter(citizen, () => citizen.answerTo(() => messenger.acts.image(citizen.id, { url: photo })));
    await tap(citizen, button('done'));
    await say(citizen, 'Lê Văn Tám 0933444555');
    await tap(citizen, button('disagree'));
    const code = codeIn(await tap(citizen, button('send')));
    await citizen.hears(`Phản ánh ${code}: hệ thống của tỉnh đã nhận`);
    expect(received(code)).toMatchObject([
      { place: { latitude: 10.37, longitude: 105.43 }, photoIds: [expect.any(String)] },
    ]);
    const own = await portalCode(citizen, code);
    await control(`feedback/${own}/status`, { status: 'answered', answer: 'Đã dọn.' });
    await citizen.hears('Đã dọn.');
    portal().clock.advance(20 * 24 * 3_600_000);
    await tap(citizen, texts.format(T.reopenButton));
    await tap(citizen, button('reopenConfirm'));
    await citizen.hears('đã quá thời hạn mở lại');
    await control('clock', { reset: true });
  });
}
