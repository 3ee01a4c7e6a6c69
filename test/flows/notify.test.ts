// Being told when a dossier changes: subscribing, the notice in the conversation, and stopping it.
import { templateOf } from '../../src/channels/activity.js';
import { DOSSIER } from '../../src/flows/dossier-tracking/texts.js';
import { choicesOf } from '../../src/flows/message.js';
import { readNoticeRules } from '../../src/flows/notify/rules.js';
import { MOST_SUBSCRIPTIONS } from '../../src/flows/notify/subscriptions.js';
import { NOTIFY } from '../../src/flows/notify/texts.js';
import { PROC } from '../../src/flows/procedure-lookup/texts.js';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.js';
import type { EventId, LaneId } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import { KeyedHash } from '../../src/lib/keyed-hash.js';
import { rekeySubscriptions } from '../../src/notices/rekey.js';
import { CONSENT } from '../../src/records/consent.js';
import { NOTICE } from '../../src/records/notice.js';
import { SUBSCRIPTION } from '../../src/records/subscription.js';
import { type EventBody, NOTICE_FAILED, type NoticeBody } from '../../src/turns/turn.js';
import { Citizen, converses } from './citizen.js';
import { dossiers, NOW, PROOF, texts, town } from './town.js';

const CODE = 'H01.14-261101-0004';
const T = (key: Parameters<typeof texts.format>[0]) => texts.format(key as never, {} as never);

async function follower(code = CODE, citizen = new Citizen()): Promise<Citizen> {
  await citizen.taps(`notify.subscribe:${code}`);
  await citizen.says(PROOF);
  await citizen.presses(T(NOTIFY.yes));
  return citizen;
}

/** The portal's news about this dossier, as its lane hands it out. */
function changes(citizen: Citizen, status: number, more: JsonObject & { at?: number } = {}): Promise<string> {
  const { at = citizen.now, code = CODE, ...rest } = more;
  const known = dossiers.find((one) => one.code === code);
  const data = { at, dossier: { ...known, status, ...rest } } as unknown as JsonObject;
  return citizen.does({ kind: 'notice', name: 'dossier.changed', data });
}

async function decisions(citizen: Citizen): Promise<[string, string][]> {
  const query = { index: 'lane', under: [citizen.lane], limit: 50 } as const;
  const { documents } = await citizen.town.documents.find(NOTICE, query);
  return documents
    .filter(({ body }) => body.event === 'dossier.changed')
    .map(({ body }) => [body.decision, body.reason]);
}

async function subscriptions(citizen: Citizen): Promise<string[]> {
  const query = { index: 'lane', under: [citizen.lane], limit: 50 } as const;
  return (await citizen.town.documents.find(SUBSCRIPTION, query)).documents.map(({ body }) => body.code);
}

async function consented(citizen: Citizen): Promise<boolean | undefined> {
  const query = { index: 'lane', under: [citizen.lane, 'notices'], limit: 1 } as const;
  return (await citizen.town.documents.find(CONSENT, query)).documents[0]?.body.given;
}

/** What left on the bot's own accord in the last turn. */
const own = (citizen: Citizen) => (citizen.last.notices ?? []).map(({ message }) => message);

describe('asking to be told', () => {
  it('needs the code, the proof and an agreement', async () => {
    const citizen = new Citizen();
    await converses(
      citizen,
      `> báo cho tôi khi có thay đổi
       ${texts.format(NOTIFY.ask)}
       > ${CODE}
       ${texts.format(NOTIFY.prove, { code: CODE })}
       > ${PROOF}
       ${texts.format(NOTIFY.agree, { code: CODE })}`,
    );
    expect(await subscriptions(citizen)).toEqual([]);
    await converses(
      citizen,
      `* ${texts.format(NOTIFY.yes)}
       ${texts.format(DOSSIER.state4)}`,
    );
    expect(await subscriptions(citizen)).toEqual([CODE]);
    expect(await consented(citizen)).toBe(true);
  });

  it('means the dossier that was just looked at, whose proof still counts', async () => {
    const citizen = new Citizen();
    await citizen.taps(`dossier.prove:${CODE}`);
    await citizen.says(PROOF);
    expect(await citizen.says('báo cho tôi khi có thay đổi')).toContain(texts.format(NOTIFY.agree, { code: CODE }));
    expect(await citizen.says('vâng')).toContain(texts.format(DOSSIER.state4));
    expect(await subscriptions(citizen)).toEqual([CODE]);
  });

  it('takes no answer for a yes but yes', async () => {
    const citizen = new Citizen();
    await citizen.taps(`notify.subscribe:${CODE}`);
    await citizen.says(PROOF);
    expect(await citizen.says('không')).toContain(T(NOTIFY.declined));
    expect(await subscriptions(citizen)).toEqual([]);
    expect(await consented(citizen)).toBeUndefined();
  });

  it('proves nothing by typing the button’s address', async () => {
    const citizen = new Citizen();
    expect(await citizen.taps(`notify.yes:${CODE}`)).toContain(texts.format(NOTIFY.prove, { code: CODE }));
    expect(await citizen.says('1111')).toContain(texts.format(DOSSIER.proofWrong, { left: 4 }));
    expect(await subscriptions(citizen)).toEqual([]);
  });

  it('asks for the proof again once it no longer counts', async () => {
    const citizen = new Citizen();
    await citizen.taps(`notify.subscribe:${CODE}`);
    await citizen.says(PROOF);
    citizen.now += 16 * MINUTE;
    expect(await citizen.presses(T(NOTIFY.yes))).toContain(texts.format(NOTIFY.prove, { code: CODE }));
  });

  it('answers a question in the middle, and goes back to its own', async () => {
    const citizen = new Citizen();
    await citizen.taps(`notify.subscribe:${CODE}`);
    const answer = await citizen.says('khai sinh can giay to gi');
    expect(answer).toContain(texts.format(PROC.aspectDocuments));
    expect(answer).toContain(texts.format(NOTIFY.proveReminder, { code: CODE }));
    expect(await citizen.says(PROOF)).toContain(texts.format(NOTIFY.agree, { code: CODE }));
  });

  it('is given up with "hủy", and says once what is done already', async () => {
    const citizen = new Citizen();
    await citizen.taps(`notify.subscribe:${CODE}`);
    await citizen.says('hủy');
    expect(await subscriptions(citizen)).toEqual([]);
    await follower(CODE, citizen);
    expect(await citizen.taps(`notify.subscribe:${CODE}`)).toContain(texts.format(NOTIFY.already, { code: CODE }));
    expect(await subscriptions(citizen)).toEqual([CODE]);
  });

  it('has nothing to tell of a dossier that came to its end', async () => {
    const citizen = new Citizen();
    await citizen.taps('notify.subscribe:H01.14-261101-0010');
    expect(await citizen.says(PROOF)).toContain(
      texts.format(NOTIFY.finished, { code: 'H01.14-261101-0010', status: texts.format(DOSSIER.state10) }),
    );
  });

  it('is possible for a number of dossiers only', async () => {
    const citizen = new Citizen();
    const following = dossiers.filter(({ status }) => ![3, 7, 10].includes(status));
    for (const { code } of following.slice(0, MOST_SUBSCRIPTIONS)) await follower(code, citizen);
    expect(await subscriptions(citizen)).toHaveLength(MOST_SUBSCRIPTIONS);
    const extra = { ...following[0], code: 'H01.14-261101-0099' } as (typeof dossiers)[number];
    dossiers.push(extra);
    await citizen.taps(`notify.subscribe:${extra.code}`);
    expect(await citizen.says(PROOF)).toContain(texts.format(NOTIFY.tooMany, { count: MOST_SUBSCRIPTIONS }));
    dossiers.pop();
  });

  it('says so when the portal does not answer', async () => {
    const citizen = new Citizen();
    citizen.town.portal.down = true;
    await citizen.taps(`notify.subscribe:${CODE}`);
    expect(await citizen.says(PROOF)).toContain(
      texts.format(DOSSIER.unavailable, { portal: 'https://dichvucong.gov.vn' }),
    );
  });
});

describe('a change', () => {
  it('is told with the state and what to do, and nothing that is the applicant’s', async () => {
    const citizen = await follower();
    const told = await changes(citizen, 5);
    expect(told).toContain(CODE);
    expect(told).toContain(texts.format(DOSSIER.state5));
    expect(told).not.toContain(texts.format(NOTIFY.agreeReminder, { code: CODE }));
    expect(told).not.toContain('Nguyễn');
    expect(citizen.last.replies).toEqual([]);
    expect(own(citizen)).toHaveLength(1);
    expect(await decisions(citizen)).toEqual([['sent', 'message']]);
  });

  it('is told once: neither the same, nor the known, nor an older one again', async () => {
    const citizen = await follower();
    expect(await changes(citizen, 4)).toBe('');
    expect(await changes(citizen, 5, { at: NOW + 2 })).not.toBe('');
    expect(await changes(citizen, 5, { at: NOW + 3 })).toBe('');
    expect(await changes(citizen, 4, { at: NOW + 1 })).toBe('');
    expect(await decisions(citizen)).toEqual([
      ['skipped', 'unchanged'],
      ['sent', 'message'],
      ['skipped', 'unchanged'],
      ['skipped', 'older'],
    ]);
  });

  it('leaves the open question where it was, and repeats it', async () => {
    const citizen = await follower();
    await citizen.taps('dossier.prove:H01.14-261101-0005');
    const told = await changes(citizen, 5);
    expect(told).toContain(texts.format(DOSSIER.state5));
    expect(told).toContain(texts.format(DOSSIER.proveReminder, { code: 'H01.14-261101-0005' }));
    await citizen.says(PROOF);
    expect(citizen.heard).toContain('H01.14-261101-0005');
  });

  it('is told under staff too, who see it', async () => {
    const citizen = await follower();
    await citizen.does({ kind: 'staff-message', text: 'Chào anh' });
    expect(await changes(citizen, 5)).toContain(texts.format(DOSSIER.state5));
    expect(citizen.mode).toBe('staff');
    expect(await citizen.says('cảm ơn')).toBe('');
  });

  it.each(['ngừng nhận tin', 'dung gui tin', 'button'])(
    'ends with “%s” under staff too, with one line',
    async (how) => {
      const citizen = await follower();
      await citizen.does({ kind: 'staff-message', text: 'Chào anh' });
      const said = how === 'button' ? await citizen.taps(`notify.off:${CODE}`) : await citizen.says(how);
      expect(said).toBe(T(NOTIFY.stoppedUnderStaff));
      expect(citizen.mode).toBe('staff');
      expect([await subscriptions(citizen), await consented(citizen)]).toEqual([[], false]);
      expect(await changes(citizen, 5)).toBe('');
    },
  );

  it('tells a new appointment as well', async () => {
    const citizen = await follower();
    expect(await changes(citizen, 4, { dueAt: NOW + 5 * DAY })).toContain(T(NOTIFY.newDue));
  });

  it('says with the last one that it is the last, and leads to what is missing', async () => {
    const citizen = await follower();
    const payloads = () => choicesOf(own(citizen));
    expect(await changes(citizen, 5, { at: NOW + 1 })).toContain(T(NOTIFY.hint));
    expect(payloads().map(({ payload }) => payload)).toEqual([`dossier.prove:${CODE}`, `notify.off:${CODE}`]);
    const last = await changes(citizen, 10, { at: NOW + 2 });
    expect(last).toContain(T(NOTIFY.lastOne));
    expect(last).not.toContain(T(NOTIFY.hint));
    expect(payloads().map(({ payload }) => payload)).toEqual([`dossier.show:${CODE}`]);
  });

  it('invites to a rating once the result is there, and once only', async () => {
    const citizen = await follower();
    await changes(citizen, 9, { at: NOW + 1 });
    const invitations = () =>
      citizen.history
        .flatMap(({ effects }) => effects)
        .filter((effect) => effect.type === 'append' && effect.body.kind === 'notice')
        .map((effect) => (effect.type === 'append' ? [effect.lane, effect.body] : []));
    expect(invitations()).toEqual([
      [citizen.lane, { kind: 'notice', name: 'rating.invite', data: { kind: 'dossier', code: CODE } }],
    ]);
    await changes(citizen, 10, { at: NOW + 2 });
    expect(invitations()).toHaveLength(1);
    expect(await subscriptions(citizen)).toEqual([]);
    expect(await changes(citizen, 9, { at: NOW + 1 })).toBe('');
  });

  it('goes to nobody who never asked', async () => {
    const citizen = new Citizen();
    expect(await changes(citizen, 5)).toBe('');
    expect(await decisions(citizen)).toEqual([['skipped', 'unsubscribed']]);
  });

  it('goes to nobody who withdrew the consent elsewhere, or left', async () => {
    const citizen = await follower();
    const query = { index: 'lane', under: [citizen.lane, 'notices'], limit: 1 } as const;
    const [consent] = (await citizen.town.documents.find(CONSENT, query)).documents;
    if (consent === undefined) throw new Error('there was a consent');
    const body = { ...consent.body, given: false };
    citizen.town.documents.apply(citizen.lane, { type: 'document', kind: CONSENT.name, id: consent.id, body });
    expect(await changes(citizen, 5)).toBe('');
    expect(await decisions(citizen)).toEqual([['skipped', 'no-consent']]);

    const gone = await follower(CODE, new Citizen({ user: 'u2', contact: { following: false } }));
    expect(await changes(gone, 5)).toBe('');
    expect(await decisions(gone)).toEqual([['skipped', 'left']]);
  });
});

it('shows what somebody is told of, in words as well', async () => {
  const citizen = await follower();
  expect(await citizen.says('tin dang nhan')).toContain(texts.format(NOTIFY.list, { list: '' }).trim());
  expect(citizen.heard).toContain(CODE);
});

describe('quiet hours', () => {
  const NIGHT = NOW + 13 * HOUR;
  const MORNING = NOW + 21 * HOUR;
  const morning = (citizen: Citizen) => {
    citizen.now = MORNING;
    return citizen.does({ kind: 'timer', name: 'notices', generation: 1, payload: null });
  };

  async function atNight(): Promise<Citizen> {
    const citizen = await follower();
    citizen.now = NIGHT;
    await citizen.says('xin chào');
    return citizen;
  }

  it('put a notice off to the morning', async () => {
    const citizen = await atNight();
    expect(await changes(citizen, 5)).toBe('');
    expect(citizen.last.timers).toContainEqual({ type: 'set', name: 'notices', dueAt: MORNING });
    expect(await decisions(citizen)).toEqual([['waiting', 'quiet-hours']]);
    expect(await morning(citizen)).toContain(texts.format(DOSSIER.state5));
    expect(await decisions(citizen)).toEqual([['sent', 'message']]);
    expect(await morning(citizen)).toBe('');
  });

  it('keep only the newest change of a dossier', async () => {
    const citizen = await atNight();
    await changes(citizen, 5, { at: NIGHT + 1 });
    await changes(citizen, 4, { at: NIGHT + 2 });
    const told = await morning(citizen);
    expect(told).toContain(texts.format(DOSSIER.state4));
    expect(told).not.toContain(texts.format(DOSSIER.state5));
    expect((await decisions(citizen)).sort()).toEqual([
      ['sent', 'message'],
      ['skipped', 'superseded'],
    ]);
  });

  it('keep the order of what waits', async () => {
    const citizen = await atNight();
    await changes(citizen, 9);
    await citizen.does({ kind: 'notice', name: 'rating.invite', data: { kind: 'dossier', code: CODE } });
    expect(citizen.heard).toBe('');
    const told = await morning(citizen);
    expect(told.startsWith(texts.format(NOTIFY.changed, { procedure: 'Đăng ký khai sinh' }))).toBe(true);
  });

  it('say nothing in the morning to who stopped it at night', async () => {
    const citizen = await atNight();
    await changes(citizen, 5);
    await citizen.says('ngừng nhận tin');
    expect(await morning(citizen)).toBe('');
    expect(await decisions(citizen)).toEqual([['skipped', 'unsubscribed']]);
  });
});

describe('outside the window', () => {
  const FILE = `
templates:
  - { event: dossier.changed, channel: zalo, template: "300123", parameters: { ma_ho_so: code, trang_thai: status, ngay_hen: due } }`;

  function withTemplate(): Citizen {
    const place = town();
    place.notices = { ...place.notices, rules: readNoticeRules(FILE) };
    return new Citizen({ town: place });
  }

  it('an approved template is sent where one is configured', async () => {
    const citizen = await follower(CODE, withTemplate());
    citizen.now += 8 * DAY;
    await changes(citizen, 9);
    expect(own(citizen).map(templateOf)).toEqual([
      {
        template: '300123',
        parameters: [
          { name: 'ma_ho_so', value: CODE },
          { name: 'trang_thai', value: texts.format(NOTIFY.short9) },
          { name: 'ngay_hen', value: '11/11/2026' },
        ],
      },
    ]);
    expect(await decisions(citizen)).toEqual([['sent', 'template']]);
  });

  it('nothing is sent where none is, and that is kept', async () => {
    const citizen = await follower();
    citizen.now += 8 * DAY;
    expect(await changes(citizen, 9)).toBe('');
    expect(own(citizen)).toEqual([]);
    expect(await decisions(citizen)).toEqual([['skipped', 'no-template']]);
  });

  it('a template takes the place of a message that the platform refused for its window', async () => {
    const citizen = await follower(CODE, withTemplate());
    await changes(citizen, 9);
    const id = citizen.last.notices?.[0]?.id ?? '';
    await citizen.does({ kind: 'notice', name: NOTICE_FAILED, data: { id, reason: 'zalo.-230' } });
    expect(own(citizen).map(templateOf)).toMatchObject([{ template: '300123' }]);
    expect(await decisions(citizen)).toEqual([['sent', 'template']]);
    const again = citizen.last.notices?.[0]?.id ?? '';
    await citizen.does({ kind: 'notice', name: NOTICE_FAILED, data: { id, reason: 'zalo.-230' } });
    expect(own(citizen)).toEqual([]);
    await citizen.does({ kind: 'notice', name: NOTICE_FAILED, data: { id: again, reason: 'zalo.-249' } });
    expect(own(citizen)).toEqual([]);
    expect(await decisions(citizen)).toEqual([['failed', 'zalo.-249']]);
  });

  it('what was refused for another reason is kept as failed', async () => {
    const citizen = await follower(CODE, withTemplate());
    await changes(citizen, 9);
    const id = citizen.last.notices?.[0]?.id ?? '';
    await citizen.does({ kind: 'notice', name: NOTICE_FAILED, data: { id: 'unknown', reason: 'zalo.-227' } });
    expect(await decisions(citizen)).toEqual([['sent', 'message']]);
    await citizen.does({ kind: 'notice', name: NOTICE_FAILED, data: { id, reason: 'zalo.-227' } });
    expect(own(citizen)).toEqual([]);
    expect(await decisions(citizen)).toEqual([['failed', 'zalo.-227']]);
  });
});

it('is found under the new key once DATA_KEY has changed', async () => {
  const [before, now] = [Buffer.alloc(32, 7), Buffer.alloc(32, 8)];
  const citizen = await follower();
  const { notices, documents } = citizen.town;
  notices.dossierKeys = new KeyedHash([now, before], 'dossier');
  const asked: NoticeBody[] = [];
  const append = async (_id: EventId, _lane: LaneId, _at: number, body: EventBody) => {
    if (body.kind === 'notice') asked.push(body);
  };
  const options = { documents, dossierKeys: notices.dossierKeys, acceptor: { append }, clock: () => NOW };
  expect(await rekeySubscriptions(options)).toBe(1);
  for (const notice of asked) expect(await citizen.does(notice)).toBe('');
  expect(await rekeySubscriptions(options)).toBe(0);
  notices.dossierKeys = new KeyedHash([now], 'dossier');
  expect(await subscriptions(citizen)).toEqual([CODE]);
  expect(await changes(citizen, 5)).toContain(texts.format(DOSSIER.state5));
});

describe('"ngừng nhận tin"', () => {
  it('ends the only subscription at once, in the middle of a form too', async () => {
    const citizen = await follower();
    await citizen.taps('dossier.prove:H01.14-261101-0005');
    const answer = await citizen.says('Ngừng nhận tin!');
    expect(answer).toContain(texts.format(NOTIFY.stopped, { code: CODE }));
    expect(answer).toContain(texts.format(DOSSIER.proveReminder, { code: 'H01.14-261101-0005' }));
    expect(await subscriptions(citizen)).toEqual([]);
    expect(await changes(citizen, 5)).toBe('');
  });

  it('asks which of several, and ends one or all', async () => {
    const citizen = await follower();
    for (const code of ['H01.14-261101-0005', 'H01.14-261101-0006']) {
      citizen.now += MINUTE;
      await follower(code, citizen);
    }
    expect(await citizen.says('ngừng nhận tin')).toContain('H01.14-261101-0006');
    await citizen.presses(texts.format(NOTIFY.stopNth, { n: 2 }));
    expect(await subscriptions(citizen)).toEqual([CODE, 'H01.14-261101-0006']);
    await citizen.says('ngừng nhận tin');
    expect(await citizen.presses(T(NOTIFY.stopAll))).toContain(T(NOTIFY.stoppedAll));
    expect(await subscriptions(citizen)).toEqual([]);
    expect(await consented(citizen)).toBe(false);
  });

  it('means the dossier that it names', async () => {
    const citizen = await follower();
    await follower('H01.14-261101-0005', citizen);
    await citizen.taps(`notify.off:${CODE}`);
    expect(await subscriptions(citizen)).toEqual(['H01.14-261101-0005']);
    expect(await citizen.taps(`notify.off:${CODE}`)).toContain(texts.format(NOTIFY.notFollowed, { code: CODE }));
  });

  it('says so when there is nothing to end', async () => {
    expect(await new Citizen().says('ngừng nhận tin')).toContain(T(NOTIFY.none));
  });

  it('shows one’s subscriptions', async () => {
    const citizen = await follower();
    expect(await citizen.taps('notify.list')).toContain(CODE);
  });
});
