// The file of a back-up: gzip around frames, a header first, a checksum last. What the frames mean is known to the homes
// (embedded.ts, cluster.ts); reading is archive-reader.ts.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { z } from 'zod';

export const FORMAT = 1;

export const headerSchema = z.object({
  type: z.literal('mot-cua-backup'),
  format: z.literal(FORMAT),
  home: z.enum(['embedded', 'cluster']),
  /** Of the tables or records, see DATA_VERSION and RECORDS_VERSION. */
  dataVersion: z.number().int().nonnegative(),
  /** Version of the program that wrote it. */
  program: z.string(),
  /** When it was begun, ISO 8601. */
  at: z.iso.datetime(),
  /** See Sealer.keyIds; empty when DATA_KEY was not known to the back-up. */
  keyIds: z.array(z.string().regex(/^[0-9a-f]{8}$/)),
  /** Of the cluster home. */
  partitions: z.number().int().positive().optional(),
});

export type Header = z.output<typeof headerSchema>;

/** One thing that is kept: what and where it is, as JSON, and its bytes. */
export interface Entry {
  head: { type: string } & Record<string, unknown>;
  body: Buffer;
}

/** Two numbers in front of each frame: bytes of its head and of its body. */
export const PREFIX_BYTES = 8;
export const MAX_HEAD_BYTES = 1024 * 1024;
/** Above MongoDB's largest document and Redis' usual largest argument of ours. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;
export const END = 'end';
const PIECE_BYTES = 64 * 1024;

/** Writes and syncs the file, which must not exist. Memory does not grow with what is kept. */
export async function writeArchive(
  file: string,
  header: Header,
  entries: AsyncIterable<Entry>,
  signal: AbortSignal,
): Promise<void> {
  const output = createWriteStream(file, { flags: 'wx', mode: 0o600 });
  await once(output, 'open');
  // What is sealed does not shrink: the quickest level is enough.
  await pipeline(Readable.from(frames(header, entries)), createGzip({ level: 1 }), output, { signal });
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* frames(header: Header, entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  const checksum = createHash('sha256');
  let pieces: Buffer[] = [];
  let size = 0;
  const add = (head: object, body: Buffer) => {
    const text = Buffer.from(JSON.stringify(head));
    const prefix = Buffer.alloc(PREFIX_BYTES);
    prefix.writeUInt32BE(text.length, 0);
    prefix.writeUInt32BE(body.length, 4);
    for (const part of [prefix, text, body]) {
      checksum.update(part);
      pieces.push(part);
      size += part.length;
    }
  };
  add(header, Buffer.alloc(0));
  for await (const { head, body } of entries) {
    add(head, body);
    if (size < PIECE_BYTES) continue;
    yield Buffer.concat(pieces);
    pieces = [];
    size = 0;
  }
  const sum = checksum.copy().digest();
  add({ type: END }, sum);
  yield Buffer.concat(pieces);
}
