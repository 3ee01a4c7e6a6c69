// Blobs in a folder, sealed. A file is complete before its row exists; a row gone leaves at worst a stray file, which the
// next deletion of the same id removes.
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sealer } from '../../lib/sealing.js';
import type { BlobInfo, Blobs } from '../../records/blobs.js';
import type { DatabaseThread } from './database-thread.js';
import type { reads, writes } from './operations.js';

export class FolderBlobs implements Blobs {
  constructor(
    private readonly folder: string,
    private readonly sealer: Sealer,
    private readonly writer: DatabaseThread<typeof writes>,
    private readonly reader: DatabaseThread<typeof reads>,
  ) {}

  async put(info: Omit<BlobInfo, 'sizeBytes'>, bytes: Buffer): Promise<void> {
    const file = this.fileOf(info.id);
    await mkdir(dirname(file), { recursive: true });
    const half = `${file}.part`;
    const handle = await open(half, 'w', 0o600);
    try {
      await handle.writeFile(this.sealer.seal(bytes, blobSealedAs(info.id)));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(half, file);
    await this.writer.call('addBlob', { ...info, sizeBytes: bytes.length });
  }

  async get(id: string): Promise<{ info: BlobInfo; bytes: Buffer } | undefined> {
    const info = await this.reader.call('blob', id);
    if (info === undefined) return undefined;
    return { info, bytes: this.sealer.open(await readFile(this.fileOf(id)), blobSealedAs(id)) };
  }

  async delete(id: string): Promise<void> {
    await this.writer.call('dropBlob', id);
    await rm(this.fileOf(id), { force: true });
  }

  async deleteLane(lane: string, upTo = Number.MAX_SAFE_INTEGER): Promise<number> {
    const ids = await this.reader.call('blobsOfLane', { lane, upTo });
    for (const id of ids) await this.delete(id);
    return ids.length;
  }

  private fileOf(id: string): string {
    return join(this.folder, blobPath(id));
  }
}

/** Below the blob folder. The id never becomes a path: its digest does. */
export function blobPath(id: string): string {
  const digest = createHash('sha256').update(id).digest('hex');
  return join(digest.slice(0, 2), digest);
}

export function blobSealedAs(id: string): string {
  return `blob:${id}`;
}
