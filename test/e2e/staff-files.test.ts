// Pictures, files and cards from the desk to the phone and back, on both platforms, and what became of each message.
import sharp from 'sharp';
import type { EntryView } from '../../src/desk/api.js';
import { plainJpeg } from '../media/photos.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { DESK, Officer } from './officer.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');

let stage: Stage;
let officer: Officer;
beforeAll(async () => {
  stage = await Stage.open({}, DESK);
  officer = await Officer.signIn(stage);
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});

const says = (part: string) => (entry: EntryView) => entry.lines.some(({ text = '' }) => text.includes(part));

/** Somebody asks for staff and an officer takes it. */
async function talking(app: App): Promise<{ citizen: Citizen; ticket: string }> {
  const citizen = stage.citizen(app);
  await citizen.say('xin chào');
  await citizen.say('cho tôi gặp cán bộ');
  const { id: ticket } = await officer.only('waiting');
  await officer.claim(ticket);
  return { citizen, ticket };
}

describe.each(APPS)('on %s', (app) => {
  it('a picture leaves without its metadata and a PDF as it is, and the desk learns that they arrived', async () => {
    const { citizen, ticket } = await talking(app);
    const photo = await sharp(await plainJpeg(640, 480))
      .withExif({ IFD0: { Artist: 'Lan' } })
      .jpeg()
      .toBuffer();
    const picture = await officer.upload(ticket, 'mẫu tờ khai.jpg', photo, 'image/jpeg');
    expect(picture).toMatchObject({ kind: 'image', name: 'mẫu tờ khai.jpg' });
    await officer.reply(ticket, { text: 'Gửi bạn mẫu này nhé', file: picture.file });
    const file = await officer.upload(ticket, 'giấy hẹn.pdf', PDF, 'application/pdf');
    await officer.reply(ticket, { file: file.file });
    await stage.quiet();

    const [words, shown, paper] = citizen.heard.slice(-3);
    expect(words?.text).toBe('Gửi bạn mẫu này nhé');
    const seen = Buffer.from(await (await fetch(shown?.image ?? '')).arrayBuffer());
    expect(await sharp(seen).metadata()).toMatchObject({ width: 640, height: 480 });
    expect((await sharp(seen).metadata()).exif).toBeUndefined();
    expect(paper?.file?.name).toBe('giấy hẹn.pdf');
    expect(Buffer.from(await (await fetch(paper?.file?.url ?? '')).arrayBuffer())).toEqual(PDF);

    const entry = await officer.sees(
      ticket,
      (one) => says('Gửi bạn mẫu này nhé')(one) && one.delivery?.state === 'sent',
      'the answer to have arrived',
    );
    expect(entry.lines).toEqual([
      expect.objectContaining({
        by: 'staff',
        text: 'Gửi bạn mẫu này nhé',
        files: [expect.objectContaining({ kind: 'image' })],
      }),
    ]);
    const own = await officer.call(
      'GET',
      `/tickets/${ticket}/entries/${entry.id}/files/${entry.lines[0]?.files?.[0]?.blob}`,
    );
    expect([own.status, own.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    await officer.done('POST', `/tickets/${ticket}/close`, { resolution: 'answered' });
    await stage.quiet();
  });

  it('a procedure’s card has the words and buttons of the bot, and somebody else’s dossier is refused', async () => {
    const { citizen, ticket } = await talking(app);
    const asked = await officer.done<{ items: { code: string }[] }>('GET', '/procedures?q=khai%20sinh');
    const [found] = asked.items;
    await officer.reply(ticket, { card: { procedure: found?.code ?? '' } });
    await stage.quiet();
    expect(citizen.last.text).toContain(found?.code);
    expect(citizen.buttons.length).toBeGreaterThan(2);
    const dossier = { key: crypto.randomUUID(), card: { dossier: 'H01.14-261101-0001' } };
    expect(await officer.refused('POST', `/tickets/${ticket}/reply`, dossier)).toBe('409 dossier.unproven');
    await officer.done('POST', `/tickets/${ticket}/close`, { resolution: 'answered' });
    await stage.quiet();
  });

  it('what is neither a picture nor a PDF is not taken', async () => {
    const { ticket } = await talking(app);
    for (const text of ['<html><script>alert(1)</script></html>', '<svg xmlns="http://www.w3.org/2000/svg"/>']) {
      const path = `/tickets/${ticket}/files`;
      expect(await officer.refused('POST', path, Buffer.from(text), 'application/pdf')).toBe('400 file.type');
    }
    await officer.done('POST', `/tickets/${ticket}/close`, { resolution: 'answered' });
    await stage.quiet();
  });

  it('a citizen’s picture is shown at the desk, their number masked', async () => {
    const { citizen, ticket } = await talking(app);
    const { simulators } = stage;
    const url = simulators.url + simulators.media.put(await plainJpeg(320, 240));
    await citizen.answerTo(() => simulators[app].acts.image(citizen.id, { url }));
    expect(await citizen.say('gọi em số 0912345678')).toBe('');
    const picture = await officer.sees(
      ticket,
      ({ lines }) => lines.some(({ files }) => files?.[0]?.blob !== undefined),
      'the picture',
    );
    const [file] = picture.lines[0]?.files ?? [];
    const shown = await officer.call('GET', `/tickets/${ticket}/entries/${picture.id}/files/${file?.blob}`);
    expect(await sharp(Buffer.from(await shown.arrayBuffer())).metadata()).toMatchObject({
      width: 320,
      format: 'jpeg',
    });
    const words = await officer.sees(ticket, says('gọi em'), 'the citizen’s words');
    expect(words.lines).toEqual([
      expect.objectContaining({ by: 'citizen', text: 'gọi em số ••••••••••', masked: true }),
    ]);
    expect(JSON.stringify(await officer.entries(ticket))).not.toContain('0912345678');
    await officer.done('POST', `/tickets/${ticket}/close`, { resolution: 'answered' });
    await stage.quiet();
  });

  it('an answer that cannot arrive is marked with its reason', async () => {
    const { citizen, ticket } = await talking(app);
    const user = stage.simulators[app].state.users.get(citizen.id);
    if (user !== undefined) user.blocked = true;
    await officer.reply(ticket, { text: 'Bạn có đó không?' });
    const entry = await officer.sees(
      ticket,
      (one) => says('Bạn có đó không?')(one) && one.delivery?.state === 'failed',
      'the failure',
    );
    expect(entry.delivery?.reason).toBe(app === 'zalo' ? 'zalo.-244' : 'messenger.551.1545041');
    if (user !== undefined) user.blocked = false;
    await officer.done('POST', `/tickets/${ticket}/close`, { resolution: 'answered' });
    await stage.quiet();
  });
});
