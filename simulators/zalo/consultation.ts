// The `message` object of POST /v3.0/oa/message/cs: every shape and limit of the reference, sections 3.2 to 3.8. Pure but for
// looking up uploads and quoted messages. What is not described there is refused, so that a bot's guess shows.
import { asArray, asObject, asString, isHttpUrl, type JsonObject } from '../platform/json.js';
import type { PhoneCard } from '../platform/phone-view.js';
import { readButtons, readDefaultAction, type ShownButton } from './buttons.js';
import type { ZaloBehaviour } from './options.js';
import { invalid, type Refusal, tooLong } from './replies.js';
import type { UploadKind, ZaloOwn } from './state.js';

/** An accepted message as the phone and the echo need it. */
export interface ShownMessage {
  echo:
    | 'oa_send_text'
    | 'oa_send_image'
    | 'oa_send_gif'
    | 'oa_send_list'
    | 'oa_send_file'
    | 'oa_send_sticker'
    | 'oa_send_template';
  type: ZaloOwn['type'];
  text?: string;
  image?: string;
  file?: { name: string; url?: string };
  rows?: { card: Omit<PhoneCard, 'actions'>; button?: ShownButton }[];
  buttons?: ShownButton[];
  asksInfo?: boolean;
}

export interface Lookups {
  behaviour: Pick<ZaloBehaviour, 'longTextCode' | 'maxButtons' | 'maxElements' | 'allowListV3'>;
  upload(id: string, kind: UploadKind): Refusal | undefined;
  fileName(token: string): string;
  /** Where an upload can be seen, if it was shelved. */
  address(id: string): string | undefined;
  /** Is this a message of the conversation? */
  quotable(messageId: string): boolean;
}

const TEXT_LIMIT = 2000;
const TITLE_LIMIT = 100;
const SUBTITLE_LIMIT = 500;

export function readConsultation(message: JsonObject, lookups: Lookups): ShownMessage | Refusal {
  const text = readText(message.text, lookups);
  if (text !== undefined && typeof text !== 'string') return text;
  const quote = message.quote_message_id;
  if (quote !== undefined && !(typeof quote === 'string' && lookups.quotable(quote)))
    return invalid('quote_message_id');
  if (message.attachment === undefined) {
    return text === undefined ? invalid('message.text') : { echo: 'oa_send_text', type: 'text', text };
  }
  const attachment = asObject(message.attachment);
  const payload = asObject(attachment?.payload);
  if (!attachment || !payload) return invalid('attachment.payload');
  if (attachment.type === 'file') return text === undefined ? readFile(payload, lookups) : invalid('message.text');
  if (attachment.type !== 'template') return invalid('attachment.type');
  return readTemplate(payload, text, lookups);
}

function readText(value: unknown, { behaviour }: Lookups): string | undefined | Refusal {
  if (value === undefined) return undefined;
  const text = asString(value);
  if (text === undefined || text.trim() === '') return invalid('message.text');
  return text.length > TEXT_LIMIT && [...text].length > TEXT_LIMIT ? { code: behaviour.longTextCode } : text;
}

function readTemplate(payload: JsonObject, text: string | undefined, lookups: Lookups): ShownMessage | Refusal {
  const kind = payload.template_type;
  if (kind === undefined) {
    if (text === undefined) return invalid('message.text');
    const buttons = readButtons(payload.buttons, { count: lookups.behaviour.maxButtons, title: TITLE_LIMIT });
    return 'code' in buttons ? buttons : { echo: 'oa_send_text', type: 'text', text, buttons };
  }
  if (kind === 'media') return readMedia(payload, text, lookups);
  if (typeof kind === 'string' && /^(transaction_\w+|promotion)$/.test(kind)) return { code: -233 };
  if (text !== undefined) return invalid('message.text');
  if (kind === 'list' && lookups.behaviour.allowListV3) return readList(payload, lookups);
  if (kind === 'request_user_info') return readInfoRequest(payload);
  return invalid('template_type');
}

function readList(payload: JsonObject, { behaviour }: Lookups): ShownMessage | Refusal {
  const elements = asArray(payload.elements);
  if (!elements || elements.length === 0) return invalid('elements');
  if (elements.length > behaviour.maxElements) return tooLong;
  const rows: NonNullable<ShownMessage['rows']> = [];
  for (const item of elements) {
    const fields = asObject(item);
    const card = readCard(fields, rows.length === 0);
    if (!fields || 'code' in card) return 'code' in card ? card : invalid('elements');
    if (fields.default_action === undefined) {
      rows.push({ card });
      continue;
    }
    const button = readDefaultAction(card.title, fields.default_action);
    if ('code' in button) return button;
    rows.push({ card, button });
  }
  if (payload.buttons === undefined) return { echo: 'oa_send_list', type: 'links', rows };
  const buttons = readButtons(payload.buttons, { count: behaviour.maxButtons, title: TITLE_LIMIT });
  return 'code' in buttons ? buttons : { echo: 'oa_send_list', type: 'links', rows, buttons };
}

function readInfoRequest(payload: JsonObject): ShownMessage | Refusal {
  const elements = asArray(payload.elements);
  if (elements?.length !== 1) return invalid('elements');
  const fields = asObject(elements[0]);
  const card = readCard(fields, true);
  if ('code' in card) return card;
  if (card.imageUrl === undefined) return invalid('image_url');
  return { echo: 'oa_send_template', type: 'link', rows: [{ card }], asksInfo: true };
}

function readCard(fields: JsonObject | undefined, needsSubtitle: boolean): Omit<PhoneCard, 'actions'> | Refusal {
  const title = asString(fields?.title);
  const subtitle = fields?.subtitle;
  const image = fields?.image_url;
  if (title === undefined || title.trim() === '') return invalid('element.title');
  if ([...title].length > TITLE_LIMIT) return tooLong;
  if (subtitle === undefined ? needsSubtitle : typeof subtitle !== 'string' || subtitle === '')
    return invalid('element.subtitle');
  if (typeof subtitle === 'string' && [...subtitle].length > SUBTITLE_LIMIT) return tooLong;
  if (image !== undefined && !isHttpUrl(image)) return invalid('element.image_url');
  return {
    title,
    ...(typeof subtitle === 'string' ? { subtitle } : {}),
    ...(isHttpUrl(image) ? { imageUrl: image } : {}),
  };
}

function readMedia(payload: JsonObject, text: string | undefined, lookups: Lookups): ShownMessage | Refusal {
  const elements = asArray(payload.elements);
  const fields = asObject(elements?.[0]);
  if (elements?.length !== 1 || !fields) return invalid('elements');
  if (payload.buttons !== undefined) return invalid('buttons');
  const caption = text === undefined ? {} : { text };
  const { url, attachment_id: id, media_type: kind } = fields;
  if (kind === 'sticker') {
    return typeof id === 'string' && id !== ''
      ? {
          echo: 'oa_send_sticker',
          type: 'sticker',
          image: `https://stc.example.zdn.vn/s/${encodeURIComponent(id)}`,
          ...caption,
        }
      : invalid('attachment_id');
  }
  if (kind !== 'image' && kind !== 'gif') return invalid('media_type');
  if (kind === 'gif' && !(typeof fields.width === 'number' && typeof fields.height === 'number'))
    return invalid('width');
  const echo = kind === 'gif' ? 'oa_send_gif' : 'oa_send_image';
  const type = kind === 'gif' ? 'GIF' : 'photo';
  if ((url === undefined) === (id === undefined)) return invalid('attachment_id');
  if (url !== undefined) return isHttpUrl(url) ? { echo, type, image: url, ...caption } : invalid('url');
  if (typeof id !== 'string') return invalid('attachment_id');
  const refusal = lookups.upload(id, kind);
  const image = lookups.address(id) ?? `https://photo.example.zdn.vn/${encodeURIComponent(id)}`;
  return refusal ?? { echo, type, image, ...caption };
}

function readFile(payload: JsonObject, lookups: Lookups): ShownMessage | Refusal {
  const token = asString(payload.token);
  if (token === undefined) return invalid('token');
  const refusal = lookups.upload(token, 'file');
  const url = lookups.address(token);
  const file = { name: lookups.fileName(token), ...(url === undefined ? {} : { url }) };
  return refusal ?? { echo: 'oa_send_file', type: 'link', file };
}
