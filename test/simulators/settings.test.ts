import { botSettings, demoAccounts } from '../../simulators/accounts.js';
import { readSimulatorSettings, WrongSetting } from '../../simulators/settings.js';

describe('the simulators’ settings', () => {
  it('are the documented defaults when nothing is set', () => {
    expect(readSimulatorSettings({ PATH: '/bin' })).toEqual({
      port: 4000,
      botUrl: 'http://127.0.0.1:3000',
      accounts: demoAccounts,
    });
  });

  it('come from the environment, where an empty variable counts as not set', () => {
    const settings = readSimulatorSettings({
      SIM_PORT: '4100',
      BOT_URL: 'http://bot.test:8080/',
      SIM_ZALO_OA_ID: '42',
      SIM_PORTAL_API_KEY: '',
    });
    expect(settings.port).toBe(4100);
    expect(settings.botUrl).toBe('http://bot.test:8080');
    expect(settings.accounts.zalo).toEqual({ ...demoAccounts.zalo, oaId: '42' });
    expect(settings.accounts.portal).toEqual(demoAccounts.portal);
  });

  it.each([
    ['SIM_PORT', 'http', 'SIM_PORT must be a port number'],
    ['SIM_PORT', '70000', 'SIM_PORT must be a port number'],
    ['BOT_URL', 'localhost', 'BOT_URL must be an address'],
    ['SIM_MESSENGER_PAGE_ID', 'my-page', 'SIM_MESSENGER_PAGE_ID must be 1 to 20 digits'],
    ['SIM_ZALO_SECRET', 'x', 'SIM_ZALO_SECRET: no such setting'],
  ])('refuse %s=%s with its name and what it should be', (name, value, sentence) => {
    expect(() => readSimulatorSettings({ [name]: value })).toThrow(WrongSetting);
    expect(() => readSimulatorSettings({ [name]: value })).toThrow(sentence);
  });
});

describe('the settings of a bot that uses the simulators', () => {
  it('point every platform at the one address and carry the simulators’ own accounts', () => {
    const settings = botSettings('http://127.0.0.1:4000');
    expect(settings).toMatchObject({
      ZALO_API_URL: 'http://127.0.0.1:4000/zalo/openapi',
      MESSENGER_GRAPH_URL: 'http://127.0.0.1:4000/messenger',
      PORTAL_URL: 'http://127.0.0.1:4000/portal',
      ZALO_OA_SECRET_KEY: demoAccounts.zalo.oaSecretKey,
      MESSENGER_VERIFY_TOKEN: demoAccounts.messenger.verifyToken,
    });
  });
});
