// What somebody lives through who asks for their dossiers by phone number, on either home: used by the tests of both.
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { MINE } from '../../src/flows/my-dossiers/texts.js';
import type { TextKey } from '../../src/flows/texts.js';
import { say, tap } from './hearing.js';
import { APPS, type App, type Citizen, type Stage } from './stage.js';
import { texts } from './wording.js';

const FILLED = {
  number: '§',
  minutes: '§',
  left: '§',
  code: '§',
  list: '§',
  page: '§',
  pages: '§',
  province: '§',
  national: '§',
};

/** The first words of a text that has places to fill. */
function opening(key: keyof typeof MINE): RegExp {
  const filled = texts.format(MINE[key] as TextKey<keyof typeof FILLED>, FILLED);
  const words = filled.split('§').find((part) => part.trim().length > 8) ?? '';
  return new RegExp(words.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}

export interface Scene {
  stage: () => Stage;
}

export function myDossiersTests({ stage }: Scene): void {
  let used = 0;
  const told: string[] = [];
  /** A number with several dossiers that no other test has used. */
  const number = (): { phone: string; dossiers: number } => {
    const found = stage().simulators.portal.hints().phones[used++];
    if (found === undefined) throw new Error('the portal has no more numbers');
    told.push(found.phone);
    return found;
  };
  const spaced = (phone: string) => `${phone.slice(0, 4)} ${phone.slice(4, 7)} ${phone.slice(7)}`;
  const sms = (phone: string) => stage().simulators.sms.messages.filter(({ to }) => to === phone);
  const codeOf = (phone: string): string => {
    const code = /\d{6}/.exec(sms(phone).at(-1)?.text ?? '')?.[0];
    if (code === undefined) throw new Error('no code came');
    told.push(code);
    return code;
  };
  const claims = async (app: App, phone: string): Promise<Citizen> => {
    const citizen = stage().citizen(app);
    await say(citizen, 'tra cuu ho so theo so dien thoai');
    await say(citizen, `sdt cua e la ${spaced(phone)} a`);
    return citizen;
  };

  describe.each(APPS)('on %s', (app) => {
    it('gives a number, types the code with spaces, pages through the list and opens a card', async () => {
      const { phone, dossiers } = number();
      const citizen = await claims(app, phone);
      expect(citizen.last.text).toContain(`*******${phone.slice(-3)}`);
      const heard = await say(citizen, [...codeOf(phone)].join(' '));
      expect(heard).toMatch(opening(dossiers > 3 ? 'listPage' : 'list'));
      const shown = heard.match(/[GHK]\d{2}[.\d]*-\d{6}-\d{3,6}/g) ?? [];
      expect(shown).toHaveLength(Math.min(3, dossiers));
      expect(await tap(citizen, texts.format(DOSSIER.nth, { n: 1 }))).toContain(`Hồ sơ ${shown[0]}`);
      expect(await say(citizen, 'quay lai')).toContain(shown[0]);
      if (dossiers > 3) expect(await tap(citizen, texts.format(MINE.next))).not.toContain(shown[0]);
    });

    it('asks something in between, and the bot is killed and started again before the code comes', async () => {
      const { phone } = number();
      const citizen = await claims(app, phone);
      expect(await say(citizen, 'xin giay doc than phi bao nhieu')).toMatch(opening('codeReminder'));
      await stage().bot.kill();
      await stage().start();
      expect(await say(citizen, codeOf(phone))).toMatch(opening('list'));
    });

    it('gives up with “hủy”, and the code opens nothing any more', async () => {
      const { phone } = number();
      const citizen = await claims(app, phone);
      await say(citizen, 'hủy');
      expect(await say(citizen, codeOf(phone))).not.toMatch(opening('list'));
    });

    it('may write the number as +84 or 84', async () => {
      const { phone } = number();
      const citizen = stage().citizen(app);
      await say(citizen, 'danh sach ho so cua toi');
      await say(citizen, `+84${phone.slice(1)}`);
      expect(sms(phone)).toHaveLength(1);
      await say(citizen, 'doi so');
      await say(citizen, `84 ${phone.slice(1, 4)} ${phone.slice(4)}`);
      expect(sms(phone)).toHaveLength(2);
    });

    it('asks for forgetting, and has to prove the number again then', async () => {
      const { phone } = number();
      const citizen = await claims(app, phone);
      await say(citizen, codeOf(phone));
      expect(await say(citizen, 'quen so dien thoai cua toi di')).toBe(texts.format(MINE.forgotten));
      expect(await say(citizen, 'danh sách hồ sơ của tôi')).toBe(texts.format(MINE.ask));
    });
  });

  it('guesses at a stranger’s number and is stopped; the number is locked for everybody that day', async () => {
    const { phone } = number();
    const thief = await claims('zalo', phone);
    const right = codeOf(phone);
    for (let i = 1; i < 5; i++)
      expect(await say(thief, right === '000000' ? '000001' : '000000')).toMatch(opening('codeWrong'));
    expect(await say(thief, '999999')).toMatch(opening('locked'));
    expect(await say(thief, right)).not.toMatch(opening('list'));
    const next = await claims('messenger', phone);
    expect(next.last.text).toMatch(opening('locked'));
    expect(sms(phone)).toHaveLength(1);
  });

  it('cannot use a code that was sent for somebody else’s conversation', async () => {
    const { phone } = number();
    const owner = await claims('zalo', phone);
    const code = codeOf(phone);
    const thief = await claims('messenger', phone);
    expect(await say(thief, code)).toMatch(opening('codeWrong'));
    expect(await say(owner, code)).toMatch(opening('list'));
  });

  it('is led the other way while no SMS leaves, where the number’s own digits prove nothing', async () => {
    const { sms: gateway, portal } = stage().simulators;
    const { phone } = number();
    gateway.refuseWith(503);
    const citizen = await claims('zalo', phone);
    gateway.refuseWith(undefined);
    expect(citizen.last.text).toMatch(opening('byDossier'));
    const hint = portal.hints().dossiers[0];
    await say(citizen, `${hint?.code}`);
    expect(await say(citizen, phone.slice(-4))).toBe(texts.format(MINE.proofNotPhone));
  });

  it('leaves no number and no code in the log, the metrics or the storage', async () => {
    const metrics = await stage().bot.text('/metrics');
    const stored = stage().storedBytes();
    for (const secret of told) {
      // Six digits may stand in anything that counts time.
      if (secret.length === 6) continue;
      expect(stage().output).not.toContain(secret);
      expect(metrics).not.toContain(secret);
      expect(stored).not.toContain(secret);
    }
    expect(told.length).toBeGreaterThan(10);
  });
}
