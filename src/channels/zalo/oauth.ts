// Zalo's token endpoint: spends a refresh token, gets a new pair. Storing it is tokens.ts's duty.
import { z } from 'zod';
import type { AccountTokens } from '../account-tokens.js';
import { isObject, looseText, safeName } from '../inbound-fields.js';
import type { CallOutcome, PlatformClient } from '../platform-client.js';

/** `refused`: Zalo said no, repeating is useless. `unclear`: it may or may not have spent the refresh token. */
export type RefreshOutcome =
  | { kind: 'tokens'; tokens: AccountTokens }
  | { kind: 'refused'; reason: string }
  | { kind: 'unclear'; reason: string };

export interface OAuthOptions {
  app: { id: string; secret: string };
  /** `https://oauth.zaloapp.com` */
  baseUrl: string;
  client: PlatformClient;
  clock: () => number;
}

const DEFAULT_LIFE_SECONDS = 90_000;

const grant = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: looseText.optional(),
});

export class ZaloOAuth {
  readonly #options: OAuthOptions;

  constructor(options: OAuthOptions) {
    this.#options = options;
  }

  async refresh(refreshToken: string): Promise<RefreshOutcome> {
    const { app, baseUrl, client } = this.#options;
    const askedAt = this.#options.clock();
    const form = new URLSearchParams({ app_id: app.id, grant_type: 'refresh_token', refresh_token: refreshToken });
    const outcome = await client.post({
      url: `${baseUrl}/v4/oa/access_token`,
      data: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', secret_key: app.secret },
    });
    return readGrant(outcome, askedAt);
  }
}

function readGrant(outcome: CallOutcome, askedAt: number): RefreshOutcome {
  if (outcome.kind !== 'answer') return { kind: 'unclear', reason: `zalo.oauth.network.${outcome.code}` };
  const { json, status } = outcome;
  const code = isObject(json) ? Number(json.error ?? 0) : Number.NaN;
  const read = grant.safeParse(json);
  if (read.success && code === 0) {
    const seconds = Number(read.data.expires_in ?? DEFAULT_LIFE_SECONDS);
    const life = seconds > 0 && Number.isFinite(seconds) ? seconds : DEFAULT_LIFE_SECONDS;
    const tokens = { accessToken: read.data.access_token, refreshToken: read.data.refresh_token };
    return { kind: 'tokens', tokens: { ...tokens, expiresAt: askedAt + life * 1000 } };
  }
  if (isObject(json) && code !== 0) return { kind: 'refused', reason: `zalo.oauth.${safeName(String(code))}` };
  if (status >= 400 && status < 500 && status !== 429) return { kind: 'refused', reason: `zalo.oauth.http-${status}` };
  return { kind: 'unclear', reason: `zalo.oauth.http-${status}` };
}
