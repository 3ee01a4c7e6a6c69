// Which call goes where: host prefix, path, access token, rate limit, and the body read once.
import { type ApiReply, type ApiRequest, header } from '../platform/exchange.js';
import type { FaultAction } from '../platform/faults.js';
import { type JsonObject, parseObject } from '../platform/json.js';
import { answerOauth } from './oauth.js';
import { conversation, messageQuota, oaInfo, recentChats, tagCall, userDetail, userList } from './reading.js';
import { invalid, NOT_FOUND, refused, replyTo, success } from './replies.js';
import { type Emit, sendBusiness, sendConsultation, sendVersion2 } from './sending.js';
import type { ZaloState } from './state.js';
import { readTemplates, sendToPhone, sendToUser } from './template-api.js';
import { proofOf } from './tokens.js';
import { upload } from './uploads.js';

type Host = 'oauth' | 'openapi' | 'template';

/** 4,000 calls a minute over the whole app. */
export class RateLimit {
  #minute = 0;
  #used = 0;
  readonly #state: ZaloState;

  constructor(state: ZaloState) {
    this.#state = state;
  }

  /** Calls left in this minute after this one; negative when it is refused; undefined without a limit. */
  take(): number | undefined {
    const { rpm } = this.#state.behaviour;
    if (rpm === null) return undefined;
    const minute = Math.floor(this.#state.clock.now() / 60_000);
    if (minute !== this.#minute) {
      this.#minute = minute;
      this.#used = 0;
    }
    this.#used += 1;
    return rpm - this.#used;
  }
}

/** Addresses carry the host as first step (`/openapi/v3.0/…`); without one every host answers. */
export function answerZalo(state: ZaloState, emit: Emit, limit: RateLimit, request: ApiRequest): ApiReply {
  const named = /^\/(oauth|openapi|template)(?=\/)/.exec(request.path)?.[1] as Host | undefined;
  const path = named === undefined ? request.path : request.path.slice(named.length + 1);
  const host = hostOf(path);
  if (host === undefined || (named !== undefined && named !== host)) return NOT_FOUND;
  const call = { ...request, path };
  if (host === 'oauth') return answerOauth(state, call);
  const left = limit.take();
  if (left === undefined) return authorised(state, emit, host, call);
  const headers = { 'X-RateLimit-Limit': String(state.behaviour.rpm), 'X-RateLimit-Remain': String(Math.max(0, left)) };
  const reply = left < 0 ? refused(-32) : authorised(state, emit, host, call);
  return { ...reply, headers: { ...reply.headers, ...headers } };
}

/** The platform's own body for a switched-on fault. */
export function refusalFor(state: ZaloState, fault: FaultAction): ApiReply {
  if (fault.kind === 'rateLimited') return refused(-32);
  if (fault.kind === 'refuse') return refused(fault.code);
  return refused(state.behaviour.expiredTokenCode);
}

function hostOf(path: string): Host | undefined {
  if (path.startsWith('/v3.0/oa/') || path.startsWith('/v2.0/oa/')) return 'openapi';
  if (path.startsWith('/v4/oa/')) return 'oauth';
  return /^\/(message|template)\//.test(path) ? 'template' : undefined;
}

function authorised(state: ZaloState, emit: Emit, host: Host, request: ApiRequest): ApiReply {
  const token = header(request.headers, 'access_token');
  const rejected = state.tokens.check(token);
  if (rejected !== 0) return refused(host === 'template' ? -124 : rejected);
  const proof = header(request.headers, 'appsecret_proof');
  if (state.behaviour.requireProof && proof !== proofOf(token ?? '', state.app.secret))
    return refused(host === 'template' ? -1241 : -242);
  if (!state.app.active) return refused(host === 'template' ? -103 : -209);
  return request.method === 'GET' ? read(state, host, request) : write(state, emit, request);
}

function read(state: ZaloState, host: Host, request: ApiRequest): ApiReply {
  if (host === 'template') return readTemplates(state, request);
  const data = parseObject(request.query.get('data') ?? '{}');
  if (!data) return replyTo(invalid('data'));
  switch (request.path) {
    case '/v3.0/oa/user/detail':
      return userDetail(state, data);
    case '/v3.0/oa/user/getlist':
      return userList(state, data);
    case '/v2.0/oa/listrecentchat':
      return recentChats(state, data);
    case '/v2.0/oa/conversation':
      return conversation(state, data);
    case '/v2.0/oa/getoa':
      return oaInfo(state);
    case '/v2.0/oa/tag/gettagsofoa':
      return success([...state.tagNames]);
    default:
      return NOT_FOUND;
  }
}

const SENDS: Record<string, (state: ZaloState, emit: Emit, body: JsonObject) => ApiReply> = {
  '/v3.0/oa/message/cs': sendConsultation,
  '/v3.0/oa/message/transaction': (state, emit, body) => sendBusiness(state, emit, 'transaction', body),
  '/v3.0/oa/message/promotion': (state, emit, body) => sendBusiness(state, emit, 'promotion', body),
  '/v3.0/oa/message/template': sendToUser,
  '/v2.0/oa/message': sendVersion2,
  '/message/template': (state, emit, body) => sendToPhone(state, emit, body, false),
  '/message/template/hashphone': (state, emit, body) => sendToPhone(state, emit, body, true),
};

function write(state: ZaloState, emit: Emit, request: ApiRequest): ApiReply {
  const { path } = request;
  const kind = /^\/v2\.0\/oa\/upload\/(image|gif|file)$/.exec(path)?.[1];
  if (kind === 'image' || kind === 'gif' || kind === 'file') return upload(state, kind, request);
  const send = SENDS[path];
  const tag = /^\/v2\.0\/oa\/tag\/(tagfollower|rmfollowerfromtag|rmtag)$/.exec(path)?.[1];
  if (!send && tag === undefined && path !== '/v3.0/oa/quota/message') return NOT_FOUND;
  const body = parseObject(request.body.toString('utf8'));
  if (!body) return path.startsWith('/message/') ? refused(-122) : replyTo(invalid('body'));
  if (send) return state.oa.canSend ? send(state, emit, body) : refused(path.startsWith('/message/') ? -120 : -223);
  if (tag === 'tagfollower' || tag === 'rmfollowerfromtag' || tag === 'rmtag') return tagCall(state, tag, body);
  return messageQuota(state, body);
}
