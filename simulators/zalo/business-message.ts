// The `message` object of /v3.0/oa/message/transaction and /promotion (reference 3.19). The bot does not use them; they are here so
// that a wrong call is told apart from a right one.
import { asArray, asObject, asString, isHttpUrl, type JsonObject } from '../platform/json.js';
import { readButtons } from './buttons.js';
import type { ShownMessage } from './consultation.js';
import { invalid, type Refusal, tooLong } from './replies.js';
import type { UploadKind } from './state.js';

const TRANSACTION_TYPES = new Set(
  'billing order reward contract booking membership event transaction account internal partnership education rating'
    .split(' ')
    .map((kind) => `transaction_${kind}`),
);
const ALIGN = new Set([undefined, 'left', 'center', 'right']);
const STYLES = new Set([undefined, 'green', 'blue', 'yellow', 'red', 'grey', 'none']);

export function readBusinessMessage(
  message: JsonObject,
  endpoint: 'transaction' | 'promotion',
  upload: (id: string, kind: UploadKind) => Refusal | undefined,
): ShownMessage | Refusal {
  const payload = asObject(asObject(message.attachment)?.payload);
  if (asObject(message.attachment)?.type !== 'template' || !payload) return invalid('attachment');
  const kind = asString(payload.template_type) ?? '';
  if (endpoint === 'promotion' ? kind !== 'promotion' : !TRANSACTION_TYPES.has(kind)) return invalid('template_type');
  if (payload.language !== undefined && payload.language !== 'VI' && payload.language !== 'EN')
    return invalid('language');
  const elements = asArray(payload.elements);
  if (!elements || elements.length === 0) return invalid('elements');
  const lines: string[] = [];
  for (const item of elements) {
    const line = readElement(asObject(item), upload);
    if (typeof line !== 'string') return line;
    if (line !== '') lines.push(line);
  }
  const shown: ShownMessage = { echo: 'oa_send_template', type: 'link', text: lines.join('\n') };
  if (payload.buttons === undefined) return shown;
  const buttons = readButtons(payload.buttons, { count: 4, title: 35 });
  return 'code' in buttons ? buttons : { ...shown, buttons };
}

function readElement(
  fields: JsonObject | undefined,
  upload: (id: string, kind: UploadKind) => Refusal | undefined,
): string | Refusal {
  switch (fields?.type) {
    case 'banner': {
      if (typeof fields.attachment_id === 'string') return upload(fields.attachment_id, 'image') ?? '';
      return isHttpUrl(fields.image_url) ? '' : invalid('image_url');
    }
    case 'header':
    case 'text': {
      const content = asString(fields.content);
      if (content === undefined || content === '') return invalid('content');
      if (!ALIGN.has(asString(fields.align))) return invalid('align');
      return [...content].length > (fields.type === 'header' ? 100 : 1000) ? tooLong : content;
    }
    case 'table':
      return readTable(asArray(fields.content));
    default:
      return invalid('element.type');
  }
}

function readTable(rows: unknown[] | undefined): string | Refusal {
  if (!rows || rows.length === 0) return invalid('content');
  if (rows.length > 5) return tooLong;
  const lines: string[] = [];
  for (const row of rows.map(asObject)) {
    const key = asString(row?.key);
    const value = asString(row?.value);
    if (key === undefined || value === undefined || !STYLES.has(asString(row?.style))) return invalid('content');
    if ([...key].length > 25 || [...value].length > 100) return tooLong;
    lines.push(`${key}: ${value}`);
  }
  return lines.join('\n');
}
