// What must hold for notices on every home: which events are told, to whom, and how often.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DossierHint } from '../../simulators/portal/hints.js';
import type { ZaloTemplate } from '../../simulators/zalo/template-store.js';
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { NOTIFY } from '../../src/flows/notify/texts.js';
import { temporaryFolder } from '../storage/temporary.js';
import { until } from '../storage/until.js';
import type { Settings } from './bot-process.js';
import { APPS, type App, type Citizen, Stage } from './stage.js';
import { texts } from './wording.js';

export const ZALO_TEMPLATE: ZaloTemplate = {
  id: '300200',
  name: 'Hồ sơ thay đổi',
  status: 'ENABLE',
  forUid: true,
  params: ['ma_ho_so', 'trang_thai'].map((name) => ({ name, required: true, maxLength: 30, format: 'text' })),
};

/** NOTICES_FILE with a template on each platform. */
export const TEMPLATES = `
templates:
  - { event: dossier.changed, channel: zalo, template: "${ZALO_TEMPLATE.id}", parameters: { ma_ho_so: code, trang_thai: status } }
  - { event: dossier.changed, channel: messenger, template: dossier_changed, language: vi, parameters: { code: code, status: status } }
`;

/** Only what the clock must not decide: no quiet hours. */
export function noticesTests(home: () => Settings): void {
  let stage: Stage;
  beforeAll(async () => {
    const file = join(temporaryFolder(), 'notices.yaml');
    writeFileSync(file, 'quiet: off\n');
    stage = await Stage.open({}, { ...home(), NOTICES_FILE: file });
  });
  afterAll(() => stage.close());

  function dossier(situation: string): DossierHint {
    const hint = stage.simulators.portal.hints().dossiers.find((one) => one.situation === situation);
    if (hint === undefined) throw new Error(`the portal has no dossier that is ${situation}`);
    return hint;
  }

  async function control(path: string, body: object): Promise<void> {
    const response = await fetch(`${stage.simulators.url}/portal/__sim/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    await response.arrayBuffer();
    await stage.simulators.portal.webhooksSettled();
    await stage.quiet();
  }

  /** What the bot is to say is waited for: of several machines none knows when all are done. */
  async function says(citizen: Citizen, text: string, hears: string): Promise<void> {
    const before = citizen.heard.length;
    citizen.write(text);
    await until(() => citizen.heard.slice(before).some((one) => one.text?.includes(hears)), `“${hears}” on the phone`);
  }

  async function follower(app: App, { code, proof }: DossierHint): Promise<Citizen> {
    const citizen = stage.citizen(app);
    await says(citizen, code, code);
    await says(citizen, 'báo cho tôi khi có thay đổi', texts.format(NOTIFY.prove, { code }));
    await says(citizen, proof, texts.format(NOTIFY.agree, { code }));
    await says(citizen, texts.format(NOTIFY.yes), texts.format(NOTIFY.done, { code, status: '' }).slice(0, 20));
    await stage.quiet();
    return citizen;
  }

  const told = (citizen: Citizen) => citizen.heard.filter(({ text }) => text?.includes(texts.format(NOTIFY.hint)));

  /** That many were told; what comes after them would be one too many. */
  async function toldTimes(citizen: Citizen, times: number): Promise<string[]> {
    await until(() => told(citizen).length >= times, `${times} notices on the phone`);
    expect(told(citizen)).toHaveLength(times);
    return told(citizen).map(({ text }) => text ?? '');
  }

  it.each(APPS)('tells each change once on %s: not an older one, not the same five times', async (app) => {
    const hint = dossier('in-progress');
    const citizen = await follower(app, hint);
    await control(`dossiers/${hint.code}/status`, { status: 5 });
    expect((await toldTimes(citizen, 1))[0]).toContain(texts.format(DOSSIER.state5));
    await control('webhook', { duplicate: true, times: 5 });
    // 4 happened before 6, and comes after it.
    await control('webhook', { reorder: true, code: hint.code, statuses: [4, 6] });
    expect((await toldTimes(citizen, 2))[1]).toContain(texts.format(DOSSIER.state6));
    // Whatever came twice has been through the lane before this one.
    await control(`dossiers/${hint.code}/status`, { status: 4 });
    expect((await toldTimes(citizen, 3))[2]).toContain(texts.format(DOSSIER.state4));
  });

  it('leaves who stopped it alone, also when they stopped in between', async () => {
    const hint = dossier('due-soon');
    const [an, binh] = [await follower('zalo', hint), await follower('messenger', hint)];
    const stopped = texts.format(NOTIFY.stopped, { code: hint.code });
    await says(an, 'ngừng nhận tin', stopped);
    await control(`dossiers/${hint.code}/status`, { status: 5 });
    await toldTimes(binh, 1);
    await says(binh, 'ngừng nhận tin', stopped);
    await control(`dossiers/${hint.code}/status`, { status: 4 });
    await says(an, hint.code, texts.format(DOSSIER.state4));
    await says(binh, hint.code, texts.format(DOSSIER.state4));
    expect(told(an)).toEqual([]);
    await toldTimes(binh, 1);
  });

  it('loses none and repeats none over a restart in between', async () => {
    const hint = dossier('accepted');
    const citizen = await follower('zalo', hint);
    await control(`dossiers/${hint.code}/status`, { status: 4 });
    await toldTimes(citizen, 1);
    await stage.bot.kill();
    // The portal repeats what it could not deliver.
    await stage.simulators.portal.changeDossier(hint.code, { status: 5 });
    await stage.start();
    await stage.simulators.portal.webhooksSettled();
    await control('webhook', { duplicate: true, times: 2 });
    expect((await toldTimes(citizen, 2))[1]).toContain(texts.format(DOSSIER.state5));
    await control(`dossiers/${hint.code}/status`, { status: 6 });
    await toldTimes(citizen, 3);
  });

  it('does not disturb a question that is open', async () => {
    const hint = dossier('overdue');
    const other = dossier('supplement');
    const citizen = await follower('messenger', hint);
    await says(citizen, other.code, texts.format(DOSSIER.state5));
    await says(citizen, texts.format(DOSSIER.detail), texts.format(DOSSIER.prove, { code: other.code }));
    await control(`dossiers/${hint.code}/status`, { status: 5 });
    await toldTimes(citizen, 1);
    expect(citizen.last.text).toContain(texts.format(DOSSIER.proveReminder, { code: other.code }));
    await says(citizen, other.proof, texts.format(DOSSIER.proven, { code: other.code }));
  });
}
