// POST /v2.0/oa/upload/{image|gif|file}: an id that works for seven days.
import { type ApiReply, type ApiRequest, header } from '../platform/exchange.js';
import { urlSafe } from '../platform/ids.js';
import { parseMultipart } from '../platform/multipart.js';
import { invalid, refused, replyTo, success } from './replies.js';
import type { UploadKind, ZaloState } from './state.js';

const LIFE_MS = 7 * 24 * 3_600_000;
const MEGABYTE = 1024 * 1024;

const RULES: Record<UploadKind, { limit: number; types: Record<string, RegExp> }> = {
  image: { limit: MEGABYTE, types: { jpg: /^image\/jpe?g$/, jpeg: /^image\/jpe?g$/, png: /^image\/png$/ } },
  gif: { limit: 5 * MEGABYTE, types: { gif: /^image\/gif$/ } },
  file: {
    limit: 5 * MEGABYTE,
    types: {
      pdf: /^application\/pdf$/,
      doc: /^application\/msword$/,
      docx: /^application\/vnd\.openxmlformats-officedocument\.wordprocessingml\.document$/,
      csv: /^(text|application)\/csv$/,
    },
  },
};

export function upload(state: ZaloState, kind: UploadKind, { headers, body }: ApiRequest): ApiReply {
  const part = parseMultipart(header(headers, 'content-type'), body)?.find(({ name }) => name === 'file');
  if (!part) return replyTo(invalid('file'));
  const { limit, types } = RULES[kind];
  if (part.data.length > limit) return refused(-210);
  const extension = /\.([a-z0-9]+)$/i.exec(part.filename ?? '')?.[1]?.toLowerCase() ?? '';
  // Zalo reports success without an id when it cannot tell what the file is.
  if (!types[extension]?.test(part.contentType ?? '')) return success({});
  const id = `${kind.toUpperCase()}-${urlSafe(32)}`;
  const url = state.shelve?.(part.data, part.contentType ?? '');
  state.uploads.set(id, {
    kind,
    name: part.filename ?? id,
    expiresAt: state.clock.now() + LIFE_MS,
    ...(url === undefined ? {} : { url }),
  });
  return success(kind === 'file' ? { token: id } : { attachment_id: id });
}
