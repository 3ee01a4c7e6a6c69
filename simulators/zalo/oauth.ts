// The host oauth.zaloapp.com: the consent redirect and the token endpoint.
import { type ApiReply, type ApiRequest, header } from '../platform/exchange.js';
import { NOT_FOUND } from './replies.js';
import type { ZaloState } from './state.js';

export function answerOauth(state: ZaloState, request: ApiRequest): ApiReply {
  if (request.path === '/v4/oa/permission' && request.method === 'GET') return consent(state, request);
  if (request.path === '/v4/oa/access_token' && request.method === 'POST') return token(state, request);
  return NOT_FOUND;
}

/** The administrator agrees at once. */
function consent(state: ZaloState, { query }: ApiRequest): ApiReply {
  const redirect = query.get('redirect_uri') ?? '';
  if (query.get('app_id') !== state.app.id) return failed(-14001, 'Invalid app id');
  if (!state.app.active) return failed(-14002, 'App is not active but user is not admin');
  if (!URL.canParse(redirect)) return failed(-14003, 'Invalid redirect uri');
  const target = new URL(redirect);
  target.searchParams.set('code', state.tokens.newCode(query.get('code_challenge') ?? undefined));
  target.searchParams.set('oa_id', state.oa.id);
  const echoed = query.get('state');
  if (echoed !== null) target.searchParams.set('state', echoed);
  return { status: 302, body: '', headers: { Location: target.href } };
}

function token(state: ZaloState, { headers, body }: ApiRequest): ApiReply {
  const { oauthBadSecretCode, oauthBadRefreshCode, expiresIn } = state.behaviour;
  const type = header(headers, 'content-type') ?? '';
  if (!type.startsWith('application/x-www-form-urlencoded')) return failed(-14005, 'Content type is invalid');
  const form = new URLSearchParams(body.toString('utf8'));
  if (header(headers, 'secret_key') !== state.app.secret) return failed(oauthBadSecretCode, 'Invalid secret key');
  if (form.get('app_id') !== state.app.id) return failed(-14001, 'Invalid app id');
  const grant = form.get('grant_type');
  let pair: ReturnType<typeof state.tokens.refresh>;
  if (grant === 'refresh_token') pair = state.tokens.refresh(form.get('refresh_token') ?? '');
  else if (grant === 'authorization_code')
    pair = state.tokens.exchange(form.get('code') ?? '', form.get('code_verifier') ?? undefined);
  else return failed(-14006, 'Invalid grant type');
  if (typeof pair === 'number')
    return failed(pair, pair === oauthBadRefreshCode ? 'Invalid refresh token' : 'Invalid grant');
  return { status: 200, body: { access_token: pair.access, refresh_token: pair.refresh, expires_in: expiresIn } };
}

function failed(code: number, name: string): ApiReply {
  const body = {
    error: code,
    error_name: name,
    error_reason: name,
    ref_doc: 'https://developers.zalo.me/docs/',
    error_description: name,
  };
  return { status: 200, body };
}
