// How an answer of the desk is written: JSON, a refusal, or a stream. Events are event-streams.ts.
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import type { Log } from '../lib/log.js';
import type { DeskAnswer } from './route.js';

type Plain = Exclude<DeskAnswer, { events: unknown }>;

/** False, for whoever asks whether to go on. */
export function refuse(response: Response, status: number, error: string, detail?: object): false {
  // How long to wait stands in the detail, in seconds.
  const wait = (detail as { retryAfter?: unknown } | undefined)?.retryAfter;
  if (typeof wait === 'number') response.set('Retry-After', String(wait));
  response.status(status).json({ error, ...(detail === undefined ? {} : { detail }) });
  return false;
}

/** Resolves when everything is handed over. A stream that breaks ends the connection, so that nobody takes it for whole. */
export async function writeAnswer(answer: Plain, response: Response, log: Log): Promise<void> {
  if ('error' in answer) {
    refuse(response, answer.status, answer.error, answer.detail);
    return;
  }
  if ('json' in answer) {
    if (answer.cookie !== undefined) response.set('Set-Cookie', answer.cookie);
    response.status(200).json(answer.json);
    return;
  }
  const { stream, type, filename } = answer;
  response.status(200).set({ 'Content-Type': type, 'Cache-Control': 'private, no-store' });
  if (filename !== undefined) response.set('Content-Disposition', attachment(filename));
  try {
    await pipeline(stream, response);
  } catch (error) {
    // A browser that went away is nobody's fault.
    if (!response.destroyed || response.writableFinished) log.warn({ action: 'desk.stream-broke-off', error });
    response.destroy();
  }
}

function attachment(filename: string): string {
  const ascii = filename.replace(/[^\w. -]/g, '_').slice(0, 150);
  const whole = encodeURIComponent(filename).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
  return `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`;
}
