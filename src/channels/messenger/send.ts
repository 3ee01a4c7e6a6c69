// Sends one message to a citizen through a Page and says what became of it; shows "typing".
import { createHmac } from 'node:crypto';
import { DAY, HOUR, MINUTE, SECOND } from '../../lib/clock.js';
import { addressOf, type LaneId } from '../../lib/ids.js';
import type { JsonObject } from '../../lib/json.js';
import { AccountPauses } from '../account-pauses.js';
import type { OwnFile } from '../activity.js';
import type { SendOptions, SendResult } from '../channel.js';
import type { Governor, GovernorPool, RateLimit } from '../governor.js';
import { byStatus, withoutAnswer } from '../http-outcome.js';
import { isObject } from '../inbound-fields.js';
import { formOf, type OwnFileSource, ownFileIn, UPLOAD_MS, UploadedFiles } from '../own-files.js';
import type { CallOutcome, PlatformClient } from '../platform-client.js';
import { metadataOf } from './echo-keys.js';
import { type GraphError, graphAction, graphTemplateAction } from './errors.js';
import { simplifyMessenger } from './fallback.js';
import { isTemplate, uploadedBody } from './special.js';

export interface MessengerSenderOptions {
  /** `https://graph.facebook.com/v25.0` */
  baseUrl: string;
  appSecret: string;
  pages: readonly { pageId: string; accessToken: string }[];
  /** Where pictures and files of our own are read; without it none can be sent. */
  files: OwnFileSource | undefined;
  client: PlatformClient;
  governor: Governor;
  rate: RateLimit;
}

/** What every call for a Page needs, built once. */
interface Page {
  id: string;
  url: string;
  uploadUrl: string;
  headers: Readonly<Record<string, string>>;
  pool: GovernorPool;
}

const ABORTED: SendResult = { outcome: 'retry', afterMs: 0, reason: 'messenger.aborted' };

export class MessengerSender {
  readonly #client: PlatformClient;
  readonly #files: OwnFileSource | undefined;
  readonly #pages: ReadonlyMap<string, Page>;
  readonly #pauses = new AccountPauses(MINUTE, HOUR);
  /** Meta keeps uploads for 90 days. */
  readonly #uploaded = new UploadedFiles(80 * DAY);

  constructor({ baseUrl, appSecret, pages, files, client, governor, rate }: MessengerSenderOptions) {
    this.#client = client;
    this.#files = files;
    this.#pages = new Map(
      pages.map(({ pageId, accessToken }) => {
        const proof = createHmac('sha256', appSecret).update(accessToken).digest('hex');
        const page: Page = {
          id: pageId,
          url: `${baseUrl}/${pageId}/messages?appsecret_proof=${proof}`,
          uploadUrl: `${baseUrl}/${pageId}/message_attachments?appsecret_proof=${proof}`,
          headers: {
            'content-type': 'application/json',
            'accept-encoding': 'identity',
            authorization: `Bearer ${accessToken}`,
          },
          pool: governor.pool(`messenger:${pageId}`, rate),
        };
        return [pageId, page];
      }),
    );
  }

  async send(lane: LaneId, body: JsonObject, options: SendOptions): Promise<SendResult> {
    const target = this.#target(lane);
    if (target === undefined) return { outcome: 'give-up', reason: 'messenger.unknown-account' };
    const { page, user } = target;
    const file = ownFileIn(body);
    if (file === undefined) return this.#post(page, user, body, options);
    const ready = await this.#upload(page, file, options);
    if ('outcome' in ready) return ready;
    const result = await this.#post(page, user, ready.body, options);
    if (!('reason' in result) || result.reason !== 'messenger.100.2018074') return result;
    // Meta no longer has it: it is uploaded once more.
    this.#uploaded.forget(page.id, file);
    return { outcome: 'retry', afterMs: SECOND, reason: result.reason };
  }

  async #post(page: Page, user: string, body: JsonObject, { ref, priority, signal }: SendOptions): Promise<SendResult> {
    const data = JSON.stringify({
      recipient: { id: user },
      messaging_type: isTemplate(body) ? 'UTILITY' : 'RESPONSE',
      message: { ...body, metadata: metadataOf(ref) },
    });
    if (!(page.pool.tryTake(priority) || (await page.pool.take(priority, signal)))) return ABORTED;
    const outcome = await this.#client.post({ url: page.url, data, headers: page.headers, signal });
    return this.#read(page, body, outcome);
  }

  /** The message with the id that Meta has for the file. Nothing of it reached the citizen yet: all trouble is worth another try. */
  async #upload(
    page: Page,
    file: OwnFile,
    { priority, signal }: SendOptions,
  ): Promise<{ body: JsonObject } | SendResult> {
    const known = this.#uploaded.idOf(page.id, file);
    if (known !== undefined) return { body: uploadedBody(file, known) };
    const message = JSON.stringify({ attachment: { type: file.kind, payload: { is_reusable: true } } });
    const form = await formOf(this.#files, 'filedata', file, { message });
    if ('reason' in form) return { ...form, reason: `messenger.${form.reason}` };
    if (!(page.pool.tryTake(priority) || (await page.pool.take(priority, signal)))) return ABORTED;
    const outcome = await this.#client.post({
      url: page.uploadUrl,
      data: form.data,
      headers: { ...page.headers, 'content-type': form.contentType },
      signal,
      timeoutMs: UPLOAD_MS,
    });
    const read = this.#read(page, {}, outcome);
    if (read.outcome === 'unknown') return { outcome: 'retry', afterMs: 2 * SECOND, reason: read.reason };
    if (read.outcome !== 'sent') return read;
    const id = outcome.kind === 'answer' && isObject(outcome.json) ? outcome.json.attachment_id : undefined;
    if (typeof id !== 'string' && typeof id !== 'number')
      return { outcome: 'give-up', reason: 'messenger.upload-empty' };
    this.#uploaded.keep(page.id, file, String(id));
    return { body: uploadedBody(file, String(id)) };
  }

  /** True when Messenger took it; false also when there was no permit at hand: typing never takes an answer's place. */
  async showTyping(lane: LaneId): Promise<boolean> {
    const target = this.#target(lane);
    if (target === undefined || !target.page.pool.tryTake('notice')) return false;
    const { page, user } = target;
    const data = JSON.stringify({ recipient: { id: user }, sender_action: 'typing_on' });
    const outcome = await this.#client.post({ url: page.url, data, headers: page.headers });
    return outcome.kind === 'answer' && outcome.status === 200;
  }

  #target(lane: LaneId): { page: Page; user: string } | undefined {
    const address = addressOf(lane);
    const page = address?.channel === 'messenger' ? this.#pages.get(address.account) : undefined;
    return address && page && { page, user: address.user };
  }

  #read(page: Page, body: JsonObject, outcome: CallOutcome): SendResult {
    if (outcome.kind !== 'answer') return withoutAnswer('messenger', outcome);
    const { json, status } = outcome;
    const error = errorOf(json);
    if (error !== undefined && status !== 429) return this.#refused(page, body, error, outcome.header.bind(outcome));
    if (!isObject(json) || status >= 300) {
      return byStatus('messenger', status, outcome.header('retry-after'), () => this.#pauses.next(page.id));
    }
    this.#pauses.succeeded(page.id);
    return { outcome: 'sent', ...(typeof json.message_id === 'string' && { messageId: json.message_id }) };
  }

  #refused(page: Page, body: JsonObject, error: GraphError, header: (name: string) => string | undefined): SendResult {
    const reason = `messenger.${error.code}${error.subcode === undefined ? '' : `.${error.subcode}`}`;
    const action = isTemplate(body) ? graphTemplateAction(error) : graphAction(error);
    switch (action.do) {
      case 'rate':
        return { outcome: 'pause', afterMs: regainMs(header, page.id) ?? this.#pauses.next(page.id), reason };
      case 'account':
        return { outcome: 'pause', afterMs: action.afterMs, reason };
      case 'retry':
        return { outcome: 'retry', afterMs: action.afterMs, reason };
      case 'unknown':
        return { outcome: 'unknown', reason };
      case 'shape': {
        const bodies = simplifyMessenger(body);
        return bodies.length > 0 ? { outcome: 'fix', bodies, reason } : { outcome: 'give-up', reason };
      }
      case 'give-up':
        return { outcome: 'give-up', reason };
    }
  }
}

function errorOf(json: unknown): GraphError | undefined {
  if (!isObject(json) || !isObject(json.error)) return undefined;
  const { code, error_subcode: subcode, type, is_transient: transient } = json.error;
  return {
    code: typeof code === 'number' ? code : 0,
    subcode: typeof subcode === 'number' ? subcode : undefined,
    type: typeof type === 'string' ? type : undefined,
    isTransient: transient === true,
  };
}

/** The time until Meta takes calls again, where it says so: minutes, in the header on business use cases. */
function regainMs(header: (name: string) => string | undefined, pageId: string): number | undefined {
  const text = header('x-business-use-case-usage');
  if (text === undefined || text.length > 10_000) return undefined;
  let usage: unknown;
  try {
    usage = JSON.parse(text);
  } catch {
    return undefined; // not the documented form: our own doubling pause applies
  }
  const rows: unknown[] = isObject(usage) && Array.isArray(usage[pageId]) ? usage[pageId] : [];
  const minutes = Math.max(0, ...rows.filter(isObject).map((row) => Number(row.estimated_time_to_regain_access) || 0));
  return minutes > 0 ? Math.min(minutes * MINUTE, 24 * HOUR) : undefined;
}
