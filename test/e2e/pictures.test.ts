// Photos of receipts, from the phone through the platform's media host to the dossier; and what a bad host may cost.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { HOME } from '../../src/flows/home/texts.js';
import { serve, startPictureHost } from '../media/hostile-server.js';
import { photoOfCode, plainJpeg } from '../media/photos.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';
import { texts } from './wording.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage.close();
  removeTemporaryFolders();
});

function code(): string {
  const [hint] = stage.simulators.portal.hints().dossiers;
  if (hint === undefined) throw new Error('the portal has no dossier');
  return hint.code;
}

const sends = (citizen: Citizen, url: string) =>
  citizen.answerTo(() => stage.simulators[citizen.app].acts.image(citizen.id, { url }));
const stored = (bytes: Buffer) => stage.simulators.url + stage.simulators.media.put(bytes);

async function askedForCode(app: App): Promise<Citizen> {
  const citizen = stage.citizen(app);
  await citizen.say('menu');
  await citizen.tap(texts.format(HOME.track));
  return citizen;
}

describe.each(APPS)('a photo of the receipt on %s', (app) => {
  it('shows the dossier, and is kept nowhere', async () => {
    const citizen = await askedForCode(app);
    const answer = await sends(citizen, stored(await photoOfCode(code(), { degrees: 12, noise: 15 })));
    expect(answer).toContain(code());
    expect(
      readdirSync(stage.dataDir, { recursive: true }).filter((file) => String(file).includes(join('blobs', ''))),
    ).toEqual([]);
  });

  it('is answered with what is wrong about it', async () => {
    const citizen = await askedForCode(app);
    expect(await sends(citizen, stored(await plainJpeg(800, 600)))).toContain(texts.format(DOSSIER.photoNoCode));
    const gone = stored(await plainJpeg(10, 10));
    stage.simulators.media.expire(new URL(gone).pathname);
    expect(await sends(citizen, gone)).toContain(texts.format(DOSSIER.photoUnread));
    expect(await sends(citizen, stored(Buffer.from('<html>')))).toContain(texts.format(DOSSIER.photoUnread));
  });

  it('is not fetched from anywhere but the platform’s own hosts', async () => {
    const citizen = await askedForCode(app);
    const elsewhere = await startPictureHost();
    elsewhere.routes.set('/a.jpg', serve(await plainJpeg(10, 10)));
    expect(await sends(citizen, `${elsewhere.origin}/a.jpg`)).toContain(texts.format(DOSSIER.photoUnread));
    expect(elsewhere.asked).toEqual([]);
    expect(stage.output).not.toContain(elsewhere.origin);
    await elsewhere.close();
  });
});
