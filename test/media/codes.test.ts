// Reading codes: photos of receipts as phones take them, in the real worker.
import sharp from 'sharp';
import { readCodes } from '../../src/media/codes.js';
import { photoOfBarCode, photoOfCode, plainJpeg, type Shot } from './photos.js';

const CODE = 'H01.23.15-261109-0042';
const patient = new AbortController().signal;

describe('readCodes', () => {
  const shots: [string, Shot][] = [
    ['straight', {}],
    ['upside down', { degrees: 180 }],
    ['askew', { degrees: 17 }],
    ['lying on its corner', { degrees: 45, size: 400 }],
    ['small', { size: 130, width: 2400, height: 3200 }],
    ['out of focus', { blur: 3 }],
    ['grainy', { noise: 30 }],
    ['dim', { paper: 120, ink: 60 }],
    ['grainy, askew and out of focus', { degrees: -25, blur: 2, noise: 20, size: 420 }],
    ['a huge photo', { size: 900, width: 6000, height: 8000 }],
  ];

  it.each(shots)('reads a code that is %s', async (_name, shot) => {
    expect(await readCodes(await photoOfCode(CODE, shot), patient)).toEqual({ result: 'found', text: [CODE] });
  });

  it.each([0, 90, 180, 40, 135])('reads a bar code turned by %i degrees', async (degrees) => {
    expect(await readCodes(await photoOfBarCode(CODE, degrees), patient)).toEqual({ result: 'found', text: [CODE] });
  });

  it('reads Vietnamese in a code, composed', async () => {
    const said = 'Mã hồ sơ: H01-1; Biên nhận số 7';
    expect(await readCodes(await photoOfCode(said.normalize('NFD')), patient)).toEqual({
      result: 'found',
      text: [said],
    });
  });

  it('reads a photo that its EXIF turns', async () => {
    const turned = await sharp(await photoOfCode(CODE))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect(await readCodes(turned, patient)).toEqual({ result: 'found', text: [CODE] });
  });

  it('says none where there is none', async () => {
    expect(await readCodes(await plainJpeg(1200, 900), patient)).toEqual({ result: 'none' });
  });

  it('refuses what is no picture', async () => {
    expect(await readCodes(Buffer.from('<html>'), patient)).toEqual({ result: 'refused', reason: 'not-a-picture' });
  });

  it('ends when its time is over', async () => {
    const photo = await photoOfCode(CODE);
    expect(await readCodes(photo, AbortSignal.abort())).toEqual({ result: 'refused', reason: 'timeout' });
    expect(await readCodes(photo, patient, 1)).toEqual({ result: 'refused', reason: 'timeout' });
  });
});
