// A Graph call before it is understood: version, node and edge of the path, the fields wherever they stand, and the token's rights.
import { createHmac } from 'node:crypto';
import { type ApiRequest, header } from '../platform/exchange.js';
import { asString, type JsonObject, parseJson, parseObject } from '../platform/json.js';
import { type FormPart, parseMultipart } from '../platform/multipart.js';
import { EXPIRED_TOKEN, type GraphRefusal, refuse } from './graph-error.js';
import type { MessengerState } from './state.js';

export interface GraphCall {
  method: string;
  /** `me`, a Page id, a PSID, `t_…`, `m_…`, or a plain name. */
  node: string;
  edge: string;
  query: URLSearchParams;
  /** Fields of the body; undefined when the body cannot be read. */
  fields: JsonObject | undefined;
  file?: FormPart;
  token: string | undefined;
}

export function readCall(request: ApiRequest): GraphCall {
  const steps = request.path.split('/').filter((step) => step !== '');
  if (/^v\d+\.\d+$/.test(steps[0] ?? '')) steps.shift();
  const { fields, file } = request.method === 'GET' ? { fields: {} } : readFields(request);
  const bearer = /^Bearer (.+)$/i.exec(header(request.headers, 'authorization') ?? '')?.[1];
  return {
    method: request.method,
    node: steps[0] ?? '',
    edge: steps.slice(1).join('/'),
    query: request.query,
    fields,
    ...(file ? { file } : {}),
    token: bearer ?? request.query.get('access_token') ?? asString(fields?.access_token),
  };
}

function readFields({ headers, body }: ApiRequest): { fields: JsonObject | undefined; file?: FormPart } {
  const type = header(headers, 'content-type') ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return {
      fields: Object.fromEntries(
        [...new URLSearchParams(body.toString('utf8'))].map(([name, text]) => [name, unpack(text)]),
      ),
    };
  }
  if (!type.startsWith('multipart/form-data'))
    return { fields: body.length === 0 ? {} : parseObject(body.toString('utf8')) };
  const parts = parseMultipart(type, body) ?? [];
  const file = parts.find(({ name }) => name === 'filedata');
  const plain = parts.filter(({ name }) => name !== 'filedata');
  return {
    fields: Object.fromEntries(plain.map(({ name, data }) => [name, unpack(data.toString('utf8'))])),
    ...(file ? { file } : {}),
  };
}

/** Objects travel in forms as JSON text. */
function unpack(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** May this call speak for the Page? Order: token, Page, proof. */
export function checkAccess(state: MessengerState, call: GraphCall): GraphRefusal | undefined {
  const { token, node, query, fields } = call;
  const known = token === undefined ? undefined : state.tokens.get(token);
  if (token === undefined || known === undefined) {
    return { refused: true, code: 190, text: 'Invalid OAuth access token - Cannot parse access token' };
  }
  if (known === 'expired') return EXPIRED_TOKEN;
  if (known === 'revoked')
    return { ...EXPIRED_TOKEN, subcode: 460, text: 'Error validating access token: The session has been invalidated.' };
  if (isForeignPage(state, node, call.edge)) return refuse(200, 'The user does not own or manage this Page');
  const proof = query.get('appsecret_proof') ?? asString(fields?.appsecret_proof);
  if (proof === undefined)
    return state.behaviour.requireProof
      ? wrongProof('API calls from the server require an appsecret_proof argument')
      : undefined;
  return proof === proofOf(token, state.app.secret)
    ? undefined
    : wrongProof('Invalid appsecret_proof provided in the API argument');
}

function isForeignPage(state: MessengerState, node: string, edge: string): boolean {
  return edge !== '' && /^\d+$/.test(node) && node !== state.page.id;
}

function wrongProof(text: string): GraphRefusal {
  return { refused: true, code: 100, type: 'GraphMethodException', text };
}

/** `appsecret_proof`: HMAC-SHA256 of the token under the app secret, lower-case hex. */
export function proofOf(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}
