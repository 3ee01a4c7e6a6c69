// Zalo messages that are no words with buttons: pictures, the form that asks for name and phone number, template messages.
import type { JsonObject } from '../../lib/json.js';
import type { InfoRequest, OwnFile, TemplateMessage } from '../activity.js';
import { internationalDigits, type Picture } from '../choices.js';
import { isObject } from '../inbound-fields.js';
import { zaloLimits } from './limits.js';

/** What a picture shows stands under it. */
export function pictureBody({ address, name }: Picture): JsonObject {
  const element =
    'id' in address ? { media_type: 'image', attachment_id: address.id } : { media_type: 'image', url: address.url };
  return {
    ...(name !== '' && { text: name }),
    attachment: { type: 'template', payload: { template_type: 'media', elements: [element] } },
  };
}

/** A picture or file of our own, under the id that Zalo gave it. */
export function uploadedBody({ kind }: Pick<OwnFile, 'kind'>, id: string): JsonObject {
  if (kind === 'file') return { attachment: { type: 'file', payload: { token: id } } };
  return pictureBody({ address: { id }, name: '' });
}

/** Undefined where the form cannot be shown: without a picture, or with too many words. */
export function infoRequestBody({ title, text, imageUrl }: InfoRequest): JsonObject | undefined {
  const fits = title.length <= zaloLimits.cardTitle && text.length <= zaloLimits.cardSubtitle;
  if (imageUrl === undefined || !fits) return undefined;
  const elements = [{ title, subtitle: text, image_url: imageUrl }];
  return { attachment: { type: 'template', payload: { template_type: 'request_user_info', elements } } };
}

export function templateBody({ template, parameters, phone, tracking }: TemplateMessage): JsonObject {
  return {
    template_id: template,
    template_data: Object.fromEntries(parameters.map(({ name, value }) => [name, value])),
    ...(phone !== undefined && { phone: internationalDigits(phone) }),
    ...(tracking !== undefined && { tracking_id: tracking }),
  };
}

export function isTemplate(body: JsonObject): boolean {
  return body.template_id !== undefined;
}

/** The words of a form, and where the picture lies: what is left when Zalo refuses to show them. */
export function wordsOfElements(payload: Record<string, unknown>): string {
  const elements: unknown[] = Array.isArray(payload.elements) ? payload.elements : [];
  return elements
    .filter(isObject)
    .map((element) => [element.title, element.subtitle, element.url].filter(isText).join('\n'))
    .join('\n\n');
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
