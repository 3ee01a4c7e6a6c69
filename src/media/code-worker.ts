// The worker thread that reads codes from pixels: one look after the other, until its owner has seen enough and ends it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import type { Pixels } from './encode.js';

/** Most of what one picture may say. */
const MOST_CODES = 5;
const MOST_TEXT = 2000;

// Its loader would fetch the module from a public server; ours lies beside it.
const wasm = readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm'));
const ready = prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer }, fireImmediately: true });

/** Answers every `Pixels` with the texts found on them. */
parentPort?.on('message', (pixels: Pixels) => {
  void ready.then(async () => {
    const found = await readBarcodes(rgbaOf(pixels), {
      formats: ['QRCode', 'MicroQRCode', 'DataMatrix', 'PDF417', 'Aztec', 'Code128', 'Code39'],
      tryHarder: true,
      tryRotate: true,
      tryInvert: true,
      tryDownscale: true,
      maxNumberOfSymbols: MOST_CODES,
      textMode: 'Plain',
    });
    const texts = found.filter(({ isValid }) => isValid).map(({ text }) => text.slice(0, MOST_TEXT).normalize('NFC'));
    parentPort?.postMessage([...new Set(texts)].filter((text) => text.trim() !== ''));
  });
});

/** As the decoder wants it: four bytes for every pixel. */
function rgbaOf({ grey, width, height }: Pixels) {
  const words = new Uint32Array(grey.length);
  for (let i = 0; i < grey.length; i += 1) words[i] = (grey[i] ?? 0) * 0x010101 + 0xff000000;
  return { data: new Uint8ClampedArray(words.buffer), width, height, colorSpace: 'srgb' };
}
