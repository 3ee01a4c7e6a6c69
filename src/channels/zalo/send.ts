// Sends one message to a citizen through an OA, or one template message, and says what became of it.
import { createHash, createHmac } from 'node:crypto';
import { DAY, SECOND } from '../../lib/clock.js';
import { addressOf, type LaneId } from '../../lib/ids.js';
import type { JsonObject } from '../../lib/json.js';
import { AccountPauses } from '../account-pauses.js';
import type { OwnFile } from '../activity.js';
import type { SendOptions, SendResult } from '../channel.js';
import type { GovernorPool } from '../governor.js';
import { byStatus, withoutAnswer } from '../http-outcome.js';
import { isObject } from '../inbound-fields.js';
import { splitSmaller } from '../numbered-lines.js';
import { formOf, type OwnFileSource, ownFileIn, UPLOAD_MS, UploadedFiles } from '../own-files.js';
import type { CallOutcome, PlatformClient } from '../platform-client.js';
import { untilMorning, zaloAction, zaloTemplateAction } from './errors.js';
import { simplifyZalo } from './fallback.js';
import { ZALO_PART_LENGTH } from './limits.js';
import { isTemplate, uploadedBody } from './special.js';
import type { ZaloTokens } from './tokens.js';

export interface ZaloSenderOptions {
  /** `https://openapi.zalo.me` */
  baseUrl: string;
  /** Where pictures and files of our own are read; without it none can be sent. */
  files: OwnFileSource | undefined;
  /** `https://business.openapi.zalo.me` */
  templateUrl: string;
  accounts: ReadonlySet<string>;
  /** Given when the console's "App Secret verification" is on: every call carries a proof made with it. */
  proofSecret: string | undefined;
  client: PlatformClient;
  tokens: ZaloTokens;
  pool: GovernorPool;
  clock: () => number;
}

const ABORTED: SendResult = { outcome: 'retry', afterMs: 0, reason: 'zalo.aborted' };

export class ZaloSender {
  readonly #options: ZaloSenderOptions;
  readonly #headers = new Map<string, { token: string; headers: Readonly<Record<string, string>> }>();
  readonly #pauses = new AccountPauses(5 * SECOND, 60 * SECOND);
  /** Zalo keeps uploads for 7 days. */
  readonly #uploaded = new UploadedFiles(6 * DAY);

  constructor(options: ZaloSenderOptions) {
    this.#options = options;
  }

  async send(lane: LaneId, body: JsonObject, options: SendOptions): Promise<SendResult> {
    const address = addressOf(lane);
    if (address?.channel !== 'zalo' || !this.#options.accounts.has(address.account)) {
      return { outcome: 'give-up', reason: 'zalo.unknown-account' };
    }
    const { account, user } = address;
    const { tokens } = this.#options;
    const file = ownFileIn(body);
    let rejected: string | undefined;
    for (;;) {
      let token = rejected === undefined ? tokens.peek(account) : undefined;
      if (token === undefined) {
        const result = await (rejected === undefined ? tokens.get(account) : tokens.replace(account, rejected));
        if (result.status !== 'ready') return { outcome: 'pause', afterMs: result.afterMs, reason: result.reason };
        token = result.accessToken;
      }
      const headers = this.#headersFor(account, token);
      const ready = file === undefined ? { body } : await this.#upload(account, file, headers, options);
      const read = 'body' in ready ? await this.#post(account, user, ready.body, file, headers, options) : ready.read;
      if (read !== 'refused-token') return read;
      if (rejected !== undefined) {
        return { outcome: 'pause', afterMs: 60 * SECOND, reason: 'zalo.token-refused-again' };
      }
      rejected = token;
    }
  }

  async #post(
    account: string,
    user: string,
    body: JsonObject,
    file: OwnFile | undefined,
    headers: Readonly<Record<string, string>>,
    { ref, priority, signal }: SendOptions,
  ): Promise<SendResult | 'refused-token'> {
    const { pool, client } = this.#options;
    const { url, data } = this.#request(user, body, ref);
    if (!(pool.tryTake(priority) || (await pool.take(priority, signal)))) return ABORTED;
    const read = this.#read(account, body, await client.post({ url, data, headers, signal }));
    if (file === undefined || read === 'refused-token' || read.outcome === 'sent') return read;
    if (!('reason' in read) || read.reason !== 'zalo.-100') return read;
    // Zalo no longer has it: it is uploaded once more.
    this.#uploaded.forget(account, file);
    return { outcome: 'retry', afterMs: SECOND, reason: read.reason };
  }

  /** The message with the id that Zalo has for the file. Nothing of it reached the citizen yet: all trouble is worth another try. */
  async #upload(
    account: string,
    file: OwnFile,
    headers: Readonly<Record<string, string>>,
    { priority, signal }: SendOptions,
  ): Promise<{ body: JsonObject } | { read: SendResult | 'refused-token' }> {
    const { baseUrl, client, pool, files } = this.#options;
    const known = this.#uploaded.idOf(account, file);
    if (known !== undefined) return { body: uploadedBody(file, known) };
    const form = await formOf(files, 'file', file);
    if ('reason' in form) return { read: { ...form, reason: `zalo.${form.reason}` } };
    if (!(pool.tryTake(priority) || (await pool.take(priority, signal)))) return { read: ABORTED };
    const url = `${baseUrl}/v2.0/oa/upload/${file.kind}`;
    const { data, contentType } = form;
    const outcome = await client.post({
      url,
      data,
      headers: { ...headers, 'content-type': contentType },
      signal,
      timeoutMs: UPLOAD_MS,
    });
    const read = this.#read(account, {}, outcome);
    if (read === 'refused-token') return { read };
    if (read.outcome === 'unknown') return { read: { outcome: 'retry', afterMs: 2 * SECOND, reason: read.reason } };
    if (read.outcome !== 'sent') return { read };
    const id = outcome.kind === 'answer' ? uploadIdOf(outcome.json) : undefined;
    // A success without an id: Zalo could not tell what the file is.
    if (id === undefined) return { read: { outcome: 'give-up', reason: 'zalo.upload-empty' } };
    this.#uploaded.keep(account, file, id);
    return { body: uploadedBody(file, id) };
  }

  #request(user: string, body: JsonObject, ref: string): { url: string; data: string } {
    const { baseUrl, templateUrl } = this.#options;
    if (!isTemplate(body)) {
      const data = JSON.stringify({ recipient: { user_id: user }, message: body });
      return { url: `${baseUrl}/v3.0/oa/message/cs`, data };
    }
    if (!isToPhone(body)) {
      return { url: `${baseUrl}/v3.0/oa/message/template`, data: JSON.stringify({ user_id: user, ...body }) };
    }
    // Needed with a phone number, letters and digits only; it does not keep Zalo from sending twice.
    const tracking_id = body.tracking_id ?? createHash('sha256').update(ref).digest('hex').slice(0, 32);
    return { url: `${templateUrl}/message/template`, data: JSON.stringify({ ...body, tracking_id }) };
  }

  #read(account: string, body: JsonObject, outcome: CallOutcome): SendResult | 'refused-token' {
    if (outcome.kind !== 'answer') return withoutAnswer('zalo', outcome);
    const { json, status } = outcome;
    const code =
      isObject(json) && (typeof json.error === 'number' || typeof json.error === 'string')
        ? Number(json.error)
        : Number.NaN;
    if (!Number.isInteger(code) || status === 429) {
      const result = byStatus('zalo', status, outcome.header('retry-after'), () => this.#pauses.next(account));
      return isToPhone(body) ? ofAnotherHost(result, status) : result;
    }
    if (code === 0) {
      this.#pauses.succeeded(account);
      const messageId = messageIdOf(json);
      return { outcome: 'sent', ...(messageId !== undefined && { messageId }) };
    }
    return this.#refused(account, body, code);
  }

  #refused(account: string, body: JsonObject, code: number): SendResult | 'refused-token' {
    const toPhone = isToPhone(body);
    const reason = toPhone ? `zalo.template.${code}` : `zalo.${code}`;
    const action = toPhone ? zaloTemplateAction(code) : zaloAction(code);
    switch (action.do) {
      case 'refresh':
        return 'refused-token';
      case 'rate':
        return { outcome: 'pause', afterMs: this.#pauses.next(account), reason };
      case 'retry':
        return { outcome: 'retry', afterMs: action.afterMs, reason };
      case 'after-night':
        return { outcome: 'retry', afterMs: untilMorning(this.#options.clock()), reason };
      case 'account':
        return { outcome: 'pause', afterMs: action.afterMs, reason };
      case 'shape': {
        // A template has no other shape.
        if (isTemplate(body)) return { outcome: 'give-up', reason };
        const simpler = simplifyZalo(body);
        const smaller = simpler.length === 0 && code === -210 ? splitSmaller(body.text, ZALO_PART_LENGTH / 2) : [];
        const bodies = [...simpler, ...smaller.map((text) => ({ text }))];
        return bodies.length > 0 ? { outcome: 'fix', bodies, reason } : { outcome: 'give-up', reason };
      }
      case 'unknown':
        return { outcome: 'unknown', reason };
      case 'give-up':
        return { outcome: 'give-up', reason };
    }
  }

  /** Built once per token, not per call. */
  #headersFor(account: string, token: string): Readonly<Record<string, string>> {
    const cached = this.#headers.get(account);
    if (cached?.token === token) return cached.headers;
    const { proofSecret } = this.#options;
    const headers = {
      'content-type': 'application/json',
      'accept-encoding': 'identity',
      access_token: token,
      ...(proofSecret !== undefined && {
        appsecret_proof: createHmac('sha256', proofSecret).update(token).digest('hex'),
      }),
    };
    this.#headers.set(account, { token, headers });
    return headers;
  }
}

/** Templates to phone numbers have a host of their own: what is wrong there must not stop answers in chat. */
function ofAnotherHost(result: SendResult, status: number): SendResult {
  if (result.outcome !== 'pause') return result;
  const { afterMs, reason } = result;
  return status === 429 ? { outcome: 'retry', afterMs, reason } : { outcome: 'give-up', reason };
}

function isToPhone(body: JsonObject): boolean {
  return isTemplate(body) && body.phone !== undefined;
}

function uploadIdOf(json: unknown): string | undefined {
  const data = isObject(json) && isObject(json.data) ? json.data : {};
  const id = data.attachment_id ?? data.token;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

function messageIdOf(json: unknown): string | undefined {
  const data = isObject(json) && isObject(json.data) ? json.data : {};
  const id = data.message_id ?? data.msg_id;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}
