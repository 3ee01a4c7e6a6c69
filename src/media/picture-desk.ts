// Received pictures, put together: fetched, checked, encoded anew and kept, or read for codes and forgotten.
import { createHash } from 'node:crypto';
import type { Attachment } from '../channels/channel.js';
import { type Clock, SECOND } from '../lib/clock.js';
import { addressOf, type ChannelName, type LaneId } from '../lib/ids.js';
import type { Log } from '../lib/log.js';
import { type Blobs, CHAT_FILE } from '../records/blobs.js';
import { readCodes } from './codes.js';
import { DOWNLOAD_LIMITS, type Download, type DownloadLimits, download } from './download.js';
import { encodePicture } from './encode.js';
import type { MediaHosts } from './hosts.js';
import type { CodeReading, KeptPicture, PicturePurpose, PictureRefusal, Pictures } from './pictures.js';
import { JobQueue } from './queue.js';

export interface PictureDeskOptions {
  /** Where each platform keeps what citizens sent. */
  hosts: Readonly<Record<ChannelName, MediaHosts>>;
  blobs: Blobs;
  clock: Clock;
  log: Log;
  limits?: DownloadLimits;
  /** For all pictures of one turn together; its own time is 20 s. */
  turnMs?: number;
}

/** Pictures in work at a time, and those that may wait: a picture costs up to a second and 100 MB. */
const AT_ONCE = 2;
const WAITING = 50;
/** A last picture that is being encoded takes up to six seconds more. */
const TURN_MS = 12 * SECOND;

const PREFIXES: Readonly<Record<PicturePurpose, string>> = { report: 'picture-', chat: CHAT_FILE };

export function createPictures(options: PictureDeskOptions): Pictures {
  const { hosts, blobs, clock, log, limits = DOWNLOAD_LIMITS, turnMs = TURN_MS } = options;
  const queue = new JobQueue(AT_ONCE, WAITING);
  const turns = new WeakMap<AbortSignal, AbortSignal>();

  /** A message may bring many pictures: a slow host must not cost the turn. They share a time that begins with the first. */
  function withinTurn(turn: AbortSignal): AbortSignal {
    const known = turns.get(turn);
    if (known !== undefined) return known;
    const limited = AbortSignal.any([turn, AbortSignal.timeout(turnMs)]);
    turns.set(turn, limited);
    return limited;
  }

  async function fetched(lane: LaneId, { kind, url, sizeBytes }: Attachment, signal: AbortSignal): Promise<Download> {
    // Photos sent uncompressed come as files.
    if (kind !== 'image' && kind !== 'file') return { result: 'refused', reason: 'not-a-picture' };
    if (sizeBytes !== undefined && sizeBytes > limits.bytes) return { result: 'refused', reason: 'too-large' };
    const channel = addressOf(lane)?.channel;
    if (channel === undefined || url === undefined) return { result: 'refused', reason: 'host' };
    return download(url, hosts[channel], signal, limits);
  }

  async function kept(
    lane: LaneId,
    attachment: Attachment,
    id: string,
    signal: AbortSignal,
    purpose: PicturePurpose,
  ): Promise<KeptPicture> {
    const blobId = `${PREFIXES[purpose]}${createHash('sha256').update(`${lane}\n${id}`).digest('hex').slice(0, 40)}`;
    const before = await blobs.get(blobId);
    if (before !== undefined) return { result: 'kept', blobId, bytes: before.info.sizeBytes };
    const picture = await fetched(lane, attachment, signal);
    if (picture.result === 'refused') return picture;
    const encoded = await encodePicture(picture.bytes);
    if (encoded.result === 'refused') return encoded;
    await blobs.put({ id: blobId, lane, mimeType: 'image/jpeg', createdAt: clock() }, encoded.jpeg);
    return { result: 'kept', blobId, bytes: encoded.jpeg.length };
  }

  async function readings(lane: LaneId, attachment: Attachment, signal: AbortSignal): Promise<CodeReading> {
    const picture = await fetched(lane, attachment, signal);
    return picture.result === 'refused' ? picture : readCodes(picture.bytes, signal);
  }

  async function work<T extends { result: string }>(
    action: string,
    lane: LaneId,
    turn: AbortSignal,
    job: (signal: AbortSignal) => Promise<T>,
  ): Promise<T | { result: 'refused'; reason: PictureRefusal }> {
    const startedAt = performance.now();
    const signal = withinTurn(turn);
    let error: unknown;
    const answer = await queue
      .run(signal, () => job(signal))
      .catch((thrown: unknown) => {
        error = thrown;
        return { result: 'refused' as const, reason: 'unavailable' as const };
      });
    const result = answer ?? { result: 'refused' as const, reason: signal.aborted ? 'timeout' : 'busy' };
    const facts = { action, lane, ms: Math.round(performance.now() - startedAt) };
    if (error !== undefined) log.error({ ...facts, reason: 'threw', error });
    else log.info({ ...facts, reason: 'reason' in result ? String(result.reason) : result.result });
    return result as T | { result: 'refused'; reason: PictureRefusal };
  }

  return {
    keep: (lane, attachment, id, turn, purpose = 'report') =>
      work('picture.keep', lane, turn, (signal) => kept(lane, attachment, id, signal, purpose)),
    drop: async (blobIds) => {
      await Promise.all(blobIds.map((id) => blobs.delete(id)));
    },
    readCode: (lane, attachment, turn) =>
      work('picture.read', lane, turn, (signal) => readings(lane, attachment, signal)),
  };
}
