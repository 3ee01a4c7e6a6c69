// The invented accounts of the simulators: ids and secrets that mean nothing outside them, and the settings of a bot
// that uses them. Real accounts never come here.

export interface SimulatorAccounts {
  zalo: {
    appId: string;
    appSecret: string;
    oaId: string;
    oaName: string;
    oaSecretKey: string;
    accessToken: string;
    refreshToken: string;
  };
  messenger: {
    appId: string;
    appSecret: string;
    pageId: string;
    pageName: string;
    pageAccessToken: string;
    verifyToken: string;
  };
  portal: { apiKey: string; webhookSecret: string };
  sms: { token: string };
}

/** Digits and words of no real account; the names are what the phones show. */
export const demoAccounts: SimulatorAccounts = {
  zalo: {
    appId: '1000200030004000500',
    appSecret: 'demo-zalo-app-secret',
    oaId: '2000300040005000600',
    oaName: 'Một Cửa thử nghiệm',
    oaSecretKey: 'demo-zalo-oa-secret',
    accessToken: 'demo-zalo-access-token',
    refreshToken: 'demo-zalo-refresh-token',
  },
  messenger: {
    appId: '4444444444000001',
    appSecret: 'demo-messenger-app-secret',
    pageId: '1111111111000001',
    pageName: 'Một Cửa thử nghiệm',
    pageAccessToken: 'demo-messenger-page-token',
    verifyToken: 'demo-messenger-verify-token',
  },
  portal: { apiKey: 'demo-portal-key', webhookSecret: 'demo-portal-webhook-secret' },
  sms: { token: 'demo-sms-token' },
};

/**
 * The environment of a bot whose platforms and portal are the simulators at `url`.
 *
 * @example
 * spawn('node', ['dist/src/main.js'], { env: { ...process.env, PORT: '3000', ...botSettings(simulators.url) } });
 */
export function botSettings(url: string, accounts: SimulatorAccounts = demoAccounts): Record<string, string> {
  const { zalo, messenger, portal, sms } = accounts;
  return {
    ZALO_APP_ID: zalo.appId,
    ZALO_APP_SECRET: zalo.appSecret,
    ZALO_OA_ID: zalo.oaId,
    ZALO_OA_SECRET_KEY: zalo.oaSecretKey,
    ZALO_ACCESS_TOKEN: zalo.accessToken,
    ZALO_REFRESH_TOKEN: zalo.refreshToken,
    ZALO_API_URL: `${url}/zalo/openapi`,
    ZALO_OAUTH_URL: `${url}/zalo/oauth`,
    ZALO_TEMPLATE_API_URL: `${url}/zalo/template`,
    ZALO_MEDIA_HOSTS: new URL(url).origin,
    MESSENGER_APP_ID: messenger.appId,
    MESSENGER_APP_SECRET: messenger.appSecret,
    MESSENGER_PAGE_ID: messenger.pageId,
    MESSENGER_PAGE_ACCESS_TOKEN: messenger.pageAccessToken,
    MESSENGER_VERIFY_TOKEN: messenger.verifyToken,
    MESSENGER_GRAPH_URL: `${url}/messenger`,
    MESSENGER_MEDIA_HOSTS: new URL(url).origin,
    OTP_SMS_URL: `${url}/sms/messages`,
    OTP_SMS_TOKEN: sms.token,
    PORTAL_URL: `${url}/portal`,
    PORTAL_API_KEY: portal.apiKey,
    PORTAL_WEBHOOK_SECRET: portal.webhookSecret,
  };
}
