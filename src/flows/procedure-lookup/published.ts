// Reads fees and times as portals publish them, to know what may be quoted and what would mislead. Never rewords or computes.
import { fold } from '../../language/fold.js';
import type { Procedure, ProcedureMethod, SubmissionChannel } from '../../records/procedure.js';

/**
 * `quote`: show the text as published. `unclear`: published, but a reader would take it for something else (a fee typed in
 * thousands, a time without a unit); point to the page. `unknown`: not published.
 */
export type Published = { kind: 'quote'; text: string } | { kind: 'unclear' } | { kind: 'unknown' };

/** "40 Việt Nam Đồng" meant 40.000đ: no public fee is under this, so such a figure is never shown on its own. */
const SMALLEST_FEE = 1000;
const HEAD_AND_DETAIL = /^([^(]{0,60}?)\s*\((.*)\)?\s*$/s;
const BARE_AMOUNT = /^(?:(?:le )?phi ?:? ?)?(\d[\d.,]*)\s*(?:viet nam dong|vnd|dong|d|usd)?$/;
const SAYS_NOTHING = /^(?:khong co|khong|khong quy dinh|khong thu|khong mat phi|mien phi|a)?[. ]*$/;

export function publishedFee(feeText: string | undefined): Published {
  const text = clean(feeText);
  if (text === '') return { kind: 'unknown' };
  const [, head = '', rest = ''] = HEAD_AND_DETAIL.exec(text) ?? [undefined, text, ''];
  const detail = rest.replace(/\)\s*$/, '').trim();
  if (SAYS_NOTHING.test(fold(detail)))
    return misleading(head) ? { kind: 'unclear' } : { kind: 'quote', text: head.trim() };
  // "Miễn phí(Lệ phí: 135.000 đồng…)" is not free, and "40 Đồng(40.000 đồng/bản)" is not 40đ: the detail is what counts.
  if (misleading(head) || fold(head).trim() === 'mien phi') return { kind: 'quote', text: detail };
  return { kind: 'quote', text: `${head.trim()} (${detail})` };
}

function misleading(head: string): boolean {
  const folded = fold(head).trim();
  if (/usd/.test(folded)) return false;
  const amount = BARE_AMOUNT.exec(folded)?.[1];
  if (amount === undefined) return false;
  const value = Number(amount.replace(/[.,](?=\d{3}\b)/g, '').replace(',', '.'));
  return value > 0 && value < SMALLEST_FEE;
}

export function publishedTime(timeText: string | undefined): Published {
  const text = clean(timeText);
  if (text === '') return { kind: 'unknown' };
  // "1" without a unit stands for anything from an hour to a month.
  return /^[\d.,\s]+$/.test(text) ? { kind: 'unclear' } : { kind: 'quote', text };
}

function clean(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

export interface PerChannel {
  channels: SubmissionChannel[];
  published: Published;
}

/** One entry per distinct text, naming the channels that share it, in the portal's order. */
export function perChannel(procedure: Procedure, read: (method: ProcedureMethod) => Published): PerChannel[] {
  const out: PerChannel[] = [];
  for (const method of procedure.methods) {
    const published = read(method);
    const same = out.find((one) => JSON.stringify(one.published) === JSON.stringify(published));
    if (same === undefined) out.push({ channels: [method.channel], published });
    else if (!same.channels.includes(method.channel)) same.channels.push(method.channel);
  }
  return out.every(({ published }) => published.kind === 'unknown') ? [] : out;
}
