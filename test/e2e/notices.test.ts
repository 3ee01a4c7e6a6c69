// The bot speaks first: from the agency's change at the portal to the citizen's phone, on both platforms.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DossierHint } from '../../simulators/portal/hints.js';
import { readConfig } from '../../src/config.js';
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { NOTIFY } from '../../src/flows/notify/texts.js';
import { DAY, HOUR } from '../../src/lib/clock.js';
import { silentLog } from '../../src/lib/log.js';
import { type RunningBot, startBot } from '../../src/main.js';
import { removeTemporaryFolders, temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import { metricIn } from './bot-process.js';
import { noticesTests, TEMPLATES, ZALO_TEMPLATE } from './notices.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';
import { texts } from './wording.js';

afterAll(removeTemporaryFolders);

describe('on the embedded home', () => noticesTests(() => ({})));

/** Two in the afternoon in Vietnam, some days ahead of now: the bot's clock, which a test moves. */
const AFTERNOON = Math.ceil(Date.now() / DAY) * DAY + 7 * HOUR;

describe.each(APPS)('a bot whose clock is moved, on %s', (app: App) => {
  let stage: Stage;
  let bot: RunningBot;
  let citizen: Citizen;
  let hint: DossierHint;
  const clock = { ahead: 0 };

  beforeAll(async () => {
    clock.ahead = AFTERNOON - Date.now();
    stage = await Stage.prepare({ zalo: { templates: [ZALO_TEMPLATE] } });
    const { messenger } = stage.simulators;
    const known = { id: '1', name: 'dossier_changed', language: 'vi', status: 'APPROVED' } as const;
    messenger.state.utilityTemplates.set('1', known);
    const file = join(temporaryFolder(), 'notices.yaml');
    writeFileSync(file, TEMPLATES);
    const settings = stage.environment({ NOTICES_FILE: file });
    bot = await startBot(readConfig(settings), { clock: () => Date.now() + clock.ahead, log: silentLog });
    await stage.simulators[app].clock.advance(clock.ahead);
    citizen = stage.citizen(app);
    const found = stage.simulators.portal.hints().dossiers.find(({ situation }) => situation === 'in-progress');
    if (found === undefined) throw new Error('the portal has no dossier in progress');
    hint = found;
  });

  afterAll(async () => {
    await bot.stop();
    await stage.close();
  });

  /** The platform's clock goes with the bot's. */
  async function pass(ms: number): Promise<void> {
    clock.ahead += ms;
    await stage.simulators[app].clock.advance(ms);
  }

  async function says(text: string, hears: string): Promise<void> {
    citizen.write(text);
    await citizen.hears(hears);
  }

  /** The portal's clock is the bot's. Resolves when the bot is done with it. */
  async function changes(status: number): Promise<void> {
    const { portal } = stage.simulators;
    portal.clock.set(Date.now() + clock.ahead);
    await portal.changeDossier(hint.code, { status });
    const waiting = ['mot_cua_events_stored', 'mot_cua_outbox_stored', 'mot_cua_turns_running'];
    await until(async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${bot.port}/metrics`)).text();
      return waiting.every((name) => metricIn(metrics, name) === 0);
    }, 'the bot to be done');
  }

  it('keeps quiet at night, and tells in the morning', async () => {
    const { code: dossier, proof } = hint;
    await says(dossier, texts.format(DOSSIER.state4));
    await says('báo cho tôi khi có thay đổi', texts.format(NOTIFY.prove, { code: dossier }));
    await says(proof, texts.format(NOTIFY.agree, { code: dossier }));
    const agreed = texts.format(NOTIFY.done, { code: dossier, status: texts.format(DOSSIER.state4) });
    await says('đồng ý nhận tin', agreed);
    await pass(8 * HOUR);
    const before = citizen.heard.length;
    await changes(5);
    await pass(HOUR);
    expect(citizen.heard).toHaveLength(before);
    await pass(8 * HOUR);
    await citizen.hears(texts.format(NOTIFY.hint));
    expect(citizen.last.text).toContain(texts.format(DOSSIER.state5));
  });

  it('goes by the platform’s approved template once the window is closed', async () => {
    await pass(8 * DAY);
    const before = citizen.heard.length;
    await changes(4);
    await until(() => citizen.heard.length > before, 'the template');
    const shown = app === 'zalo' ? [hint.code, texts.format(NOTIFY.short4)] : ['[dossier_changed]'];
    for (const part of shown) expect(citizen.last.text).toContain(part);
  });
});
