// Approved message templates and the check of the data that fills them (reference 4.1 to 4.6).
import { asObject, type JsonObject } from '../platform/json.js';
import type { Refusal } from './replies.js';

export interface ZaloTemplateParam {
  name: string;
  required: boolean;
  maxLength: number;
  /** Digits only, a date, or anything. */
  format: 'text' | 'number' | 'date';
}

export interface ZaloTemplate {
  id: string;
  name: string;
  status: 'ENABLE' | 'PENDING_REVIEW' | 'DISABLE' | 'REJECT';
  /** May also be sent to a user id. */
  forUid: boolean;
  params: ZaloTemplateParam[];
}

const text = (name: string, maxLength: number, required = true): ZaloTemplateParam => ({
  name,
  required,
  maxLength,
  format: 'text',
});

export const SAMPLE_TEMPLATES: ZaloTemplate[] = [
  {
    id: '300123',
    name: 'Thông báo trạng thái hồ sơ',
    status: 'ENABLE',
    forUid: true,
    params: [
      text('ten_cong_dan', 30),
      text('ma_ho_so', 30),
      text('trang_thai', 30),
      { name: 'ngay_hen', required: false, maxLength: 20, format: 'date' },
    ],
  },
  {
    id: '300124',
    name: 'Mã xác thực một lần',
    status: 'ENABLE',
    forUid: false,
    params: [{ name: 'otp', required: true, maxLength: 10, format: 'number' }],
  },
  { id: '300125', name: 'Mẫu chờ duyệt', status: 'PENDING_REVIEW', forUid: true, params: [text('noi_dung', 200)] },
];

const DATE = /^(([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)? )?(\d{2}\/)?\d{2}\/\d{4}$/;

/** Why this data does not fit the template, in the template API's codes. */
export function checkTemplateData(template: ZaloTemplate, value: unknown, strict: boolean): Refusal | undefined {
  const data = asObject(value);
  if (!data) return { code: -112 };
  if (Object.keys(data).length === 0) return { code: -111 };
  for (const param of template.params) {
    const refusal = checkParam(param, data);
    if (refusal) return refusal;
  }
  const known = new Set(template.params.map(({ name }) => name));
  return strict && Object.keys(data).some((key) => !known.has(key)) ? { code: -112 } : undefined;
}

function checkParam({ name, required, maxLength, format }: ZaloTemplateParam, data: JsonObject): Refusal | undefined {
  const value = data[name];
  if (value === undefined || value === null || value === '') return required ? { code: -1122 } : undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return { code: -1124 };
  const written = String(value);
  if ([...written].length > maxLength) return { code: -1121 };
  if (format === 'number' && !/^\d+$/.test(written)) return { code: -1124 };
  return format === 'date' && !DATE.test(written) ? { code: -1124 } : undefined;
}
