// Template messages: business.openapi.zalo.me by phone, and openapi.zalo.me by user id (reference, section 4 and 9.5).
import { createHash } from 'node:crypto';
import type { ApiReply, ApiRequest } from '../platform/exchange.js';
import { hex } from '../platform/ids.js';
import { asId, asString, type JsonObject } from '../platform/json.js';
import { NOT_FOUND, refused, replyTo, success } from './replies.js';
import { type Emit, publish, record } from './sending.js';
import { isNight, type ZaloState } from './state.js';
import { checkTemplateData, type ZaloTemplate } from './template-store.js';

const PHONE = /^84\d{9}$/;

/** GET calls of the template host. */
export function readTemplates(state: ZaloState, { path, query }: ApiRequest): ApiReply {
  switch (path) {
    case '/message/status': {
      const message = state.templateMessages.get(query.get('message_id') ?? '');
      if (!message) return success({ delivery_time: '', status: -1, message: 'Message not found' });
      return success({
        delivery_time: message.delivered ? String(state.clock.now()) : '',
        status: message.delivered ? 1 : 0,
        message: '',
      });
    }
    case '/message/quota':
      return success({ dailyQuota: '500', remainingQuota: String(state.templateQuota) });
    case '/template/all': {
      const limit = Number(query.get('limit') ?? '100');
      const offset = Number(query.get('offset') ?? '0');
      if (!(limit >= 1 && limit <= 100 && offset >= 0)) return refused(-132);
      const wanted = { '1': 'ENABLE', '2': 'PENDING_REVIEW', '3': 'REJECT', '4': 'DISABLE' }[query.get('status') ?? ''];
      const all = [...state.templates.values()].filter(({ status }) => wanted === undefined || status === wanted);
      return success(all.slice(offset, offset + limit).map(describe));
    }
    case '/template/info/v2': {
      const template = state.templates.get(query.get('template_id') ?? '');
      return template ? success({ ...describe(template), ...details(template) }) : refused(-109);
    }
    default:
      return NOT_FOUND;
  }
}

function describe({ id, name, status }: ZaloTemplate): object {
  return { templateId: Number(id), templateName: name, status, templateQuality: 'HIGH' };
}

function details({ id, params }: ZaloTemplate): object {
  return {
    timeout: 7_200_000,
    previewUrl: `https://account.example.zalo.cloud/p/${id}`,
    templateTag: 'TRANSACTION',
    price: '200.0',
    listParams: params.map(({ name, required, maxLength }) => ({
      name,
      require: required,
      type: 'STRING',
      maxLength,
      minLength: 0,
      acceptNull: !required,
    })),
    listButtons: [],
  };
}

/** POST /message/template and /message/template/hashphone */
export function sendToPhone(state: ZaloState, emit: Emit, body: JsonObject, hashed: boolean): ApiReply {
  const phone = hashed ? asString(body.hash_phone) : asId(body.phone)?.replace(/^\+/, '');
  if (phone === undefined || !(hashed ? /^[0-9a-f]{64}$/ : PHONE).test(phone)) return refused(-108);
  const template = state.templates.get(asId(body.template_id) ?? '');
  if (!template) return refused(-109);
  if (template.status !== 'ENABLE') return refused(-131);
  const refusal = checkTemplateData(template, body.template_data, state.behaviour.strictTemplateData);
  if (refusal) return replyTo(refusal);
  const tracking = asString(body.tracking_id);
  if (tracking === undefined || !/^[A-Za-z0-9]{1,48}$/.test(tracking)) return refused(-132);
  if (body.sending_mode !== undefined && body.sending_mode !== '1' && body.sending_mode !== '3') return refused(-161);
  if (body.mode !== undefined && body.mode !== 'development') return refused(-132);
  const admins = [...state.templateAdmins];
  if (body.mode === 'development' && !admins.some((admin) => admin === phone || hashPhone(admin) === phone))
    return refused(-127);
  if (state.behaviour.templateNightBlock && isNight(state.clock.now())) return refused(-133);
  if (state.templateQuota <= 0) return refused(-144);
  if ([...state.noZalo].some((number) => number === phone || hashPhone(number) === phone)) return refused(-118);
  state.templateQuota -= 1;
  const messageId = `zns-${hex(16)}`;
  record(state, 'template-phone', messageId, phone, body);
  deliverToPhone(state, emit, messageId, phone, tracking);
  return success({
    msg_id: messageId,
    sent_time: String(state.clock.now()),
    sending_mode: asString(body.sending_mode) ?? '1',
    quota: { dailyQuota: '500', remainingQuota: String(state.templateQuota) },
  });
}

function deliverToPhone(state: ZaloState, emit: Emit, messageId: string, phone: string, tracking: string): void {
  state.templateMessages.set(messageId, { delivered: false });
  state.clock.after(state.behaviour.echoDelayMs, () => {
    const now = String(state.clock.now());
    state.templateMessages.set(messageId, { delivered: true });
    const event = {
      sender: { id: state.oa.id },
      recipient: { id: phone },
      event_name: 'user_received_message',
      message: { delivery_time: now, msg_id: messageId, tracking_id: tracking },
      app_id: state.app.id,
      timestamp: now,
    };
    emit(event, phone, 'ZNS');
  });
}

/** POST /v3.0/oa/message/template: the same templates to a person of the OA. */
export function sendToUser(state: ZaloState, emit: Emit, body: JsonObject): ApiReply {
  const user = state.recipient(asId(body.user_id) ?? '');
  if ('code' in user) return replyTo(user);
  const template = state.templates.get(asId(body.template_id) ?? '');
  if (template?.status !== 'ENABLE') return refused(-201, 'template_id is invalid!');
  if (!template.forUid) return refused(-249);
  const refusal = checkTemplateData(template, body.template_data, state.behaviour.strictTemplateData);
  if (refusal) return replyTo(refusal);
  const messageId = `zbs-${hex(16)}`;
  const lines = Object.entries(body.template_data as JsonObject).map(([key, value]) => `${key}: ${String(value)}`);
  record(state, 'template-uid', messageId, user.id, body);
  publish(state, emit, user, messageId, {
    echo: 'oa_send_template',
    type: 'link',
    text: [template.name, ...lines].join('\n'),
  });
  return success({
    message_id: messageId,
    user_id: user.id,
    sent_time: String(state.clock.now()),
    quota: { quota_type: 'purchase_quota', remain: '1200' },
  });
}

/** Lower-case hex SHA-256 of `84…`. */
export function hashPhone(phone: string): string {
  return createHash('sha256').update(phone).digest('hex');
}
