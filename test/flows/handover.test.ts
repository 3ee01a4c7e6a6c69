// Handover as the citizen and the officer live through it: asking, waiting, leaving a message, the talk, its end.
import { HANDOVER } from '../../src/flows/handover/texts.js';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.js';
import { AUDIT } from '../../src/records/audit.js';
import { putDocument } from '../../src/records/documents.js';
import { TICKET } from '../../src/records/ticket.js';
import { Citizen } from './citizen.js';
import { Client, onDuty } from './desk.js';
import { NOW, texts, townWithDesk } from './town.js';

/** Saturday, 14 November 2026, 20:00 in Vietnam. */
const WEEKEND = Date.UTC(2026, 10, 14, 13);
const NOBODY_NEEDED = texts.format(HANDOVER.noMore);

const silence = (client: Client) => client.does({ kind: 'timer', name: 'hand-back', generation: 1, payload: null });
/** Asks, and is claimed by Lan. */
async function talking(): Promise<Client> {
  const client = new Client();
  await client.says('gặp cán bộ');
  expect(await client.staff('lan', 'ticket.claim')).toBe('done');
  return client;
}

describe('asking for staff', () => {
  it('opens a ticket and tells the place in the queue', async () => {
    const place = townWithDesk();
    const first = new Client({ place, user: 'first' });
    expect(await first.says('gặp cán bộ')).toContain('Bạn là người tiếp theo.');
    expect(first.mode).toBe('waiting');
    const { id, body } = await first.stored();
    expect(id).toMatch(/^HT-[2-9A-Z]{4}-[2-9]{2}$/);
    expect(first.heard).toContain(id);
    expect(body).toMatchObject({ agency: 'mot-cua', reason: 'asked', status: 'waiting', preview: 'gặp cán bộ' });
    const second = new Client({ place, user: 'second' });
    second.now += MINUTE;
    expect(await second.says('cho tôi gặp cán bộ ạ')).toContain('Bạn đứng thứ 2');
    expect(second.heard).not.toContain('Thường chờ');
    await first.staff('lan', 'ticket.claim');
    expect(await second.says('gặp cán bộ')).toContain('Bạn là người tiếp theo.');
    expect((await second.stored()).body.revision).toBe(2);
  });

  it('tells the usual wait once enough talks are there to know it', async () => {
    const place = townWithDesk();
    for (let i = 0; i < 6; i++) {
      const client = new Client({ place, user: `u${i}` });
      await client.says('gặp cán bộ');
      client.now += 12 * MINUTE;
      await client.staff('lan', 'ticket.claim');
      await client.staff('lan', 'ticket.reply', { text: 'Chào bạn' });
      await client.staff('lan', 'ticket.close', { resolution: 'answered' });
    }
    const client = new Client({ place, user: 'late' });
    client.now += HOUR;
    expect(await client.says('gặp cán bộ')).toContain('Thường chờ khoảng 15 phút.');
  });

  it('takes a message outside working hours, and says when somebody answers', async () => {
    const client = new Client();
    client.now = WEEKEND;
    expect(await client.says('gặp cán bộ')).toContain('thứ Hai 16/11 từ 7 giờ 30');
    expect(await client.ticket()).toMatchObject({ answerFrom: Date.UTC(2026, 10, 16, 0, 30), status: 'waiting' });
    expect(await client.says('làm khai sinh cho con cần giấy tờ gì')).toContain('ghi lời nhắn');
    expect(client.heard).toContain((await client.stored()).id);
    expect(await client.ticket()).toMatchObject({ unanswered: 2, preview: 'làm khai sinh cho con cần giấy tờ gì' });
    expect((await client.ticket()).history.at(-1)?.action).toBe('message-left');
    expect(await client.says('khai sinh')).toContain('1.001193');
    expect(await client.says('gặp cán bộ')).toContain('đã được ghi lại');
  });

  it.each([
    [Date.UTC(2026, 10, 9, 5), 'chiều nay từ 13 giờ 30'],
    [Date.UTC(2026, 10, 9, 11), 'sáng mai từ 7 giờ 30'],
    [Date.UTC(2026, 10, 13, 23), 'thứ Hai 16/11 từ 7 giờ 30'],
  ])('names the next opening as people say it (%d)', async (at, words) => {
    const client = new Client();
    client.now = at;
    expect(await client.says('gặp cán bộ')).toContain(words);
  });

  it('takes a message as well while nobody is on duty', async () => {
    const client = new Client({ onDuty: false });
    expect(await client.says('gặp cán bộ')).toContain('Lúc này chưa có cán bộ trực. Dự kiến chiều nay từ 13 giờ 30');
    expect(await client.says('vâng')).not.toContain('ghi lời nhắn');
    expect(await client.says('bao giờ có người trả lời')).toContain('Cán bộ trả lời chiều nay');
    expect(await client.says('cho hỏi về thửa đất số 7 tờ 12')).toContain('ghi lời nhắn');
    expect((await client.ticket()).unanswered).toBe(2);
  });

  it('takes a picture for the message, and shows urgent words the numbers first', async () => {
    const client = new Client({ onDuty: false });
    await client.says('gặp cán bộ');
    await client.does({ kind: 'media', attachments: [{ kind: 'image' }], messageId: 'm' });
    expect(client.heard).toContain('ghi lời nhắn');
    const other = new Client({ onDuty: false });
    await other.says('gặp cán bộ');
    expect(await other.says('cháy nhà rồi')).toContain('114');
    expect((await other.ticket()).unanswered).toBe(2);
  });

  it('names the hotlines where no desk is', async () => {
    const citizen = new Citizen();
    expect(await citizen.says('gặp cán bộ')).toContain('1022');
    expect(citizen.mode).toBe('bot');
  });

  it('carries the reason and what it is about', async () => {
    const overdue = new Client();
    await overdue.says('H01.14-261101-0011');
    await overdue.presses('Gặp cán bộ');
    expect(await overdue.ticket()).toMatchObject({ reason: 'overdue', about: { dossier: 'H01.14-261101-0011' } });
    const low = new Client();
    await low.taps('rating.score:1:dossier:H01.14-261101-0010');
    await low.presses('Gặp cán bộ');
    expect(await low.ticket()).toMatchObject({ reason: 'low-rating', about: { dossier: 'H01.14-261101-0010' } });
    const misunderstood = new Client();
    await misunderstood.says('qwerty');
    await misunderstood.says('asdfgh');
    await misunderstood.presses('Gặp cán bộ');
    expect(await misunderstood.ticket()).toMatchObject({ reason: 'not-understood' });
    const typed = new Client();
    await typed.says('qwerty');
    await typed.says('asdfgh');
    await typed.says('gặp cán bộ');
    expect(await typed.ticket()).toMatchObject({ reason: 'not-understood' });
    const asker = new Client();
    await asker.says('khai sinh');
    await asker.taps('staff.contact');
    expect(await asker.ticket()).toMatchObject({ reason: 'asked', about: { procedure: '1.001193' } });
  });

  it('is offered to the angry: at once, plainly the second time, and beside a complaint of officials', async () => {
    const client = new Client();
    await client.says('đồ ngu');
    const first = client.heard;
    await client.says('đồ ngu');
    expect(client.heard).not.toBe(first);
    expect(client.buttons[0]?.payload).toBe('staff.ask:anger');
    await client.says('gặp cán bộ');
    expect(await client.ticket()).toMatchObject({ reason: 'anger', priority: 1 });
    const complaint = new Client();
    expect(await complaint.says('phản ánh thái độ cán bộ hách sách')).toContain('gặp cán bộ');
  });

  it('is no matter of links from outside', async () => {
    const client = new Client();
    await client.does({ kind: 'entry', source: 'm.me', ref: 'staff.ask:anger' });
    expect(client.mode).toBe('bot');
  });
});

describe('waiting', () => {
  const waiting = async () => {
    const client = new Client();
    await client.says('gặp cán bộ');
    return client;
  };

  it('lets the bot answer what it is certain of', async () => {
    const client = await waiting();
    expect(await client.says('khai sinh')).toContain('1.001193');
    expect(client.mode).toBe('waiting');
    expect((await client.ticket()).preview).toBe('khai sinh');
    expect((await client.ticket()).unanswered).toBe(1);
  });

  it('leaves to staff what the bot does not understand, with one line in a row', async () => {
    const client = await waiting();
    expect(await client.says('qwerty')).toBe(texts.format(HANDOVER.takenDown));
    expect(await client.says('asdfgh')).toBe('');
    expect((await client.ticket()).unanswered).toBe(3);
    expect(await client.says('khai sinh')).toContain('1.001193');
    expect(await client.says('zxcvb')).toBe(texts.format(HANDOVER.takenDown));
    await client.does({ kind: 'media', attachments: [{ kind: 'image' }], messageId: 'm' });
    expect(client.heard).toBe('');
    expect((await client.ticket()).unanswered).toBe(5);
  });

  it.each(['hủy', 'thôi không cần nữa', 'không cần gặp cán bộ nữa đâu', 'em không chờ nữa ạ', 'khỏi cần'])(
    'ends with "%s"',
    async (words) => {
      const client = await waiting();
      expect(await client.says(words)).toContain('Đã hủy yêu cầu');
      expect(client.mode).toBe('bot');
      expect(await client.ticket()).toMatchObject({ status: 'closed', resolution: 'left' });
      expect(client.appended.some(({ body }) => body.kind === 'notice')).toBe(false);
    },
  );

  it.each([
    'bao giờ cán bộ trả lời',
    'bao lâu nữa thì có người trả lời vậy ạ',
    'sao lâu thế',
    'chờ lâu quá',
    'không ai trả lời à',
    'có ai không',
    'đến lượt em chưa ạ',
  ])('hears the place again with "%s"', async (words) => {
    const client = await waiting();
    expect(await client.says(words)).toContain('đang chờ cán bộ. Bạn là người tiếp theo.');
    expect((await client.ticket()).unanswered).toBe(1);
  });

  it.each(['bao lâu thì có giấy khai sinh', 'khai sinh bao giờ xong'])(
    'asks nothing about the queue with "%s"',
    async (words) => {
      const client = await waiting();
      expect(await client.says(words)).not.toContain('đang chờ cán bộ');
    },
  );

  it('ends with its button, also out of the message that was asked for', async () => {
    const client = new Client({ onDuty: false });
    await client.says('gặp cán bộ');
    await client.presses(NOBODY_NEEDED);
    expect(client.mode).toBe('bot');
    expect(await client.says('khai sinh')).toContain('1.001193');
    const words = new Client({ onDuty: false });
    await words.says('gặp cán bộ');
    expect(await words.says('hủy')).toContain('Đã hủy yêu cầu');
    expect(await words.taps('staff.leave')).toContain('không có việc nào đang làm dở');
  });

  it('cancels a form before the queue', async () => {
    const client = await waiting();
    await client.says('tra cứu hồ sơ');
    expect(await client.says('hủy')).not.toContain('Đã hủy yêu cầu');
    expect(client.mode).toBe('waiting');
  });

  it('does not come back with "quay lại"', async () => {
    const client = await waiting();
    await client.says('hủy');
    await client.says('quay lại');
    expect(client.mode).toBe('bot');
  });
});

describe('talking with staff', () => {
  it('silences the bot from the claim on, and counts what is owed', async () => {
    const client = await talking();
    expect(client.mode).toBe('staff');
    expect(client.last.replies.map(({ text }) => text)).toEqual([expect.stringContaining('Cán bộ đã nhận yêu cầu')]);
    expect(client.last.timers).toEqual([{ type: 'set', name: 'hand-back', dueAt: NOW + 30 * MINUTE }]);
    expect(await client.says('khai sinh')).toBe('');
    expect(await client.taps('proc.show:1.001193')).toBe('');
    expect((await client.ticket()).unanswered).toBe(3);
    await client.staff('lan', 'ticket.reply', { text: 'Chào bạn' });
    expect(client.heard).toBe('Chào bạn');
    expect(await client.says('cảm ơn')).toBe('');
    expect(await client.ticket()).toMatchObject({ unanswered: 0, firstAnsweredAt: NOW });
  });

  it('is one officer’s: others are refused, the same one may claim twice', async () => {
    const client = await talking();
    expect(await client.staff('minh', 'ticket.claim')).toBe('ticket.taken');
    expect(await client.staff('lan', 'ticket.claim')).toBe('done');
    expect(await client.staff('minh', 'ticket.reply', { text: 'Chào' })).toBe('ticket.not-yours');
    expect(client.last.replies).toEqual([]);
    expect(await client.staff('lan', 'ticket.claim', { agency: 'other' })).toBe('ticket.moved');
    expect(await client.staff('lan', 'ticket.claim', { ticket: 'HT-AAAA-22' })).toBe('ticket.closed');
    expect(await client.staff('lan', 'ticket.explode')).toBe('action.unreadable');
  });

  it('has one winner of fifty claims', async () => {
    const client = new Client();
    await client.says('gặp cán bộ');
    const outcomes: string[] = [];
    for (let i = 0; i < 50; i++) outcomes.push(await client.staff(`officer${i}`, 'ticket.claim'));
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(new Set(outcomes.slice(1))).toEqual(new Set(['ticket.taken']));
    expect((await client.ticket()).assignee).toBe('officer0');
  });

  it('is written down: words of both, notes and steps, with the officer', async () => {
    const client = await talking();
    expect(client.lines).toMatchObject([{ by: 'system', step: 'claimed', user: 'lan' }, { by: 'bot' }]);
    await client.staff('lan', 'ticket.reply', { text: 'Số của tôi 0912345678' });
    expect(client.lines).toMatchObject([{ by: 'staff', user: 'lan', original: 'Số của tôi 0912345678' }]);
    expect(client.last.tracked).toBeDefined();
    await client.staff('minh', 'ticket.note', { text: 'Đã gọi điện' });
    expect(client.lines).toEqual([{ by: 'note', user: 'minh', text: 'Đã gọi điện' }]);
    await client.says('khai sinh');
    expect(client.lines).toMatchObject([{ by: 'citizen', text: 'khai sinh' }]);
    expect(JSON.stringify(client.last.effects)).toContain('"intent":"procedure.ask"');
  });

  it('tells the desk last what became of it: who reads then finds the ticket and the words', async () => {
    const client = await talking();
    await client.staff('lan', 'ticket.reply', { text: 'Chào bạn' });
    const kinds = client.last.effects.flatMap((effect) =>
      effect.type === 'record' && effect.change.type === 'document' ? [effect.change.kind] : [],
    );
    expect(kinds).toEqual(['ticket', 'transcript', 'desk-outcome']);
  });

  it('leaves an audit line and figures, without words', async () => {
    const client = await talking();
    await client.staff('lan', 'ticket.reply', { text: 'Mật' });
    const lanes = client.appended.map(({ lane }) => lane);
    expect(lanes).toEqual(['desk:audit:mot-cua', 'desk:figures:mot-cua']);
    expect(client.appended[0]?.body).toMatchObject({
      data: { action: 'ticket.reply', by: 'lan', object: `ticket:${(await client.stored()).id}` },
    });
    expect(JSON.stringify(client.appended)).not.toContain('Mật');
    expect(AUDIT.staysWhenForgotten).toBe(true);
  });

  it('goes to a colleague, another agency or back into the queue', async () => {
    const client = await talking();
    expect(await client.staff('minh', 'ticket.assign', { to: 'minh', supervise: false })).toBe('ticket.not-yours');
    expect(await client.staff('lan', 'ticket.assign', { to: 'minh', supervise: false })).toBe('done');
    expect(client.lines).toEqual([{ by: 'system', step: 'assigned', user: 'minh' }]);
    expect(await client.staff('minh', 'ticket.transfer', { toAgency: 'nowhere' })).toBe('agency.unknown');
    expect(
      await client.staff('minh', 'ticket.transfer', { toAgency: 'mot-cua', team: 'phan-anh', note: 'Xem giúp' }),
    ).toBe('done');
    expect(client.mode).toBe('waiting');
    expect(client.last.replies).toEqual([]);
    expect(client.lines.map(({ by, step, text }) => step ?? `${by}: ${text}`)).toEqual([
      'note: Xem giúp',
      'transferred',
    ]);
    expect(await client.ticket()).toMatchObject({ team: 'phan-anh', status: 'waiting' });
    await client.staff('lan', 'ticket.claim');
    expect(await client.staff('lan', 'ticket.release')).toBe('done');
    expect(client.mode).toBe('waiting');
  });

  it('keeps tags and priority', async () => {
    const client = await talking();
    await client.staff('lan', 'ticket.tag', { tags: ['đất đai'] });
    await client.staff('lan', 'ticket.priority', { priority: 0 });
    expect(await client.ticket()).toMatchObject({ tags: ['đất đai'], priority: 0 });
  });

  it('cannot reply once the window is closed', async () => {
    const client = await talking();
    client.now += 8 * DAY;
    expect(await client.staff('lan', 'ticket.reply', { text: 'Chào' })).toBe('window.closed');
    expect((await client.ticket()).unanswered).toBe(1);
    expect(await client.staff('lan', 'ticket.close', { resolution: 'no-answer' })).toBe('done');
    expect(client.heard).toBe('');
  });
});

describe('the end of a talk', () => {
  const invitations = (client: Client) =>
    client.appended.flatMap(({ body }) => (body.kind === 'notice' ? [[body.name, body.data]] : []));

  it('is one sentence, an invitation to rate the talk, and the bot again', async () => {
    const client = await talking();
    await client.staff('lan', 'ticket.reply', { text: 'Chào bạn' });
    await client.staff('lan', 'ticket.close', { resolution: 'answered' });
    expect(client.last.replies).toHaveLength(1);
    expect(client.heard).toContain('đã kết thúc');
    expect(client.mode).toBe('bot');
    expect(invitations(client)).toEqual([['rating.invite', { kind: 'handover', code: (await client.stored()).id }]]);
    await client.does({ kind: 'notice', name: 'rating.invite', data: invitations(client)[0]?.[1] as never });
    expect(client.last.notices).toHaveLength(1);
    expect(await client.says('khai sinh')).toContain('1.001193');
  });

  it('asks for no rating of a talk that was taken up again meanwhile', async () => {
    const client = await talking();
    await client.staff('lan', 'ticket.reply', { text: 'Chào bạn' });
    await client.staff('lan', 'ticket.close', { resolution: 'answered' });
    const data = invitations(client)[0]?.[1] as never;
    await client.says('zxcvbnm qwrtp');
    expect(client.mode).toBe('waiting');
    for (const act of ['ticket.claim', 'ticket.release']) {
      await client.does({ kind: 'notice', name: 'rating.invite', data });
      expect(client.last.notices).toBeUndefined();
      expect(await client.staff('lan', act)).toBe('done');
    }
  });

  it('comes by itself after a silence, when nothing is owed', async () => {
    const client = await talking();
    await client.staff('lan', 'ticket.reply', { text: 'Chào bạn' });
    await silence(client);
    expect(client.last.replies).toHaveLength(1);
    expect(client.mode).toBe('bot');
    expect(await client.ticket()).toMatchObject({ status: 'closed', resolution: 'hand-back' });
    expect(invitations(client)).toHaveLength(1);
    await silence(client);
    expect(client.last.replies).toEqual([]);
  });

  it('does not come while an answer is owed: the case goes back into the queue', async () => {
    const client = await talking();
    await silence(client);
    expect(client.heard).toContain('vẫn được giữ trong hàng chờ');
    expect(client.mode).toBe('waiting');
    expect((await client.ticket()).assignee).toBeUndefined();
    await client.staff('lan', 'ticket.claim');
    expect(client.heard).toBe('');
    await silence(client);
    expect(client.heard).toBe('');
    expect(client.mode).toBe('waiting');
  });

  it('is opened again by what the bot does not understand, or by asking, for a day', async () => {
    const client = await talking();
    await client.staff('lan', 'ticket.reply', { text: 'Chào bạn' });
    await client.staff('lan', 'ticket.close', { resolution: 'answered' });
    const { id } = await client.stored();
    client.now += HOUR;
    expect(await client.says('qwerty')).toContain(`mở lại yêu cầu ${id}`);
    expect(client.mode).toBe('waiting');
    expect(await client.ticket()).toMatchObject({ reopened: 1, status: 'waiting', unanswered: 1 });
    await client.says('hủy');
    expect(await client.says('qwerty')).not.toContain('mở lại');
    expect(await client.says('gặp cán bộ')).toContain(`mở lại yêu cầu ${id}`);
    await client.says('hủy');
    client.now += 2 * DAY;
    await client.says('gặp cán bộ');
    expect((await client.stored()).id).not.toBe(id);
  });
});

describe('what is written down', () => {
  it('is masked only before staff are there, and where a proof was asked for', async () => {
    const client = new Client();
    await client.says('số tôi 0912345678');
    expect(client.lines[0]).toEqual({ by: 'citizen', text: 'số tôi ••••••••••' });
    await client.says('gặp cán bộ');
    await client.says('số tôi 0912345678');
    expect(client.lines[0]?.original).toBe('số tôi 0912345678');
    await client.taps('dossier.prove:H01.14-261101-0004');
    await client.says('7391');
    expect(client.heard).toContain('Người nộp');
    expect(JSON.stringify(client.last)).not.toContain('7391');
  });
});

describe('what the bot had asked before', () => {
  it('is over once staff have talked: numbers and words mean nothing of it', async () => {
    const client = new Client();
    await client.says('tra cứu hồ sơ');
    await client.says('gặp cán bộ');
    await client.staff('lan', 'ticket.claim');
    await client.staff('lan', 'ticket.reply', { text: 'Chào bạn' });
    await client.staff('lan', 'ticket.close', { resolution: 'answered' });
    expect(await client.says('cảm ơn')).toContain('Rất vui');
    expect(await client.says('khai sinh')).toContain('1.001193');
    expect(client.mode).toBe('bot');
  });

  it('may be asked back after the talk, where the bot has something to offer', async () => {
    const client = await talking();
    await client.staff('lan', 'ticket.close', { resolution: 'answered' });
    await client.says('hình như cư trú');
    expect(client.heard).not.toContain('mở lại');
    expect(client.mode).toBe('bot');
  });
});

describe('officers in the platform’s own inbox', () => {
  it('have a ticket too, and it ends when they are silent or leave', async () => {
    const client = new Client();
    await client.says('xin chào');
    await client.does({ kind: 'staff-message', text: 'Chào bạn', messageId: 'm' });
    expect(client.mode).toBe('staff');
    expect(await client.ticket()).toMatchObject({ reason: 'platform', status: 'open' });
    expect(client.lines.some(({ by, text }) => by === 'platform' && text === 'Chào bạn')).toBe(true);
    expect(await client.says('khai sinh')).toBe('');
    await silence(client);
    expect(client.mode).toBe('bot');
    await client.does({ kind: 'staff-message', text: 'Còn gì không bạn', messageId: 'm' });
    expect(await client.ticket()).toMatchObject({ status: 'open', reopened: 1 });
    await client.does({ kind: 'staff-left' });
    expect(client.heard).toContain('Cán bộ đã trao đổi xong');
    expect(client.mode).toBe('bot');
  });

  it('may answer what waits at the desk, which may still claim it', async () => {
    const client = new Client();
    await client.says('gặp cán bộ');
    await client.does({ kind: 'staff-message', text: 'Chào bạn', messageId: 'm' });
    expect(await client.ticket()).toMatchObject({ status: 'open', reason: 'asked', unanswered: 0 });
    expect(await client.staff('lan', 'ticket.claim')).toBe('done');
    await client.does({ kind: 'staff-left' });
    expect(client.mode).toBe('staff');
  });
});

describe('what a citizen takes back', () => {
  it('takes the ticket along, but not the line that it was', async () => {
    const client = await talking();
    const { id } = await client.stored();
    await client.does({ kind: 'withdrawal' });
    expect(client.mode).toBe('bot');
    expect(client.data).toEqual({});
    expect(await client.town.documents.get(TICKET, id)).toBeUndefined();
    expect(JSON.stringify(client.appended)).toContain('ticket.forgotten');
    expect(client.lines).toEqual([]);
  });

  it('leaves other people’s tickets alone', async () => {
    const place = townWithDesk();
    const other = new Client({ place, user: 'other' });
    await other.says('gặp cán bộ');
    const client = new Client({ place });
    await client.says('gặp cán bộ');
    await client.does({ kind: 'withdrawal' });
    expect((await other.ticket()).status).toBe('waiting');
  });
});

describe('codes', () => {
  it('are never given twice', async () => {
    const [one, two] = [new Client(), new Client()];
    await one.says('gặp cán bộ');
    const { id, body } = await one.stored();
    two.town.documents.apply(new Client({ user: 'x' }).lane, putDocument(TICKET, id, body));
    onDuty(two.town, 'lan', two.now);
    await two.says('gặp cán bộ');
    expect((await two.stored()).id).not.toBe(id);
  });
});
