// Reports against kill -9: whoever was told a code has a report at the portal, exactly once, whatever moment the bot died in.
import { FEEDBACK_TEXTS as T } from '../../src/flows/feedback/texts.js';
import { type Citizen, Stage } from '../e2e/stage.js';
import { texts } from '../e2e/wording.js';
import { removeTemporaryFolders } from '../storage/temporary.js';
import { until } from '../storage/until.js';

jest.setTimeout(400_000);

const CITIZENS = 50;
const KILLS = 14;
const AT_ONCE = 5;
const CODE = /Mã: (PA-[2-9A-HJ-NP-Z]{4}-[2-9]{2})/;
/** After this nothing more comes of an act: its webhook, or its answer, died with the process. */
const PATIENCE_MS = 4_000;

/** What the citizen does next, by the bot's last question. */
const ACTS: readonly (readonly [question: string, act: (citizen: Citizen) => unknown])[] = [
  [texts.format(T.category, { category: 'Điện, nước, chiếu sáng' }), (citizen) => press(citizen, 'yes')],
  [texts.format(T.photos, { most: 5 }), (citizen) => press(citizen, 'noPhotos')],
  [texts.format(T.contact), (citizen) => citizen.write('Nguyễn Văn An 0912345678')],
  [texts.format(T.consent), (citizen) => press(citizen, 'disagree')],
  ['1. Việc:', (citizen) => press(citizen, 'send')],
];

/** Taps without waiting; an answer is looked for on the phone. */
function press(citizen: Citizen, key: 'yes' | 'noPhotos' | 'disagree' | 'send'): void {
  void citizen.tap(texts.format(T[key])).catch(() => undefined);
}

function codeOf(citizen: Citizen): string | undefined {
  for (const { text } of citizen.heard) {
    const code = CODE.exec(text ?? '')?.[1];
    if (code !== undefined) return code;
  }
  return undefined;
}

describe('a bot killed with -9 while citizens report', () => {
  let stage: Stage;
  let alive = false;
  let kills = 0;
  const codes: string[] = [];

  async function reports(citizen: Citizen, index: number): Promise<void> {
    // A few begin after each kill, so that the next one meets reports at every stage.
    await until(() => kills >= Math.min(KILLS, index / AT_ONCE), 'their turn', 200_000);
    const story = `Phản ánh đèn đường số ${index + 1} trước chợ Long Hòa hỏng cả tuần nay`;
    while (codeOf(citizen) === undefined) {
      await until(() => alive, 'the bot to be up', 60_000);
      const heard = citizen.heard.length;
      const last = citizen.heard.at(-1)?.text ?? '';
      const act = ACTS.find(([question]) => last.includes(question))?.[1];
      if (act === undefined) citizen.write(story);
      else act(citizen);
      await until(() => citizen.heard.length > heard, 'an answer', PATIENCE_MS).catch(() => undefined);
    }
    codes.push(codeOf(citizen) ?? '');
  }

  beforeAll(async () => {
    stage = await Stage.open();
    alive = true;
    const killing = (async () => {
      while (kills < KILLS) {
        await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 4000));
        alive = false;
        await stage.bot.kill();
        kills += 1;
        // The portal has its bad days too: carried out, but the answer is lost.
        if (kills % 3 === 0) stage.simulators.portal.setFault({ kind: 'lost-answer', path: '/feedback', times: 2 });
        await stage.start();
        alive = true;
      }
    })();
    const reporting = Promise.all(Array.from({ length: CITIZENS }, (_, i) => reports(stage.citizen('messenger'), i)));
    // A bot that does not come up again ends it all.
    await Promise.race([reporting, killing.then(() => reporting)]);
    await killing;
    await stage.quiet(60_000);
  });

  afterAll(async () => {
    await stage.close();
    removeTemporaryFolders();
  });

  it('has every report with a code at the portal exactly once', async () => {
    const received = () => stage.simulators.portal.received().feedback.map(({ clientCode }) => clientCode);
    const all = () => codes.every((code) => received().includes(code));
    await until(all, 'every report to be at the portal', 120_000);
    expect(new Set(codes).size).toBe(CITIZENS);
    expect(received().length).toBe(new Set(received()).size);
    expect(kills).toBe(KILLS);
    process.stdout.write(
      `    ${codes.length} reports over ${kills} kills: 0 lost, 0 twice, ${received().length} at the portal\n`,
    );
  });

  it('laid nothing aside that was to be told the portal', () => {
    expect(stage.output).not.toContain('portal-task.dead-letter');
  });
});
