// A Messenger channel for tests, its signatures and its limits, written from the platform's rules rather than from the channel.

import { createHmac } from 'node:crypto';
import { Governor } from '../../../src/channels/governor.js';
import { simplifyMessenger } from '../../../src/channels/messenger/fallback.js';
import { createMessengerChannel, type MessengerOptions } from '../../../src/channels/messenger/messenger.js';
import type { JsonObject } from '../../../src/lib/json.js';
import { silentLog } from '../../../src/lib/log.js';
import type { ChannelUnderTest } from '../contract.js';

export const APP = '4444444444';
export const PAGE = '1111111111';
export const PERSON = '2222222222222222';

export function messengerOptions(url: string, change: Partial<MessengerOptions> = {}): MessengerOptions {
  return {
    app: { id: APP, secret: 'test_app_secret_123', webhookKeys: ['test_app_secret_next'] },
    accounts: [{ pageId: PAGE, accessToken: 'EAATESTTOKEN' }],
    verifyToken: 'verify-me',
    urls: { graph: url },
    graphVersion: 'v25.0',
    governor: new Governor(),
    log: silentLog,
    ...change,
  };
}

const sign = (secret: string) => (body: Buffer) => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

interface Button {
  type: string;
  title: string;
  url?: string;
  payload?: string;
}
interface Template {
  template_type: string;
  text?: string;
  buttons?: Button[];
  elements?: { title: string; subtitle?: string; buttons?: Button[] }[];
}
interface QuickReply {
  content_type: string;
  title: string;
  payload: string;
}

export function templateOf(body: JsonObject): Template | undefined {
  return (body.attachment as { payload: Template } | undefined)?.payload;
}

export function chipsOf(body: JsonObject): QuickReply[] {
  return (body.quick_replies as QuickReply[] | undefined) ?? [];
}

function check(what: boolean, name: string): void {
  if (!what) throw new Error(`limit broken: ${name}`);
}

function checkButtons(buttons: Button[]): void {
  check(buttons.length <= 3, 'buttons');
  for (const { type, title, url, payload } of buttons) {
    check(title.length >= 1 && title.length <= 20, 'button title');
    if (type === 'web_url') check(/^https?:\/\//.test(url ?? ''), 'url');
    else if (type === 'phone_number') check(/^\+\d{7,15}$/.test(payload ?? ''), 'phone');
    else
      check(type === 'postback' && payload !== undefined && payload.length >= 1 && payload.length <= 1000, 'payload');
  }
}

export const messengerSubject: ChannelUnderTest = {
  simplify: simplifyMessenger,
  name: 'messenger',
  account: PAGE,
  create: (url, timeoutMs = 2000) => createMessengerChannel(messengerOptions(url, { timeoutMs })),
  signed: {
    accepted: [sign('test_app_secret_123'), sign('test_app_secret_next')],
    refused: sign('somebody-else'),
  },
  unreadable: Buffer.from('{"object":"page","entry":['),
  signatureHeader: 'x-hub-signature-256',
  shown(body) {
    const template = templateOf(body);
    const parts = [
      String(body.text ?? ''),
      template?.text ?? '',
      ...(template?.buttons ?? []).map(({ title }) => title),
    ];
    for (const element of template?.elements ?? []) {
      parts.push(element.title, element.subtitle ?? '', ...(element.buttons ?? []).map(({ title }) => title));
    }
    return [...parts, ...chipsOf(body).map(({ title }) => title)].join('\n');
  },
  checkLimits(body) {
    const template = templateOf(body);
    check((body.text === undefined) !== (template === undefined), 'exactly one content');
    if (template === undefined)
      check(typeof body.text === 'string' && body.text.length >= 1 && body.text.length <= 2000, 'text');
    if (template?.template_type === 'button') {
      check((template.text ?? '').length >= 1 && (template.text ?? '').length <= 640, 'template text');
      check((template.buttons ?? []).length >= 1, 'a button');
      checkButtons(template.buttons ?? []);
    }
    if (template?.template_type === 'generic') {
      check((template.elements ?? []).length <= 10, 'elements');
      for (const { title, subtitle, buttons } of template.elements ?? []) {
        check(title.length >= 1 && title.length <= 80, 'element title');
        check((subtitle ?? '').length <= 80, 'element subtitle');
        check(subtitle !== undefined || buttons !== undefined, 'more than a title');
        checkButtons(buttons ?? []);
      }
    }
    const chips = chipsOf(body);
    check(chips.length <= 13, 'quick replies');
    for (const { title, payload } of chips) {
      check(title.length >= 1 && title.length <= 20, 'quick reply title');
      check(payload.length >= 1 && payload.length <= 1000, 'quick reply payload');
    }
  },
};
