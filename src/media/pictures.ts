// What flows may ask about a received picture: keep it, or read the code on it. How it is fetched, checked and decoded is this folder's business.
import type { Attachment } from '../channels/channel.js';
import type { LaneId } from '../lib/ids.js';

/**
 * Why nothing came of a picture. `not-a-picture`: no picture at all, or one of a kind that is not taken (animated, HEIC, damaged);
 * `host`: no address, or one that the platform's list does not know; `gone`: the platform no longer has it;
 * `too-large`: in bytes or in pixels; `timeout`, `unavailable`: may work if it is sent again; `busy`: too many at once.
 */
export type PictureRefusal = 'too-large' | 'not-a-picture' | 'host' | 'gone' | 'timeout' | 'unavailable' | 'busy';

/** `chat`: shown to staff beside the words, and kept as long as they are. */
export type PicturePurpose = 'report' | 'chat';

export type KeptPicture =
  | { result: 'kept'; blobId: string; bytes: number }
  | { result: 'refused'; reason: PictureRefusal };

export type CodeReading =
  /** What QR codes and bar codes on the picture say, at most 5, each at most 2,000 characters. Written by whoever made the picture: a claim. */
  { result: 'found'; text: string[] } | { result: 'none' } | { result: 'refused'; reason: PictureRefusal };

/** `signal` is the turn's: all pictures of one turn share a time, after which the rest are refused with `timeout`. */
export interface Pictures {
  /**
   * Fetches a picture, encodes it anew without its metadata (JPEG, longest side 2,000 px, at most 5 MB) and stores it under an id
   * made of `id`: take the event's id and the attachment's position, and a repeated turn stores nothing twice. For a report unless
   * told. Never rejects.
   */
  keep(
    lane: LaneId,
    attachment: Attachment,
    id: string,
    signal: AbortSignal,
    purpose?: PicturePurpose,
  ): Promise<KeptPicture>;
  /** Deletes kept pictures by their blob ids; those that are gone already are none. */
  drop(blobIds: readonly string[]): Promise<void>;
  /** Reads the codes on a picture, which is kept nowhere. Never rejects. */
  readCode(lane: LaneId, attachment: Attachment, signal: AbortSignal): Promise<CodeReading>;
}
