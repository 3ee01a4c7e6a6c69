// Following a dossier: states, dates, proof and its lock-outs, and what must never be kept.

import { dossierAddress, readDossierCode } from '../../src/flows/dossier-tracking/addresses.js';
import { maskedName } from '../../src/flows/dossier-tracking/card.js';
import { dueOf } from '../../src/flows/dossier-tracking/due.js';
import { flows } from '../../src/flows/flows.js';
import { HOUR, MINUTE } from '../../src/lib/clock.js';
import type { CodeReading } from '../../src/media/pictures.js';
import type { Dossier } from '../../src/portal/portal.js';
import { Citizen, converses } from './citizen.js';
import { dossiers, PROOF, town, workingDays } from './town.js';

const code = (n: number) => `H01.14-261101-${String(n).padStart(4, '0')}`;

describe('dossier tracking', () => {
  it.each([
    [1, 'đang chờ cơ quan tiếp nhận'],
    [2, 'Đã được tiếp nhận'],
    [3, 'Không được tiếp nhận'],
    [4, 'Đang xử lý'],
    [5, 'Cần bạn bổ sung giấy tờ'],
    [6, 'Cần bạn nộp phí'],
    [7, 'Đã rút'],
    [8, 'Đã dừng xử lý'],
    [9, 'có kết quả'],
    [10, 'Đã trả kết quả'],
    [13, 'cổng ghi “Chuyển bưu tá”'],
  ])('tells state %i in plain words', async (n, words) => {
    expect(await new Citizen().says(`hồ sơ ${code(n)} tới đâu rồi`)).toContain(words);
  });

  it('shows dates as dd/mm/yyyy in Vietnam and counts working days', async () => {
    const heard = await new Citizen().says(code(4));
    expect(heard).toContain('Ngày nộp: 01/11/2026');
    expect(heard).toContain('Hẹn trả kết quả: 11/11/2026');
    expect(heard).toContain('Còn 2 ngày làm việc');
  });

  it('says plainly that a dossier is overdue, that an apology is due, and offers staff and feedback', async () => {
    const citizen = new Citizen();
    const heard = await citizen.says(code(11));
    expect(heard).toContain('Đã quá hẹn 1 ngày làm việc');
    expect(heard).toContain('phiếu xin lỗi');
    expect(citizen.buttons.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Xem chi tiết', 'Gặp cán bộ', 'Gửi phản ánh']),
    );
  });

  it('does not call a dossier overdue on the day it is due, nor while its clock stands still', async () => {
    const citizen = new Citizen();
    expect(await citizen.says(code(12))).toContain('Hẹn trả trong hôm nay');
    citizen.now += 30 * 24 * HOUR;
    const heard = await citizen.says(code(5));
    expect(heard).toContain('đang tạm dừng');
    expect(heard).not.toContain('quá hẹn');
  });

  it('answers several codes in one message, and those that do not exist beside them', () =>
    converses(
      new Citizen(),
      `
      > xem giúp ${code(4)} và ${code(9)} với ${code(999)}
      1. ${code(4)}: Đang xử lý
      2. ${code(9)}: Đã xử lý xong
      3. ${code(999)}: hệ thống không có
      > 2
      Hồ sơ ${code(9)}`,
    ));

  it('asks back with an example for a partial code and never guesses', () =>
    converses(
      new Citizen(),
      `
      > H01.14-2611
      chưa đủ hoặc chưa đúng
      H01.14-251103-0012
      > ${code(4)}
      Đang xử lý`,
    ));

  it('says truthfully that a code is unknown and how to find the right one', () =>
    converses(
      new Citizen(),
      `
      > ${code(999)}
      không có hồ sơ mã ${code(999)}
      * Tôi quên mã
      giấy tiếp nhận hồ sơ`,
    ));

  it('remembers the last dossier for a follow-up', () =>
    converses(
      new Citizen(),
      `
      > ${code(4)}
      > cảm ơn
      > hồ sơ của tôi tới đâu rồi
      Hồ sơ ${code(4)}`,
    ));

  it('is what “how long?” asks about once it was shown, until a procedure is shown again', () =>
    converses(
      new Citizen(),
      `
      > khai sinh
      Mã 1.001193
      > ${code(4)}
      > bao lâu
      Hồ sơ ${code(4)}
      > khai sinh
      > bao lâu
      Thời hạn giải quyết`,
    ));

  it('checks a phone number that is sent alone, and asks for a code where only an ID number is', () =>
    converses(
      new Citizen(),
      `
      > 0912345678
      mã 6 số đến số *******678
      > hủy
      > 001 099 012345
      > 001099012345
      Bạn gửi mã hồ sơ
      không cần gửi số căn cước`,
    ));

  it('stops somebody who tries one unknown code after another', async () => {
    const citizen = new Citizen();
    for (let i = 0; i < 15; i++) expect(await citizen.says(code(900 + i))).toContain('không có hồ sơ');
    const asked = citizen.town.portal.asked;
    expect(await citizen.says(code(4))).toContain('tạm dừng tra cứu');
    expect(citizen.town.portal.asked).toBe(asked);
    citizen.now += HOUR + 1;
    expect(await citizen.says(code(4))).toContain('Đang xử lý');
  });

  it('says so when the portal is down and offers to try again', async () => {
    const citizen = new Citizen();
    citizen.town.portal.down = true;
    expect(await citizen.says(code(4))).toContain('đang không trả lời');
    citizen.town.portal.down = false;
    expect(await citizen.presses('Thử lại')).toContain('Đang xử lý');
  });

  it('gives the national portal where no dossier system is connected', async () => {
    const citizen = new Citizen();
    citizen.town.portal.configured = false;
    expect(await citizen.says(code(4))).toContain('https://dichvucong.gov.vn');
    expect(await citizen.says('tra cứu hồ sơ')).toContain('https://dichvucong.gov.vn');
    expect(citizen.town.portal.asked).toBe(0);
  });
});

describe('what each state asks of the citizen', () => {
  it.each([
    [3, 'Cách nộp lại', 'vì sao không được tiếp nhận'],
    [5, 'Cách bổ sung', 'còn thiếu giấy gì'],
    [6, 'Cách nộp phí', 'Đừng chuyển khoản'],
    [9, 'Cách nhận kết quả', 'giấy hẹn và căn cước'],
  ])('state %i offers “%s” and tells how', async (n, title, words) => {
    const citizen = new Citizen();
    await citizen.says(code(n));
    expect(await citizen.presses(title)).toContain(words);
    expect(await citizen.says('quay lại')).toContain(`Hồ sơ ${code(n)}`);
  });

  it('never shows more buttons than Zalo has, and none that leads nowhere', async () => {
    const citizen = new Citizen();
    for (const { code: one } of dossiers) {
      await citizen.says(one);
      expect(citizen.buttons.length).toBeLessThanOrEqual(4);
      for (const { payload } of citizen.buttons) expect(flows.resolve(payload)).toBeDefined();
    }
  });

  it('says nothing of its own about a state that is not in the national list', async () => {
    const heard = await new Citizen().says(code(13));
    expect(heard).toContain('cổng ghi “Chuyển bưu tá”');
    expect(heard).not.toMatch(/Bạn |ngày làm việc|quá hẹn/);
  });
});

describe('the appointment', () => {
  const at = (date: string) => Date.parse(`${date}T10:00:00+07:00`);
  const due = (status: number, dates: { now: string; due: string; finished?: string }) => {
    const { finished } = dates;
    const dossier = { ...(dossiers[3] as Dossier), status, dueAt: at(dates.due) };
    return dueOf(
      finished === undefined ? dossier : { ...dossier, finishedAt: at(finished) },
      at(dates.now),
      workingDays,
    );
  };

  it.each([
    ['over a weekend', { now: '2026-11-13', due: '2026-11-16' }, { is: 'left', days: 1, about: false }],
    ['over Tết', { now: '2026-02-13', due: '2026-02-23' }, { is: 'left', days: 1, about: false }],
    ['over a Saturday that is worked', { now: '2026-08-21', due: '2026-08-24' }, { is: 'left', days: 2, about: false }],
    ['into a year without a table', { now: '2031-12-30', due: '2032-01-05' }, { is: 'left', days: 4, about: true }],
    [
      'on a day off',
      { now: '2026-11-13', due: '2026-11-15' },
      { is: 'left', days: 1, about: false, opens: at('2026-11-16') },
    ],
    ['on its day', { now: '2026-11-13', due: '2026-11-13' }, { is: 'today' }],
    ['on the working day after a day off', { now: '2026-11-16', due: '2026-11-15' }, { is: 'today' }],
    ['the weekend after', { now: '2026-11-14', due: '2026-11-13' }, { is: 'overdue', days: 0, about: false }],
    ['after a holiday', { now: '2026-11-25', due: '2026-11-23' }, { is: 'overdue', days: 1, about: false }],
  ] as const)('is counted %s', (_when, dates, counted) => {
    expect(due(4, dates)).toEqual(counted);
  });

  it.each([
    ['2026-11-12', { is: 'early' }],
    ['2026-11-13', { is: 'on-time' }],
    ['2026-11-17', { is: 'late', days: 2, about: false }],
  ])('was kept or not by a result of %s', (finished, counted) => {
    expect(due(9, { now: '2026-11-20', due: '2026-11-13', finished })).toEqual(counted);
  });

  it.each([5, 6, 8])('waits in state %i', (status) => {
    expect(due(status, { now: '2026-12-20', due: '2026-11-13' })).toEqual({ is: 'paused' });
  });

  it.each([1, 3, 7, 17])('is nothing to speak of in state %i', (status) => {
    expect(due(status, { now: '2026-12-20', due: '2026-11-13' })).toEqual({ is: 'none' });
  });
});

describe('a photo of the receipt', () => {
  const photo = {
    kind: 'media' as const,
    messageId: 'p1',
    attachments: [{ kind: 'image' as const, url: 'https://cdn.example.test/p.jpg' }],
  };
  const sees = (reading: CodeReading) => {
    const citizen = new Citizen({
      town: {
        ...town(),
        pictures: {
          readCode: async () => reading,
          keep: async () => ({ result: 'refused', reason: 'busy' }),
          drop: async () => undefined,
        },
      },
    });
    return citizen;
  };

  it('leads to the card of the dossier in its code, whatever stands around it', async () => {
    const citizen = sees({ result: 'found', text: [`https://dichvucong.example/tra-cuu?ma=${code(4)}`] });
    expect(await citizen.does(photo)).toContain(`Hồ sơ ${code(4)}`);
    expect(citizen.buttons[0]?.title).toBe('Xem chi tiết');
  });

  it.each([
    [{ result: 'none' as const }, 'không thấy mã QR'],
    [{ result: 'found' as const, text: ['001099012345|Nguyễn Văn An'] }, 'không phải là mã hồ sơ'],
    [{ result: 'refused' as const, reason: 'too-large' as const }, 'lớn quá'],
    [{ result: 'refused' as const, reason: 'timeout' as const }, 'chưa đọc được ảnh'],
  ])(
    'that gives %j is answered truthfully while a code is asked for, and the code may be typed',
    async (reading, words) => {
      const citizen = sees(reading);
      await citizen.taps('dossier.ask');
      expect(await citizen.does(photo)).toContain(words);
      expect(JSON.stringify([citizen.data, citizen.heard])).not.toContain('001099012345');
      expect(await citizen.says(code(4))).toContain('Đang xử lý');
    },
  );

  it('is left to the question that is open, and its words are heard', async () => {
    const citizen = sees({ result: 'none' });
    expect(await citizen.does({ ...photo, text: code(9) })).toContain(`Hồ sơ ${code(9)}`);
  });
});

describe('the proof', () => {
  const atProof = async (citizen = new Citizen(), n = 5) => {
    await citizen.says(code(n));
    await citizen.presses('Xem chi tiết');
    return citizen;
  };

  it('opens the personal part, with the name masked', async () => {
    const citizen = await atProof();
    expect(citizen.heard).toContain('4 số cuối');
    const heard = await citizen.says(PROOF);
    expect(heard).toContain('N*** V** A*');
    expect(heard).not.toContain('Nguyễn');
    expect(heard).toContain('Thiếu giấy chứng sinh');
    expect(heard).toContain('125.000 đồng, chưa nộp');
    expect(heard).toContain('https://example.test/pay');
    expect(heard).toContain('08/11/2026: Chuyển chuyên viên');
  });

  it.each(['4 số cuối là 7391', '7391 nhé', '0912 347 391', '0912347391', '001099017391'])(
    'is read in "%s"',
    async (said) => {
      const citizen = await atProof();
      expect(await citizen.says(said)).toContain('N*** V** A*');
      expect(citizen.town.portal.proofs).toEqual([PROOF]);
    },
  );

  it('is asked again in its right shape', async () => {
    const citizen = await atProof();
    expect(await citizen.says('739')).toContain('đúng 4 chữ số');
    expect(await citizen.says('73')).toContain('đúng 4 chữ số');
    expect(await citizen.says(PROOF)).toContain('N*** V** A*');
  });

  it('never stays in state, effects or timers, right or wrong', async () => {
    const citizen = await atProof();
    await citizen.says('8642');
    await citizen.says(PROOF);
    await citizen.says('cảm ơn');
    const kept = JSON.stringify(citizen.history.map(({ data, effects, timers }) => ({ data, effects, timers })));
    expect(kept).not.toContain(PROOF);
    expect(kept).not.toContain('8642');
    expect(kept).not.toContain('Nguyễn');
  });

  it('counts as proven for 15 minutes, then is forgotten by a timer', async () => {
    const citizen = await atProof();
    await citizen.says(PROOF);
    expect(citizen.last.timers).toEqual([{ type: 'set', name: 'forget-proof', dueAt: citizen.now + 15 * MINUTE }]);
    expect(JSON.stringify(citizen.data)).toContain('"proven"');
    await citizen.taps(`dossier.prove:${code(5)}`);
    expect(citizen.heard).toContain('gửi lại 4 số cuối');
    citizen.now += 15 * MINUTE;
    await citizen.does({ kind: 'timer', name: 'forget-proof', generation: 1, payload: null });
    expect(citizen.last.replies).toEqual([]);
    expect(JSON.stringify(citizen.data)).not.toContain('"proven"');
  });

  it('is not taken from a message long after it was asked for', async () => {
    const citizen = await atProof();
    citizen.now += 16 * MINUTE;
    await citizen.says(PROOF);
    expect(citizen.town.portal.proofs).toEqual([]);
  });

  it('waits while another question is answered, and is asked for again', async () => {
    const citizen = await atProof();
    expect(await citizen.says('khai sinh phí bao nhiêu')).toContain('Nếu vẫn muốn xem phần riêng');
    expect(await citizen.says(PROOF)).toContain('N*** V** A*');
  });

  it('locks the conversation after five wrong ones a day, whatever the dossier, and names where to go', async () => {
    const citizen = await atProof();
    for (const left of [4, 3, 2, 1]) expect(await citizen.says('0000')).toContain(`còn ${left} lần`);
    expect(await citizen.says('0000')).toContain('tạm khóa');
    await citizen.says(code(9));
    expect(await citizen.presses('Xem chi tiết')).toContain('tạm khóa');
    expect(citizen.heard).toContain('1022');
    citizen.now += 24 * HOUR + 1;
    await citizen.taps(`dossier.prove:${code(9)}`);
    expect(await citizen.says(PROOF)).toContain('N*** V** A*');
  });

  it('locks a dossier after five wrong ones a day over all users', async () => {
    const shared = town();
    for (let i = 0; i < 5; i++) await (await atProof(new Citizen({ town: shared, user: `u${i}` }))).says('0000');
    const asked = shared.portal.proofs.length;
    const sixth = await atProof(new Citizen({ town: shared, user: 'u6' }));
    expect(sixth.heard).toContain('tạm khóa');
    expect(shared.portal.proofs.length).toBe(asked);
    expect((await atProof(new Citizen({ town: shared, user: 'u7' }), 6)).heard).toContain('4 số cuối');
  });

  it('locks an account after fifty wrong ones an hour', async () => {
    const shared = town();
    for (let i = 0; i < 50; i++) {
      const one = dossiers[i % 10]?.code ?? '';
      const citizen = new Citizen({ town: shared, user: `many${i}` });
      await citizen.taps(`dossier.prove:${one}`);
      await citizen.says('0000');
    }
    const late = new Citizen({ town: shared, user: 'late' });
    expect(await late.taps(`dossier.prove:${code(11)}`)).toContain('tạm khóa');
    expect(shared.portal.proofs).toHaveLength(50);
  });

  it('does not count right proofs, nor tries that the portal could not judge', async () => {
    const citizen = await atProof();
    for (let i = 0; i < 7; i++) {
      expect(await citizen.says(PROOF)).toContain('N*** V** A*');
      await citizen.taps(`dossier.prove:${code(5)}`);
    }
    citizen.town.portal.down = true;
    for (let i = 0; i < 7; i++) {
      expect(await citizen.says('0000')).toContain('đang không trả lời');
      await citizen.taps(`dossier.prove:${code(5)}`);
    }
    citizen.town.portal.down = false;
    expect(await citizen.says('0000')).toContain('còn 4 lần');
  });
});

describe('dossier codes and names', () => {
  it('are accepted in addresses only in their national shapes', () => {
    expect(readDossierCode('h56.14-240823-0001')).toBe('H56.14-240823-0001');
    expect(readDossierCode('000.00.16.H56-230412-0001')).toBe('000.00.16.H56-230412-0001');
    expect(readDossierCode('H56; DROP')).toBeUndefined();
    expect(dossierAddress(['A', 'B', 'C', 'D'])).toBe('dossier.many:A,B,C');
  });

  it.each([
    ['Nguyễn Văn A', 'N*** V** A'],
    ['  trần  thị bích ', 't*** t** b***'],
    ['', ''],
  ])('masks %j', (name, masked) => {
    expect(maskedName(name)).toBe(masked);
  });
});
