// Template payloads: button, generic, media, image grid, receipt, product and customer feedback (reference 2.7, 2.8).
import { asArray, asId, asObject, asString, isHttpUrl, type JsonObject } from '../platform/json.js';
import { readButtons } from './buttons.js';
import { readFeedback } from './feedback-template.js';
import { type GraphRefusal, invalidParam, refuse, tooLong } from './graph-error.js';
import type { Lookups, ShownMessage } from './shown.js';

const PAYLOAD = 'message[attachment][payload]';

export function readTemplate(payload: JsonObject | undefined, lookups: Lookups): ShownMessage | GraphRefusal {
  switch (payload?.template_type) {
    case 'button':
      return readButtonTemplate(payload);
    case 'generic':
      return readGeneric(payload);
    case 'media':
      return readMedia(payload, lookups);
    case 'image_grid':
      return readImageGrid(payload);
    case 'receipt':
      return readReceipt(payload);
    case 'product': {
      const elements = asArray(payload.elements) ?? [];
      const fine =
        elements.length > 0 &&
        elements.length <= 10 &&
        elements.every((item) => asId(asObject(item)?.id) !== undefined);
      return fine ? { text: `[${elements.length} sản phẩm]` } : refuse(100, 'Invalid product', 2018320);
    }
    case 'customer_feedback':
      return readFeedback(payload);
    default:
      return invalidParam(`${PAYLOAD}[template_type]`);
  }
}

function readButtonTemplate(payload: JsonObject): ShownMessage | GraphRefusal {
  const text = asString(payload.text) ?? '';
  if (text.trim() === '') return invalidParam(`${PAYLOAD}[text]`);
  if (text.length > 640) return tooLong(`${PAYLOAD}[text]`, 640);
  const buttons = readButtons(payload.buttons, true);
  return 'refused' in buttons ? buttons : { text, buttons };
}

function readGeneric(payload: JsonObject): ShownMessage | GraphRefusal {
  const elements = asArray(payload.elements);
  if (!elements || elements.length === 0) return invalidParam(`${PAYLOAD}[elements]`);
  if (elements.length > 10) return refuse(100, `Param ${PAYLOAD}[elements] has too many elements: at most 10`);
  const cards: NonNullable<ShownMessage['cards']> = [];
  for (const item of elements) {
    const card = readCard(asObject(item) ?? {});
    if ('refused' in card) return card;
    cards.push(card);
  }
  return { cards };
}

function readCard(fields: JsonObject): NonNullable<ShownMessage['cards']>[number] | GraphRefusal {
  const param = `${PAYLOAD}[elements]`;
  const title = asString(fields.title) ?? '';
  if (title.trim() === '') return invalidParam(`${param}[title]`);
  if (title.length > 80) return tooLong(`${param}[title]`, 80);
  const subtitle = fields.subtitle;
  if (subtitle !== undefined && typeof subtitle !== 'string') return invalidParam(`${param}[subtitle]`);
  if (typeof subtitle === 'string' && subtitle.length > 80) return tooLong(`${param}[subtitle]`, 80);
  const image = fields.image_url;
  if (image !== undefined && !isHttpUrl(image)) return invalidParam(`${param}[image_url]`);
  const action = fields.default_action === undefined ? undefined : asObject(fields.default_action);
  if (
    fields.default_action !== undefined &&
    (action?.type !== 'web_url' || !isHttpUrl(action.url) || action.title !== undefined)
  ) {
    return invalidParam(`${param}[default_action]`);
  }
  if ([subtitle, image, action, fields.buttons].every((value) => value === undefined)) {
    return refuse(100, 'An element needs at least one property besides its title');
  }
  const buttons = readButtons(fields.buttons, false);
  if ('refused' in buttons) return buttons;
  const card = {
    title,
    ...(typeof subtitle === 'string' ? { subtitle } : {}),
    ...(isHttpUrl(image) ? { imageUrl: image } : {}),
  };
  return { card, buttons };
}

function readMedia(payload: JsonObject, lookups: Lookups): ShownMessage | GraphRefusal {
  const elements = asArray(payload.elements);
  const fields = asObject(elements?.[0]);
  if (elements?.length !== 1 || !fields) return refuse(100, 'A media template needs exactly one element', 2018173);
  if (fields.media_type !== 'image' && fields.media_type !== 'video')
    return invalidParam(`${PAYLOAD}[elements][media_type]`);
  const id = asId(fields.attachment_id);
  if ((id === undefined) === (fields.url === undefined)) return refuse(100, 'Either attachment_id or url', 2018182);
  if (id !== undefined && lookups.attachment(id)?.type !== fields.media_type)
    return refuse(100, 'Cannot find attachment', 2018074);
  if (id === undefined && !/^https:\/\/(www\.|business\.)?facebook\.com\//.test(asString(fields.url) ?? '')) {
    return refuse(100, 'Only facebook.com urls', 2018175);
  }
  const buttons = readButtons(fields.buttons, false);
  if ('refused' in buttons) return buttons;
  const where = asString(fields.url) ?? `https://cdn.example/${id}`;
  return fields.media_type === 'image'
    ? { image: where, buttons }
    : { file: { name: 'video', url: where }, buttons, heavy: true };
}

function readImageGrid(payload: JsonObject): ShownMessage | GraphRefusal {
  const elements = asArray(payload.elements);
  const fields = asObject(elements?.[0]);
  if (elements?.length !== 1 || !fields) return invalidParam(`${PAYLOAD}[elements]`);
  const images = (asArray(fields.images) ?? []).map(asObject);
  if (images.length < 2 || images.length > 6) return refuse(100, 'An image grid has 2 to 6 images');
  if (images.some((image) => !isHttpUrl(image?.url))) return invalidParam(`${PAYLOAD}[elements][images][url]`);
  if (images.filter((image) => image?.is_hero_image === true).length > 1) return refuse(100, 'At most one hero image');
  const title = asString(fields.title);
  const subtitle = asString(fields.subtitle);
  if (title !== undefined && title.length > 45) return tooLong(`${PAYLOAD}[elements][title]`, 45);
  if (subtitle !== undefined && subtitle.length > 80) return tooLong(`${PAYLOAD}[elements][subtitle]`, 80);
  const buttons = readButtons(fields.buttons, false);
  if ('refused' in buttons) return buttons;
  return { ...(title === undefined ? {} : { text: title }), image: String(images[0]?.url), buttons };
}

function readReceipt(payload: JsonObject): ShownMessage | GraphRefusal {
  const missing = ['recipient_name', 'order_number', 'currency', 'payment_method'].find(
    (name) => asString(payload[name]) === undefined,
  );
  if (missing !== undefined) return invalidParam(`${PAYLOAD}[${missing}]`);
  const total = asObject(payload.summary)?.total_cost;
  if (typeof total !== 'number') return invalidParam(`${PAYLOAD}[summary][total_cost]`);
  const elements = asArray(payload.elements) ?? [];
  if (elements.length > 100) return refuse(100, 'At most 100 elements');
  return { text: `${String(payload.order_number)}: ${total} ${String(payload.currency)}` };
}
