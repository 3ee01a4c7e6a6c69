// Fetches a received file: from listed hosts only, bounded in bytes, time and redirects. What the bytes are is not its business.
import http from 'node:http';
import https from 'node:https';
import { SECOND } from '../lib/clock.js';
import { allowedAddress, type MediaHosts, NOT_PUBLIC, publicLookup } from './hosts.js';
import type { PictureRefusal } from './pictures.js';

export interface DownloadLimits {
  bytes: number;
  /** From the first connection to the last byte, redirects included. */
  ms: number;
  redirects: number;
}

export const DOWNLOAD_LIMITS: DownloadLimits = { bytes: 8 * 1024 * 1024, ms: 8 * SECOND, redirects: 3 };

export type Download =
  | { result: 'fetched'; bytes: Buffer }
  | { result: 'refused'; reason: Exclude<PictureRefusal, 'busy'> };

type Answer = Download | { result: 'moved'; to: string };

/** Never rejects. The address goes nowhere but to its host: it may open the picture to anybody who reads it. */
export async function download(
  address: string,
  hosts: MediaHosts,
  signal: AbortSignal,
  limits: DownloadLimits = DOWNLOAD_LIMITS,
): Promise<Download> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(limits.ms)]);
  let next = address;
  for (let moves = 0; moves <= limits.redirects; moves += 1) {
    const answer = await get(next, hosts, limited, limits.bytes);
    if (answer.result !== 'moved') return answer;
    next = answer.to;
  }
  return refused('unavailable');
}

async function get(address: string, hosts: MediaHosts, signal: AbortSignal, mostBytes: number): Promise<Answer> {
  const allowed = allowedAddress(address, hosts);
  if (allowed === undefined) return refused('host');
  try {
    const response = await ask(allowed.url, allowed.trusted, signal);
    try {
      return await read(response, allowed.url, mostBytes);
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (signal.aborted) return refused('timeout');
    return refused(codeOf(error) === NOT_PUBLIC ? 'host' : 'unavailable');
  }
}

function ask(url: URL, trusted: boolean, signal: AbortSignal): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options: https.RequestOptions = {
      // What it is is told by its bytes; packed bytes would hide how many they are.
      headers: {
        accept: 'image/jpeg, image/png, image/webp, */*;q=0.1',
        'accept-encoding': 'identity',
        // Some hosts answer nobody without a name.
        'user-agent': 'mot-cua',
      },
      signal,
      agent: false,
      ...(trusted ? {} : { lookup: publicLookup }),
    };
    const request = url.protocol === 'https:' ? https.get(url, options) : http.get(url, options);
    request.once('response', resolve);
    request.once('error', reject);
  });
}

async function read(response: http.IncomingMessage, url: URL, mostBytes: number): Promise<Answer> {
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400) {
    const { location } = headers;
    if (location === undefined || !URL.canParse(location, url.href)) return refused('unavailable');
    return { result: 'moved', to: new URL(location, url).href };
  }
  // An address that has run out is refused by some hosts, unknown to others.
  if (status === 401 || status === 403 || status === 404 || status === 410) return refused('gone');
  if (status !== 200) return refused('unavailable');
  if (Number(headers['content-length']) > mostBytes) return refused('too-large');
  const packed = headers['content-encoding'];
  if (packed !== undefined && packed !== 'identity') return refused('not-a-picture');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) return refused('too-large');
    chunks.push(chunk);
  }
  return { result: 'fetched', bytes: Buffer.concat(chunks, size) };
}

function refused(reason: Exclude<PictureRefusal, 'busy'>): Download {
  return { result: 'refused', reason };
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
