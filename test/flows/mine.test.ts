// My dossiers by phone: the claim, the code and its limits, the other way, the list, and what is kept of it all.
import { DAY, MINUTE } from '../../src/lib/clock.js';
import { Citizen, converses } from './citizen.js';
import { PHONE, PROOF, town } from './town.js';

const code = (n: number) => `H01.14-261101-${String(n).padStart(4, '0')}`;

/** Somebody who gave their number and got a code. */
async function claimant(options: ConstructorParameters<typeof Citizen>[0] = {}, phone = PHONE) {
  const citizen = new Citizen(options);
  await citizen.taps('mine.ask');
  await citizen.says(phone);
  return citizen;
}

const wrongFor = (right: string) => (right === '000000' ? '000001' : '000000');
const kept = (citizen: Citizen) => JSON.stringify(citizen.data);

describe('a number and its code', () => {
  it('opens the list with what waits for the citizen first, each line leading to its card', async () => {
    const citizen = await claimant();
    expect(citizen.heard).toContain('*******123');
    expect(citizen.heard).not.toContain(PHONE);
    const heard = await citizen.says(citizen.town.sms.code);
    expect(heard).toContain('trang 1/4');
    expect(heard).toContain(`1. ${code(5)}: Cần bạn bổ sung giấy tờ`);
    expect(await citizen.says('2')).toContain(`Hồ sơ ${code(6)}`);
    await citizen.says('quay lại');
    expect(citizen.heard).toContain('trang 1/4');
    expect(await citizen.presses('Xem tiếp')).toContain('trang 2/4');
  });

  it.each([
    ['123 456', (c: string) => `${c.slice(0, 3)} ${c.slice(3)}`],
    ['1 2 3 4 5 6', (c: string) => [...c].join(' ')],
    ['123-456', (c: string) => `${c.slice(0, 3)}-${c.slice(3)}`],
    ['ma la 123456 nhe', (c: string) => `ma la ${c} nhe`],
  ])('is read in “%s”', async (_example, spelled) => {
    const citizen = await claimant();
    expect(await citizen.says(spelled(citizen.town.sms.code))).toContain('Hồ sơ của số');
  });

  it.each(['0912000123', 'sdt em la 0912000123 a', 'tra hồ sơ theo số 0912000123'])(
    'sends a code to the number in “%s”',
    async (said) => {
      const citizen = new Citizen();
      await citizen.taps('mine.ask');
      await citizen.says(said);
      expect(citizen.town.sms.sent.map(({ phone }) => phone)).toEqual([PHONE]);
    },
  );

  it('takes what the platform’s own form gave for a claim as well', async () => {
    const citizen = new Citizen();
    await citizen.taps('mine.ask');
    await citizen.does({ kind: 'contact-info', name: 'An', phone: '84912000123' });
    expect(citizen.heard).toContain('mã 6 số');
    expect(citizen.town.sms.sent).toHaveLength(1);
  });

  it('asks again for a number that is none', () =>
    converses(
      new Citizen(),
      `
      ! mine.ask
      > 0912 000
      10 chữ số
      > 091
      10 chữ số
      > 0296 3123 456
      10 chữ số`,
    ));

  it('leads there from where a code is asked for and was lost', () =>
    converses(
      new Citizen(),
      `
      > tra cứu hồ sơ
      * Tìm theo số của tôi
      số điện thoại đã dùng
      > hủy
      ! dossier.lost
      * Tìm theo số của tôi
      số điện thoại đã dùng`,
    ));

  it('ends after five minutes; a new code works, the old one does not', async () => {
    const citizen = await claimant();
    const old = citizen.town.sms.code;
    citizen.now += 5 * MINUTE + 1;
    expect(await citizen.says(old)).toContain('hết hạn');
    await citizen.presses('Gửi mã mới');
    const fresh = citizen.town.sms.code;
    expect(fresh).not.toBe(old);
    expect(await citizen.says(old)).toContain('chưa đúng');
    expect(await citizen.says(fresh)).toContain('Hồ sơ của số');
  });

  it('counts once: the same digits later open nothing', async () => {
    const citizen = await claimant();
    const right = citizen.town.sms.code;
    await citizen.says(right);
    await citizen.says('quên số của tôi');
    expect(citizen.heard).toContain('đã quên');
    expect(await citizen.says(right)).not.toContain('Hồ sơ của số');
  });

  it('is not another conversation’s: somebody else’s code opens nothing', async () => {
    const shared = town();
    const owner = await claimant({ town: shared, user: 'owner' });
    const theirs = shared.sms.code;
    const thief = await claimant({ town: shared, user: 'thief' });
    expect(await thief.says(theirs)).toContain('chưa đúng');
    expect(await owner.says(theirs)).toContain('Hồ sơ của số');
  });

  it('leads to the counter after five wrong ones, even with the right one then', async () => {
    const citizen = await claimant();
    const right = citizen.town.sms.code;
    for (const left of [4, 3, 2, 1]) expect(await citizen.says(wrongFor(right))).toContain(`còn ${left} lần`);
    expect(await citizen.says(wrongFor(right))).toContain('tạm khóa');
    expect(await citizen.says(right)).not.toContain('Hồ sơ của số');
    expect(kept(citizen)).not.toContain(PHONE);
  });

  it('locks a number after five wrong ones over all users', async () => {
    const shared = town();
    for (let i = 0; i < 4; i++) {
      const citizen = await claimant({ town: shared, user: `u${i}` });
      await citizen.says(wrongFor(shared.sms.code));
    }
    const fifth = await claimant({ town: shared, user: 'u5' });
    expect(await fifth.says(wrongFor(shared.sms.code))).toContain('tạm khóa');
    const sent = shared.sms.sent.length;
    const sixth = await claimant({ town: shared, user: 'u6' });
    expect(sixth.heard).toContain('tạm khóa');
    expect(shared.sms.sent).toHaveLength(sent);
  });

  it('sends at most five to a number a day, and gives the other way then', async () => {
    const shared = town();
    for (let i = 0; i < 5; i++) await claimant({ town: shared, user: `u${i}` });
    const late = await claimant({ town: shared, user: 'late' });
    expect(late.heard).toContain('tạm không gửi thêm');
    expect(shared.sms.sent).toHaveLength(5);
    await late.presses('Dùng mã hồ sơ');
    expect(late.heard).toContain('gửi mã một hồ sơ');
    late.now += DAY + 1;
    await late.taps('mine.ask');
    await late.says(PHONE);
    expect(shared.sms.sent).toHaveLength(6);
  });

  it('sends at most six from one conversation a day, whatever the numbers', async () => {
    const citizen = new Citizen();
    for (let i = 0; i < 8; i++) {
      await citizen.taps('mine.number');
      await citizen.says(`091200010${i}`);
    }
    expect(citizen.town.sms.sent).toHaveLength(6);
    expect(citizen.heard).toContain('tạm không gửi thêm');
  });

  it('still takes the last code where no more are sent', async () => {
    const citizen = await claimant();
    for (let i = 0; i < 5; i++) await citizen.taps('mine.resend');
    expect(citizen.heard).toContain('tạm không gửi thêm');
    expect(await citizen.says('khai sinh phí bao nhiêu')).toContain('Phí, lệ phí');
    expect(await citizen.says(citizen.town.sms.code)).toContain('Hồ sơ của số');
  });

  it('does not count codes that never left, and gives the other way at once', async () => {
    const citizen = new Citizen();
    citizen.town.sms.down = true;
    for (let i = 0; i < 8; i++) {
      await citizen.taps('mine.number');
      expect(await citizen.says(PHONE)).toContain('chưa nhắn được');
    }
    expect(citizen.heard).toContain('gửi mã một hồ sơ');
    citizen.town.sms.down = false;
    await citizen.taps('mine.resend');
    expect(await citizen.says(citizen.town.sms.code)).toContain('Hồ sơ của số');
  });

  it('stays good while the portal is down', async () => {
    const citizen = await claimant();
    citizen.town.portal.down = true;
    expect(await citizen.says(citizen.town.sms.code)).toContain('Mã đúng rồi');
    citizen.town.portal.down = false;
    expect(await citizen.says(citizen.town.sms.code)).toContain('Hồ sơ của số');
    expect(citizen.town.sms.sent).toHaveLength(1);
  });

  it('says so where nothing was filed with the number', async () => {
    const citizen = await claimant({}, '0912999888');
    expect(await citizen.says(citizen.town.sms.code)).toContain('không có hồ sơ nào');
  });
});

describe('interruptions', () => {
  it('waits while another question is answered, and is asked for again', async () => {
    const citizen = await claimant();
    expect(await citizen.says('khai sinh phí bao nhiêu')).toContain('gõ mã 6 số');
    expect(await citizen.says(citizen.town.sms.code)).toContain('Hồ sơ của số');
  });

  it('drops the number with “hủy”', async () => {
    const citizen = await claimant();
    await citizen.says('hủy');
    expect(kept(citizen)).not.toContain(PHONE);
    expect(await citizen.says(citizen.town.sms.code)).not.toContain('Hồ sơ của số');
  });

  it('forgets an unfinished check after twenty minutes, and begins anew a day later', async () => {
    const citizen = await claimant();
    const old = citizen.town.sms.code;
    citizen.now += 20 * MINUTE;
    await citizen.does({ kind: 'timer', name: 'forget-claim', generation: 1, payload: null });
    expect(citizen.last.replies).toEqual([]);
    expect(kept(citizen)).not.toContain(PHONE);
    citizen.now += DAY;
    expect(await citizen.says(old)).toContain('hết hạn');
    await citizen.presses('Gửi mã mới');
    expect(citizen.heard).toContain('số điện thoại đã dùng');
  });

  it('“quay lại” from the code asks for the number', async () => {
    const citizen = await claimant();
    expect(await citizen.says('quay lại')).toContain('số điện thoại đã dùng');
    expect(await citizen.says('gặp cán bộ')).toContain('cán bộ');
  });

  it('takes another number in place of the code', async () => {
    const citizen = await claimant();
    await citizen.says('a nham so 0912999888');
    expect(citizen.town.sms.sent.map(({ phone }) => phone)).toEqual([PHONE, '0912999888']);
  });

  it.each(['chưa nhận được mã', 'gui lai ma di', 'k thay tin nhan gi', 'sao ma chua thay ve', 'k nhan dc ma gi het'])(
    'sends a new one at “%s”',
    async (said) => {
      const citizen = await claimant();
      await citizen.says(said);
      expect(citizen.town.sms.sent).toHaveLength(2);
    },
  );
});

describe('the code of one dossier and its proof', () => {
  const unsent = async () => {
    const citizen = new Citizen();
    citizen.town.sms.down = true;
    await citizen.taps('mine.ask');
    await citizen.says(PHONE);
    return citizen;
  };

  it('open the list as well', async () => {
    const citizen = await unsent();
    expect(await citizen.says(code(4))).toContain('4 số cuối căn cước');
    expect(await citizen.says(PROOF)).toContain('Hồ sơ của số');
  });

  it('want the ID number: the digits of the number just given prove nothing', async () => {
    const citizen = await unsent();
    await citizen.says(code(4));
    expect(await citizen.says(PHONE.slice(-4))).toContain('4 số cuối căn cước');
    expect(citizen.town.portal.proofs).toEqual([]);
  });

  it('open no list of a number with which the dossier was not filed', async () => {
    const citizen = new Citizen();
    citizen.town.sms.down = true;
    await citizen.taps('mine.ask');
    await citizen.says('0912999888');
    await citizen.says(code(4));
    expect(await citizen.says(PROOF)).toContain('không nộp bằng số');
    expect(kept(citizen)).not.toContain('0912999888');
  });

  it('count wrong proofs like everywhere else', async () => {
    const citizen = await unsent();
    await citizen.says(code(4));
    for (const left of [4, 3, 2, 1]) expect(await citizen.says('0000')).toContain(`còn ${left} lần`);
    expect(await citizen.says('0000')).toContain('tạm khóa');
    await citizen.taps(`dossier.prove:${code(9)}`);
    expect(citizen.heard).toContain('tạm khóa');
  });

  it('give way to the number’s code or to where a lost code is found, in the citizen’s words', async () => {
    const citizen = await unsent();
    expect(await citizen.says('k co ma')).toContain('giấy tiếp nhận hồ sơ');
    citizen.town.sms.down = false;
    await citizen.taps('mine.by-dossier');
    expect(await citizen.says('nhan ma 6 so')).toContain('vừa nhắn mã 6 số');
    expect(await citizen.says('nhap ma o dau')).toContain('gõ mã đó vào đây');
    expect(citizen.town.sms.sent).toHaveLength(1);
  });

  it('cannot be begun by a button without a number', async () => {
    const citizen = new Citizen();
    for (const address of [`mine.proof:${code(4)}`, 'mine.by-dossier', 'mine.code', 'mine.resend', 'mine.list:1'])
      expect(await citizen.taps(address)).toContain('số điện thoại đã dùng');
  });
});

describe('what is kept', () => {
  const opened = async () => {
    const citizen = await claimant();
    await citizen.says(citizen.town.sms.code);
    return citizen;
  };

  it('is neither the number nor the code, in any turn after the check', async () => {
    const citizen = await opened();
    expect(kept(citizen)).not.toContain(PHONE);
    const all = JSON.stringify(
      citizen.history.map(({ data, effects, timers, replies }) => ({ data, effects, timers, replies })),
    );
    expect(all).not.toContain(citizen.town.sms.code);
    const outside = JSON.stringify(
      citizen.history.map(({ effects, timers, replies }) => ({ effects, timers, replies })),
    );
    expect(outside).not.toContain(PHONE);
  });

  it('lets its dossiers be followed without another proof', async () => {
    const citizen = await opened();
    await citizen.says('1');
    const heard = await citizen.presses('Báo khi có tin');
    expect(heard).not.toContain('4 số cuối');
    expect(heard).toContain(code(5));
  });

  it('lets the same number in again for a day without a code, then not', async () => {
    const citizen = await opened();
    citizen.now += DAY / 2;
    await citizen.taps('mine.number');
    expect(await citizen.says(PHONE)).toContain('Hồ sơ của số');
    expect(citizen.town.sms.sent).toHaveLength(1);
    citizen.now += DAY / 2;
    await citizen.does({ kind: 'timer', name: 'forget-number', generation: 1, payload: null });
    expect(kept(citizen)).not.toContain('"mine"');
    expect(await citizen.taps('mine.ask')).toContain('số điện thoại đã dùng');
  });

  it.each(['quên số của tôi', 'quen so dien thoai cua toi di', 'xoa sdt cua em nhe', 'quên sđt của e đi'])(
    'is forgotten at once with “%s”',
    async (said) => {
      const citizen = await opened();
      expect(await citizen.says(said)).toContain('đã quên');
      expect(kept(citizen)).not.toContain('"mine"');
      expect(await citizen.says(said)).toContain('không giữ');
    },
  );

  it.each(['danh sách hồ sơ của tôi', 'xem cac ho so cua em', 'các hồ sơ tôi đã nộp', 'hồ sơ nào cần bổ sung'])(
    'opens again with “%s”',
    async (said) => {
      const citizen = await opened();
      expect(await citizen.says(said)).toContain('Hồ sơ của số');
    },
  );
});

it('gives the national portal where no dossier system is connected', async () => {
  const citizen = new Citizen();
  citizen.town.portal.configured = false;
  expect(await citizen.taps('mine.ask')).toContain('https://dichvucong.gov.vn');
  expect(await citizen.says(PHONE)).toContain('https://dichvucong.gov.vn');
  expect(citizen.town.sms.sent).toEqual([]);
});

it('is named among what is kept, while it is', async () => {
  const citizen = await claimant();
  await citizen.taps('privacy.view');
  expect(citizen.heard).toContain('*******123 đang chờ xác nhận');
  await citizen.taps('mine.code');
  await citizen.says(citizen.town.sms.code);
  await citizen.taps('privacy.view');
  expect(citizen.heard).toContain('*******123 (dấu đối chiếu và 3 số cuối) cùng mã của 12 hồ sơ');
});
