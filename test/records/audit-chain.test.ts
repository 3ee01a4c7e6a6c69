import fc from 'fast-check';
import { type AuditLine, auditHash } from '../../src/records/audit.js';
import { AuditChain, type ChainBreak, type ChainTip } from '../../src/records/audit-chain.js';

function chainOf(length: number, from = 1, begin = ''): AuditLine[] {
  const lines: AuditLine[] = [];
  for (let seq = from; seq < from + length; seq += 1) {
    const before = lines.at(-1)?.hash ?? begin;
    const line = {
      agency: 'alpha',
      seq,
      at: 1000 + seq,
      by: 'u1',
      action: 'ticket.claim',
      object: `ticket:${seq}`,
      detail: {},
      before,
    };
    lines.push({ ...line, hash: auditHash(line) });
  }
  return lines;
}

/** What is found first; undefined when all is whole. */
function check(lines: readonly AuditLine[], tip?: ChainTip): ChainBreak | undefined {
  const chain = new AuditChain('alpha', tip);
  for (const line of lines) {
    const found = chain.next(line);
    if (found !== undefined) return found;
  }
  return chain.finish();
}

function tipOf(lines: readonly AuditLine[]): ChainTip {
  const { seq, hash } = lines.at(-1) as AuditLine;
  return { seq, hash };
}

const length = fc.integer({ min: 2, max: 30 });
const chains = length.chain((n) => fc.record({ lines: fc.constant(chainOf(n)), at: fc.nat(n - 1) }));

describe('a chain of audit lines', () => {
  it('is whole as it was written, and of no line as well', () => {
    const lines = chainOf(20);
    expect(check(lines, tipOf(lines))).toBeUndefined();
    expect(check(lines)).toBeUndefined();
    expect(check([])).toBeUndefined();
  });

  it('may begin later, where what was older is past its time', () => {
    const lines = chainOf(5, 17, 'hash-of-line-16');
    expect(check(lines, tipOf(lines))).toBeUndefined();
  });

  it('names the line that is changed in any way', () => {
    const changes: Partial<AuditLine>[] = [
      { by: 'u2' },
      { at: 1 },
      { action: 'x' },
      { object: 'y' },
      { detail: { a: 1 } },
      { agency: 'beta' },
    ];
    fc.assert(
      fc.property(chains, fc.constantFrom(...changes), ({ lines, at }, change) => {
        const changed = lines.map((line, i) => (i === at ? { ...line, ...change } : line));
        expect(check(changed)).toEqual({ why: 'changed', seq: at + 1 });
      }),
    );
  });

  it('names the line after one that was written anew with a hash that fits, and the last one by the tip', () => {
    fc.assert(
      fc.property(chains, ({ lines, at }) => {
        const forged = lines.map((line, i) => {
          if (i !== at) return line;
          const { hash: _hash, ...content } = { ...line, by: 'u2' };
          return { ...content, hash: auditHash(content) };
        });
        const last = at === lines.length - 1;
        expect(check(forged, tipOf(lines))).toEqual({ why: 'changed', seq: last ? at + 1 : at + 2 });
      }),
    );
  });

  it('names the first line that is missing, also at the end', () => {
    fc.assert(
      fc.property(chains, fc.integer({ min: 1, max: 3 }), ({ lines, at }, many) => {
        // What is missing at the front may be past its time.
        fc.pre(at > 0);
        const left = lines.filter((_, i) => i < at || i >= at + many);
        const to = Math.min(at + many, lines.length);
        expect(check(left, tipOf(lines))).toEqual({ why: 'missing', seq: at + 1, to });
      }),
    );
  });

  it('that is gone as a whole is missing', () => {
    expect(check([], tipOf(chainOf(3)))).toEqual({ why: 'missing', seq: 1, to: 3 });
  });

  it('cannot be begun anew in its middle, nor repeat itself', () => {
    const lines = chainOf(6);
    expect(check([...lines.slice(0, 3), ...chainOf(3)])).toEqual({ why: 'changed', seq: 1 });
    expect(check(chainOf(3, 4, ''))).toEqual({ why: 'changed', seq: 4 });
    expect(check([...lines.slice(0, 2), ...chainOf(2, 3, 'another')])).toEqual({ why: 'changed', seq: 3 });
  });
});
