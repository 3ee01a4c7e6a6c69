import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { parsePortalEvent, verifyPortalSignature } from '../../src/portal/webhook.js';
import { dossierBody } from './small-server.js';

const sign = (secret: string, body: Buffer) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

describe("the portal webhook's signature", () => {
  const body = Buffer.from('{"id":"e1"}');

  it('is accepted under either secret while one is rotated', () => {
    expect(verifyPortalSignature(['new', 'old'], body, sign('new', body))).toBe(true);
    expect(verifyPortalSignature(['new', 'old'], body, sign('old', body))).toBe(true);
  });

  it.each([
    ['no header', undefined],
    ['an empty header', ''],
    ['another secret', sign('other', body)],
    ['another body', sign('new', Buffer.from('{}'))],
    ['no prefix', sign('new', body).slice(7)],
    ['a short digest', 'sha256=abcd'],
  ])('is refused with %s', (_, header) => {
    expect(verifyPortalSignature(['new'], body, header)).toBe(false);
  });

  it('is refused when no secret is set, even for a signature under the empty one', () => {
    expect(verifyPortalSignature([], body, sign('', body))).toBe(false);
    expect(verifyPortalSignature([''], body, sign('', body))).toBe(false);
  });
});

describe('a portal event', () => {
  const head = { id: 'e1', occurredAt: '2026-11-20T09:00:00+07:00' };
  const occurredAt = Date.parse(head.occurredAt);

  it('brings a dossier with what is new and whom to tell', () => {
    const data = { ...dossierBody, status: 5, missingDocuments: ['Ảnh 4x6'], applicantPhone: '0900000000' };
    expect(parsePortalEvent({ ...head, type: 'dossier.status-changed', data })).toMatchObject({
      result: 'event',
      event: {
        id: 'e1',
        occurredAt,
        type: 'dossier.status-changed',
        data: { applicantPhone: '0900000000', dossier: { status: 5, personal: { missingDocuments: ['Ảnh 4x6'] } } },
      },
    });
  });

  it('is read from the raw body too', () => {
    const raw = Buffer.from(JSON.stringify({ ...head, type: 'procedure.changed', data: { code: '1.001193' } }));
    expect(parsePortalEvent(raw)).toEqual({
      result: 'event',
      event: { id: 'e1', occurredAt, type: 'procedure.changed', data: { code: '1.001193' } },
    });
  });

  it('brings a feedback answer and a news item', () => {
    const feedback = { code: 'PA-7K3F-92', status: 'answered', answer: 'Đã sửa đèn', updatedAt: head.occurredAt };
    expect(parsePortalEvent({ ...head, type: 'feedback.status-changed', data: feedback })).toMatchObject({
      event: { data: { code: 'PA-7K3F-92', status: 'answered', answer: 'Đã sửa đèn', updatedAt: occurredAt } },
    });
    const news = { id: 'n1', title: 'Cúp điện', publishedAt: head.occurredAt };
    expect(parsePortalEvent({ ...head, type: 'news.published', data: news })).toMatchObject({
      event: { data: { title: 'Cúp điện' } },
    });
  });

  it.each([
    ['not JSON', '{', 'not-json'],
    ['a list', '[]', 'no-event'],
    ['an event without an id', { ...head, id: undefined, type: 'news.published', data: {} }, 'no-event'],
    ['a dossier event without a dossier', { ...head, type: 'dossier.status-changed', data: { code: 'x' } }, 'bad-data'],
    ['a procedure event without a code', { ...head, type: 'procedure.changed', data: {} }, 'bad-data'],
  ])('is refused when it is %s', (_, body, reason) => {
    expect(parsePortalEvent(body)).toEqual({ result: 'bad', reason });
  });

  it('of an unknown type is told apart from a broken one', () => {
    expect(parsePortalEvent({ ...head, type: 'tax.raised', data: {} })).toEqual({
      result: 'unknown',
      reason: 'unknown-type',
    });
  });

  it('never throws, whatever the portal sends', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('dossier.status-changed', 'feedback.status-changed', 'news.published', 'procedure.changed'),
        fc.object(),
        (type, data) => {
          expect(['event', 'bad']).toContain(parsePortalEvent({ ...head, type, data }).result);
        },
      ),
      { numRuns: 200 },
    );
  });
});
