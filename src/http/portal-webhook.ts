// The portal's webhook: signature, shape, and the event into its system lane.
import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../lib/json.js';
import { type PortalEvent, parsePortalEvent, verifyPortalSignature } from '../portal/webhook.js';
import type { Acceptor } from '../turns/accept.js';

/** What a webhook is answered when it was read; 404 when this deployment takes none. */
export type WebhookStatus = 200 | 401 | 404;

export class PortalWebhook {
  constructor(
    private readonly secrets: readonly string[],
    private readonly acceptor: Acceptor,
  ) {}

  async accept(headers: IncomingHttpHeaders, bytes: Buffer): Promise<WebhookStatus> {
    if (this.secrets.length === 0) return 404;
    const header = headers['x-portal-signature'];
    if (!verifyPortalSignature(this.secrets, bytes, typeof header === 'string' ? header : undefined)) return 401;
    const parsed = parsePortalEvent(bytes);
    if (parsed.result !== 'event') {
      await this.acceptor.keepUnreadable('portal', `unreadable.${parsed.reason}`, bytes);
      return 200;
    }
    const { id, type, occurredAt, data } = parsed.event;
    const body = { kind: 'portal-event', type, occurredAt, data: data as unknown as JsonObject } as const;
    await this.acceptor.acceptPortalEvent(id, subjectOf(parsed.event), body);
    return 200;
  }
}

/** Events about the same thing keep their order: they share a lane. */
function subjectOf(event: PortalEvent): string {
  switch (event.type) {
    case 'dossier.status-changed':
      return event.data.dossier.code;
    case 'feedback.status-changed':
      return event.data.code;
    case 'news.published':
      return 'news';
    case 'procedure.changed':
      return 'catalogue';
  }
}
