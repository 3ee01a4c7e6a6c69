// Blobs in MongoDB: whole again whatever their size, and nothing left behind.
import { randomBytes } from 'node:crypto';
import { startMongo, type TestMongo } from '../../scripts/mongo-engine/engine.mjs';
import type { MongoHalf } from '../../src/storage/cluster/mongo/open.js';
import { dropDatabases, freshDatabase, openHalf } from './mongo-server.js';

let server: TestMongo;
let half: MongoHalf;

beforeAll(async () => {
  server = await startMongo();
  half = await openHalf(freshDatabase(server.uri));
}, 120_000);

afterAll(async () => {
  await half.close();
  await dropDatabases();
  await server.stop();
});

async function chunksOf(blob: string): Promise<{ bytes: Buffer }[]> {
  const chunks = await half.connection.collection('blob_chunks').find({ blob }).toArray();
  return chunks as unknown as { bytes: Buffer }[];
}

describe('blobs in chunks', () => {
  it.each([0, 1, 262_080, 262_081, 1_500_000, 5_000_000])('come back whole with %i bytes', async (size) => {
    const id = `sized ${size}`;
    const bytes = randomBytes(size);
    await half.blobs.put({ id, lane: 'l', mimeType: 'application/pdf', createdAt: 1 }, bytes);
    expect((await half.blobs.get(id))?.bytes.equals(bytes)).toBe(true);
    const longest = Math.max(0, ...(await chunksOf(id)).map(({ bytes: sealed }) => sealed.length));
    expect(longest).toBeLessThanOrEqual(256 * 1024);
  });

  it('leave nothing of a put that was slower than another, nor of a deleted one', async () => {
    const about = { id: 'raced', lane: 'l', mimeType: 'image/png', createdAt: 1 };
    const put = () => half.blobs.put(about, randomBytes(600_000));
    await Promise.all([put(), put(), put()]);
    await put();
    expect((await half.blobs.get('raced'))?.bytes.length).toBe(600_000);
    expect(await chunksOf('raced')).toHaveLength(3);
    await half.blobs.delete('raced');
    expect(await chunksOf('raced')).toEqual([]);
    expect(await half.blobs.get('raced')).toBeUndefined();
  });

  it('of a put that was cut off are not found, and go with their lane', async () => {
    const cut = { id: 'cut', lane: 'zalo:1:cut', mimeType: 'image/png', createdAt: 1 };
    await half.blobs.put(cut, randomBytes(600_000));
    // What is left when the process dies before the last write of a put.
    await half.connection.collection<{ _id: string }>('blobs').deleteOne({ _id: 'cut' });
    expect(await half.blobs.get('cut')).toBeUndefined();
    expect(await chunksOf('cut')).toHaveLength(3);
    await half.blobs.put(cut, Buffer.from('again'));
    expect((await half.blobs.get('cut'))?.bytes.toString()).toBe('again');
    expect(await chunksOf('cut')).toHaveLength(1);
    expect(await half.blobs.deleteLane('zalo:1:cut')).toBe(1);
    expect(await chunksOf('cut')).toEqual([]);
  });

  it('say so when a part of them is gone, and open in their own place only', async () => {
    const about = { lane: 'l', mimeType: 'image/png', createdAt: 1 };
    await half.blobs.put({ id: 'torn', ...about }, randomBytes(600_000));
    const chunks = half.connection.collection<{ _id: string; blob: string; bytes: Buffer }>('blob_chunks');
    const [first, second] = await chunks.find({ blob: 'torn' }).sort({ _id: 1 }).toArray();
    await chunks.updateOne({ _id: first?._id ?? '' }, { $set: { bytes: second?.bytes ?? Buffer.alloc(0) } });
    await expect(half.blobs.get('torn')).rejects.toMatchObject({ code: 'sealing.unreadable' });
    await chunks.deleteOne({ _id: first?._id ?? '' });
    await expect(half.blobs.get('torn')).rejects.toMatchObject({ code: 'blobs.incomplete' });
  });
});
