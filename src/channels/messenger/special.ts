// Messenger messages that are no words with buttons: pictures, the chip that offers one's own phone number, utility templates.
import type { JsonObject } from '../../lib/json.js';
import type { OwnFile, TemplateMessage } from '../activity.js';
import type { Picture } from '../choices.js';

export function pictureBody({ address }: Picture): JsonObject {
  return {
    attachment: { type: 'image', payload: 'id' in address ? { attachment_id: address.id } : { url: address.url } },
  };
}

/** A picture or file of our own, under the id that Meta gave it. */
export function uploadedBody({ kind }: Pick<OwnFile, 'kind'>, id: string): JsonObject {
  return { attachment: { type: kind, payload: { attachment_id: id } } };
}

/** Shown only to people whose profile has a number; its tap arrives with the number as payload. */
export const PHONE_CHIP: JsonObject = { content_type: 'user_phone_number' };

export function templateBody({ template, parameters, language = 'vi' }: TemplateMessage): JsonObject {
  const given = parameters.map(({ value }) => ({ type: 'text', text: value }));
  const components = given.length === 0 ? {} : { components: [{ type: 'body', parameters: given }] };
  return { template: { name: template, language: { code: language }, ...components } };
}

/** Utility templates may leave at any time, and under a type of their own. */
export function isTemplate(body: JsonObject): boolean {
  return body.template !== undefined;
}
