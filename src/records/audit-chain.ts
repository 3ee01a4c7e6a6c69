// Whether an agency's audit lines are one unbroken chain: pure. The lines come one after the other, the first one first. What is past
// its time was deleted from the front (retention.ts): a chain may begin later, and where it begins is part of what is found.
import type { AuditLine } from './audit.js';
import { auditHash } from './audit.js';

/** Place and hash of the last line, as the lane that writes them remembers it. */
export type ChainTip = { seq: number; hash: string };

export type ChainBreak =
  /** Lines from `seq` to `to` are not there. */
  | { why: 'missing'; seq: number; to: number }
  /** It is not what was written, or does not follow the line before. */
  | { why: 'changed'; seq: number };

export class AuditChain {
  private begin: AuditLine | undefined;
  private last: AuditLine | undefined;
  private count = 0;
  private tipLine: AuditLine | undefined;

  constructor(
    private readonly agency: string,
    /** Undefined after a month without a line: then nothing is known about the end. */
    private readonly tip: ChainTip | undefined,
  ) {}

  /** Lines that were taken, all of them good. */
  get lines(): number {
    return this.count;
  }

  get first(): AuditLine | undefined {
    return this.begin;
  }

  get end(): AuditLine | undefined {
    return this.last;
  }

  /** The place of the next line. */
  get expected(): number {
    return (this.last?.seq ?? 0) + 1;
  }

  /** Undefined when it fits. Of a chain that broke no more lines are to be given. */
  next(line: AuditLine): ChainBreak | undefined {
    const { hash, ...content } = line;
    const { seq } = line;
    if (this.last !== undefined && seq > this.expected) return { why: 'missing', seq: this.expected, to: seq - 1 };
    if (this.last !== undefined && seq < this.expected) return { why: 'changed', seq };
    const follows = this.last === undefined ? (seq === 1) === (line.before === '') : line.before === this.last.hash;
    if (!follows || line.agency !== this.agency || auditHash(content) !== hash) return { why: 'changed', seq };
    this.begin ??= line;
    this.last = line;
    this.count += 1;
    if (seq === this.tip?.seq) this.tipLine = line;
    return undefined;
  }

  /** After the last line: whether the end is there. Lines that came since the tip was read are no fault. */
  finish(): ChainBreak | undefined {
    const { tip, tipLine, last } = this;
    if (tip === undefined) return undefined;
    if (last === undefined || last.seq < tip.seq) return { why: 'missing', seq: this.expected, to: tip.seq };
    return tipLine !== undefined && tipLine.hash !== tip.hash ? { why: 'changed', seq: tip.seq } : undefined;
  }
}
