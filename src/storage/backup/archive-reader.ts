// Reading the file of a back-up. Nothing of it is trusted before the whole file was read once and its checksum was right.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CodedError } from '../../lib/errors.js';
import {
  END,
  type Entry,
  FORMAT,
  type Header,
  headerSchema,
  MAX_BODY_BYTES,
  MAX_HEAD_BYTES,
  PREFIX_BYTES,
} from './archive.js';

/**
 * Reads the whole file and returns its header. Throws CodedError `backup.no-file`, `backup.damaged` (cut off, changed, or no
 * back-up at all) or `backup.newer` (of a format that this program does not know). `onEntry` sees every entry, for its form.
 */
export async function verifyArchive(file: string, onEntry: (header: Header, entry: Entry) => void): Promise<Header> {
  let header: Header | undefined;
  for await (const frame of archiveFrames(file)) {
    if (header === undefined) header = frame.header;
    else onEntry(header, frame.entry);
  }
  if (header === undefined) throw damaged();
  return header;
}

/** The entries of a file that was verified. */
export async function* archiveEntries(file: string): AsyncGenerator<Entry> {
  let first = true;
  for await (const { entry } of archiveFrames(file)) {
    if (!first) yield entry;
    first = false;
  }
}

async function* archiveFrames(file: string): AsyncGenerator<{ header: Header; entry: Entry }> {
  const checksum = createHash('sha256');
  let header: Header | undefined;
  let ended = false;
  for await (const { bytes, entry } of rawFrames(file)) {
    if (ended) throw damaged();
    if (entry.head.type === END) {
      if (header === undefined || !checksum.copy().digest().equals(entry.body)) throw damaged();
      ended = true;
      continue;
    }
    checksum.update(bytes);
    header ??= headerOf(entry);
    yield { header, entry };
  }
  if (!ended) throw damaged();
}

/** Cuts the stream into frames; holds one of them at a time. */
async function* rawFrames(file: string): AsyncGenerator<{ bytes: Buffer; entry: Entry }> {
  let waiting: Buffer[] = [];
  let size = 0;
  let wanted = PREFIX_BYTES;
  for await (const chunk of chunksOf(file)) {
    waiting.push(chunk);
    size += chunk.length;
    if (size < wanted) continue;
    let bytes = Buffer.concat(waiting);
    for (;;) {
      wanted = frameBytes(bytes);
      if (bytes.length < wanted) break;
      yield { bytes: bytes.subarray(0, wanted), entry: entryOf(bytes.subarray(0, wanted)) };
      bytes = bytes.subarray(wanted);
    }
    waiting = [bytes];
    size = bytes.length;
  }
  if (size > 0) throw damaged();
}

/** Of the frame that begins here; of its prefix while that is not complete. */
function frameBytes(bytes: Buffer): number {
  if (bytes.length < PREFIX_BYTES) return PREFIX_BYTES;
  const [head, body] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)];
  if (head > MAX_HEAD_BYTES || body > MAX_BODY_BYTES) throw damaged();
  return PREFIX_BYTES + head + body;
}

function entryOf(bytes: Buffer): Entry {
  const bodyAt = PREFIX_BYTES + bytes.readUInt32BE(0);
  try {
    const head: unknown = JSON.parse(bytes.toString('utf8', PREFIX_BYTES, bodyAt));
    if (typeof head === 'object' && head !== null && 'type' in head && typeof head.type === 'string')
      return { head: { ...head, type: head.type }, body: bytes.subarray(bodyAt) };
  } catch {
    // Said below.
  }
  throw damaged();
}

function headerOf({ head }: Entry): Header {
  const parsed = headerSchema.safeParse(head);
  if (parsed.success) return parsed.data;
  if (head.type === 'mot-cua-backup' && typeof head.format === 'number' && head.format > FORMAT)
    throw new CodedError(
      'backup.newer',
      'the back-up was written by a newer version of this program: restore it with that one',
    );
  throw damaged();
}

async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  const unpacking = createGunzip();
  // Errors arrive through the iteration.
  pipeline(createReadStream(file), unpacking, () => undefined);
  try {
    for await (const chunk of unpacking) yield chunk as Buffer;
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code?.startsWith('Z_')) throw damaged(cause);
    throw new CodedError('backup.no-file', `the back-up cannot be read (${code ?? 'unknown'})`, { cause });
  }
}

function damaged(cause?: unknown): CodedError {
  return new CodedError('backup.damaged', 'the file is damaged, cut off or no back-up of Một Cửa', {
    cause,
  });
}
