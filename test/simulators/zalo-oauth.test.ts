// Consent and tokens of the simulated Zalo, and the digests of the reference's test vectors.
import { ManualClock } from '../../simulators/platform/clock.js';
import { createZaloSimulator, type ZaloSimulator } from '../../simulators/zalo/server.js';
import { challengeOf, proofOf } from '../../simulators/zalo/tokens.js';

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CALLBACK = 'https://bot.example.gov.vn/zalo/oauth/callback';

let zalo: ZaloSimulator;
let clock: ManualClock;

beforeEach(async () => {
  clock = new ManualClock(Date.parse('2026-11-02T12:00:00+07:00'));
  zalo = await createZaloSimulator({ clock });
});
afterEach(() => zalo.close());

async function token(fields: Record<string, string>, secret = 'app-secret-for-tests') {
  const res = await fetch(`${zalo.urls.oauth}/v4/oa/access_token`, {
    method: 'POST',
    headers: { secret_key: secret },
    body: new URLSearchParams({ app_id: zalo.state.app.id, ...fields }),
  });
  expect(res.status).toBe(200);
  return (await res.json()) as Record<string, unknown>;
}
const refresh = (refreshToken: string, secret?: string) =>
  token({ grant_type: 'refresh_token', refresh_token: refreshToken }, secret);

async function consent(): Promise<URL> {
  const query = new URLSearchParams({
    app_id: zalo.state.app.id,
    redirect_uri: CALLBACK,
    code_challenge: challengeOf(VERIFIER),
    state: 'k3Jx0',
  });
  const res = await fetch(`${zalo.urls.oauth}/v4/oa/permission?${query}`, { redirect: 'manual' });
  expect(res.status).toBe(302);
  return new URL(res.headers.get('location') ?? '');
}

it('computes challenge and proof as in the test vectors', () => {
  expect(challengeOf(VERIFIER)).toBe('E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM');
  expect(proofOf('access-token-for-tests', 'app-secret-for-tests')).toBe(
    '7196be12396e82d498574863aab45f32c0f0c84c6d6d4038d19a0d78120bdf44',
  );
});

it('leads through consent to a first pair, once', async () => {
  const callback = await consent();
  expect(callback.href.startsWith(`${CALLBACK}?`)).toBe(true);
  expect(Object.fromEntries(callback.searchParams)).toMatchObject({ oa_id: zalo.state.oa.id, state: 'k3Jx0' });
  const exchange = {
    grant_type: 'authorization_code',
    code: callback.searchParams.get('code') ?? '',
    code_verifier: VERIFIER,
  };

  expect(await token(exchange)).toMatchObject({
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    expires_in: '90000',
  });
  expect(await token(exchange)).toMatchObject({ error: -118 });
});

it('refuses a code after ten minutes, or with another verifier', async () => {
  const code = async () => (await consent()).searchParams.get('code') ?? '';
  expect(await token({ grant_type: 'authorization_code', code: await code(), code_verifier: 'another' })).toMatchObject(
    { error: -14010 },
  );
  const late = await code();
  await clock.advance(10 * 60_000);
  expect(await token({ grant_type: 'authorization_code', code: late, code_verifier: VERIFIER })).toMatchObject({
    error: -118,
  });
});

it('spends a refresh token with its use and kills the old access token', async () => {
  const first = await refresh('RT-0001');
  expect(first.refresh_token).not.toBe('RT-0001');
  expect(zalo.state.tokens.check('AT-0001')).toBe(-216);
  expect(zalo.state.tokens.check(String(first.access_token))).toBe(0);

  expect(await refresh('RT-0001')).toMatchObject({ error: -14014 });
  expect(await refresh(String(first.refresh_token))).toMatchObject({ expires_in: '90000' });
  expect(zalo.state.tokens.refreshes).toBe(2);
});

it('lets the old access token live on for a while if told so', async () => {
  zalo.behaviour.oldAccessGraceMs = 1000;
  await refresh('RT-0001');
  expect(zalo.state.tokens.check('AT-0001')).toBe(0);
  await clock.advance(1000);
  expect(zalo.state.tokens.check('AT-0001')).toBe(-216);
});

it('lets a refresh token die after three months', async () => {
  await clock.advance(90 * 24 * 3_600_000);
  expect(await refresh('RT-0001')).toMatchObject({ error: -14014 });
});

it('refuses a wrong secret and a withdrawn grant', async () => {
  expect(await refresh('RT-0001', 'wrong')).toMatchObject({ error: -14004 });
  zalo.state.tokens.revoke();
  expect(await refresh('RT-0001')).toMatchObject({ error: -14014 });
  expect(zalo.state.tokens.check('AT-0001')).toBe(-216);
});

it('can rotate the pair unseen: the answer comes after the client has gone', async () => {
  zalo.faults.add({ action: { kind: 'resetAfter' }, path: '/access_token' });
  await expect(refresh('RT-0001')).rejects.toThrow();
  expect(await refresh('RT-0001')).toMatchObject({ error: -14014 });
});
