// The turn handler: who may speak, consent, leaving, state; and that nothing a citizen does breaks it.
import fc from 'fast-check';
import { createEchoHandler } from '../../src/bot/echo.js';
import type { Attachment } from '../../src/channels/channel.js';
import { engineTexts } from '../../src/flows/engine-texts.js';
import type { Flow } from '../../src/flows/flow.js';
import { flows } from '../../src/flows/flows.js';
import type { LaneTicket } from '../../src/flows/handover/events.js';
import { HOME } from '../../src/flows/home/texts.js';
import { NOTIFY } from '../../src/flows/notify/texts.js';
import { FlowRegistry } from '../../src/flows/registry.js';
import type { Intent } from '../../src/language/language.js';
import { INTENTS } from '../../src/language/language.js';
import { HOUR, MINUTE } from '../../src/lib/clock.js';
import { eventId, systemLane } from '../../src/lib/ids.js';
import { TICKET } from '../../src/records/ticket.js';
import type { EventBody } from '../../src/turns/turn.js';
import { buttonsOf, Citizen, NOTICE } from '../flows/citizen.js';
import { NOW, PROOF, texts, town, townWithDesk, understand } from '../flows/town.js';

const newcomer = (contact?: { noticeVersion?: string }) =>
  new Citizen({ noticed: false, ...(contact ? { contact } : {}) });

describe('consent', () => {
  it('shows the privacy notice first, once, and records its version', async () => {
    const citizen = newcomer();
    const heard = await citizen.does({ kind: 'entry', source: 'follow' });
    expect(heard).toContain('https://bot.example.test/privacy');
    expect(heard).toContain('không bao giờ hỏi mã OTP');
    expect(citizen.buttons.map(({ title }) => title)).toContain('Tìm thủ tục');
    expect(citizen.last.effects).toEqual([
      {
        type: 'record',
        change: {
          type: 'contact',
          set: {
            following: true,
            lastInteractionAt: Math.floor(NOW / HOUR) * HOUR,
            noticeVersion: NOTICE,
            noticeAt: NOW,
          },
        },
      },
    ]);
    expect(await citizen.says('xin chào')).not.toContain('OTP');
    expect(citizen.last.effects).toEqual([]);
  });

  it('answers the first question beside the notice', async () => {
    const citizen = newcomer();
    expect(await citizen.says('khai sinh')).toContain('Mã 1.001193');
    expect(citizen.last.replies).toHaveLength(2);
  });

  it('shows it again only when the version changed, also after the state expired', async () => {
    expect(await newcomer({ noticeVersion: NOTICE }).says('xin chào')).not.toContain('OTP');
    expect(await newcomer({ noticeVersion: '2025-01' }).says('xin chào')).toContain('OTP');
  });

  it('notes the last interaction once an hour', async () => {
    const citizen = new Citizen();
    await citizen.says('xin chào');
    expect(citizen.last.effects).toEqual([]);
    citizen.now += HOUR;
    await citizen.says('xin chào');
    expect(citizen.last.effects).toHaveLength(1);
  });

  it('is silent when the citizen leaves, and greets when they come back', async () => {
    const citizen = new Citizen();
    await citizen.does({ kind: 'leave' });
    expect(citizen.last.replies).toEqual([]);
    expect(citizen.last.effects).toEqual([{ type: 'record', change: { type: 'contact', set: { following: false } } }]);
    await citizen.does({ kind: 'entry', source: 'follow' });
    expect(JSON.stringify(citizen.last.effects)).toContain('"following":true');
  });

  it('welcomes once when a first contact is told as a follow and as an opened chat', async () => {
    const citizen = newcomer();
    const chatNow = { kind: 'entry', source: 'chat-now' } as const;
    await citizen.does({ kind: 'entry', source: 'follow' });
    expect(await citizen.does(chatNow)).toBe('');
    await citizen.says('xin chào');
    expect(await citizen.does(chatNow)).toBe(texts.format(HOME.welcome));
    citizen.now += HOUR;
    expect(await citizen.does(chatNow)).toBe(texts.format(HOME.welcome));
  });

  it('forgets everything on withdrawal, silently, and starts anew afterwards', async () => {
    const citizen = new Citizen();
    await citizen.says('khai sinh');
    await citizen.does({ kind: 'staff-message' });
    await citizen.does({ kind: 'withdrawal' });
    expect(citizen.last.replies).toEqual([]);
    expect(citizen.last.effects).toMatchObject([
      { type: 'record', change: { type: 'contact-forget', at: NOW } },
      {
        type: 'record',
        change: { type: 'document', kind: 'data-request', body: { type: 'delete', source: 'platform' } },
      },
    ]);
    const timers = ['hand-back', 'notices', ...flows.timerNames];
    expect(citizen.last.timers).toEqual(timers.map((name) => ({ type: 'cancel', name })));
    expect(citizen.data).toEqual({});
    expect(citizen.mode).toBe('bot');
    expect(await citizen.says('phí bao nhiêu')).toContain('OTP');
    expect(citizen.heard).toContain('Bạn hỏi về thủ tục nào?');
  });
});

describe('staff', () => {
  it('silence the bot from their first message on', async () => {
    const citizen = new Citizen();
    await citizen.does({ kind: 'staff-message', text: 'Chào anh' });
    expect(citizen.mode).toBe('staff');
    expect(citizen.last.timers).toEqual([{ type: 'set', name: 'hand-back', dueAt: NOW + 30 * MINUTE }]);
    for (const body of [
      { kind: 'text', text: 'khai sinh', messageId: 'm' },
      { kind: 'tap', payload: 'proc.show:1.001193' },
      { kind: 'entry', source: 'follow' },
      { kind: 'location', latitude: 1, longitude: 2, messageId: 'm' },
    ] satisfies EventBody[]) {
      await citizen.does(body);
      expect(citizen.last.replies).toEqual([]);
      expect(citizen.mode).toBe('staff');
    }
  });

  it('give the conversation back after half an hour of silence, with one sentence', async () => {
    const citizen = new Citizen();
    await citizen.says('khai sinh');
    await citizen.does({ kind: 'staff-message' });
    await citizen.does({ kind: 'timer', name: 'hand-back', generation: 1, payload: null });
    expect(citizen.mode).toBe('bot');
    expect(citizen.last.replies).toHaveLength(1);
    expect(await citizen.says('phí bao nhiêu')).toContain('Thủ tục đăng ký khai sinh');
  });

  it('do not show the notice while they speak; the bot does when it speaks again', async () => {
    const citizen = newcomer();
    citizen.mode = 'staff';
    await citizen.says('xin chào');
    expect(JSON.stringify(citizen.last.effects)).not.toContain('notice');
    citizen.mode = 'bot';
    expect(await citizen.says('xin chào')).toContain('OTP');
  });

  it('are waited for with the bot still answering', async () => {
    const citizen = new Citizen();
    citizen.mode = 'waiting';
    expect(await citizen.says('khai sinh')).toContain('1.001193');
    expect(citizen.mode).toBe('waiting');
  });
});

describe('other events', () => {
  it.each<[string, EventBody]>([
    ['a corrected message', { kind: 'edit', text: 'khai sinh', messageId: 'm' }],
    ['an unknown timer', { kind: 'timer', name: 'nobody', generation: 1, payload: null }],
    ['a hand-back that is no longer needed', { kind: 'timer', name: 'hand-back', generation: 1, payload: null }],
  ])('%s changes nothing', async (_what, body) => {
    const citizen = new Citizen();
    await citizen.says('khai sinh');
    const before = citizen.data;
    await citizen.does(body);
    expect(citizen.last).toEqual({ mode: 'bot', data: before, replies: [], effects: [], timers: [] });
  });

  it.each<[Attachment['kind'], string]>([
    ['image', 'không bao giờ hỏi ảnh giấy tờ'],
    ['sticker', 'chỉ đọc được chữ'],
    ['audio', 'chưa nghe được'],
    ['video', 'chưa xem được'],
    ['file', 'chưa đọc được tệp'],
    ['link', 'không mở đường dẫn'],
    ['contact', 'không giữ lại'],
    ['other', 'chưa đọc được'],
  ])('%s gets a true sentence and a way on', async (kind, sentence) => {
    const citizen = new Citizen();
    expect(await citizen.does({ kind: 'media', attachments: [{ kind }], messageId: 'm' })).toContain(sentence);
    expect(citizen.buttons.length).toBeGreaterThan(0);
  });

  it('answers the words beside a picture', async () => {
    const citizen = new Citizen();
    await citizen.does({ kind: 'media', attachments: [{ kind: 'image' }], text: 'khai sinh', messageId: 'm' });
    expect(citizen.heard).toContain('không giữ lại ảnh');
    expect(citizen.heard).toContain('1.001193');
  });

  it('answers a shared place and contact truthfully', async () => {
    const citizen = new Citizen();
    expect(await citizen.does({ kind: 'location', latitude: 10, longitude: 105, messageId: 'm' })).toContain('vị trí');
    await citizen.does({ kind: 'contact-info', name: 'Trần B', phone: '0912345678' });
    expect(citizen.heard).toContain('không giữ lại');
    expect(JSON.stringify(citizen.data)).not.toContain('0912345678');
  });

  it('follows a deep link after the welcome, and only one of its own', async () => {
    expect(await new Citizen().does({ kind: 'entry', source: 'm.me', ref: 'proc.show:1.001193' })).toContain(
      '1.001193',
    );
    expect(await new Citizen().does({ kind: 'entry', source: 'm.me', ref: 'qr-poster-7' })).not.toContain('Nút này');
  });

  it('treats a late message like any other', async () => {
    const citizen = new Citizen();
    citizen.now -= HOUR;
    expect(await citizen.says('khai sinh')).toContain('1.001193');
  });

  it('says nothing in a system lane', async () => {
    const citizen = new Citizen();
    Object.assign(citizen, { lane: systemLane('portal', 'H01') });
    await citizen.does({ kind: 'portal-event', type: 'dossier.status-changed', occurredAt: NOW, data: {} });
    expect(citizen.last).toEqual({ mode: 'bot', data: citizen.data, replies: [], effects: [], timers: [] });
  });
});

describe('state', () => {
  const conversation = (citizen: Citizen) => (citizen.data.conversation as { memory: Record<string, unknown> }).memory;

  it('starts again with a sentence when an open question was written by an older version', async () => {
    const citizen = new Citizen();
    await citizen.says('tra cứu hồ sơ');
    Object.assign(conversation(citizen).open as object, { v: 0 });
    expect(await citizen.says('123')).toContain('bắt đầu lại từ đầu');
    expect(citizen.heard).toContain('Bạn gửi mã hồ sơ');
  });

  it('starts again with a sentence when the whole state is of another version', async () => {
    const citizen = new Citizen();
    await citizen.says('tra cứu hồ sơ');
    conversation(citizen).v = 0;
    expect(await citizen.says('xin chào')).toContain('bắt đầu lại từ đầu');
  });

  it('is not touched by a turn that throws', async () => {
    const citizen = new Citizen();
    await citizen.says('khai sinh');
    const before = JSON.stringify(citizen.data);
    citizen.town.portal.dossier = async () => {
      throw new Error('boom');
    };
    await expect(citizen.says('H01.14-261101-0004')).rejects.toThrow('boom');
    expect(JSON.stringify(citizen.data)).toBe(before);
  });

  it('stays small', async () => {
    const citizen = new Citizen();
    for (let i = 0; i < 30; i++) {
      await citizen.says(
        ['thường trú cần giấy tờ gì', 'thủ tục cư trú', 'H01.14-261101-0004', 'địa chỉ công an phường'][i % 4] ?? '',
      );
    }
    expect(JSON.stringify(citizen.data).length).toBeLessThan(4000);
  });
});

describe('flows as a whole', () => {
  it.each(INTENTS.map((intent) => [intent]))('answer the intent %s', async (intent: Intent) => {
    const place = town();
    place.language.understand = (text) => ({
      ...understand(text),
      intent,
      certain: true,
      confidence: 1,
      query: '',
      aspects: [],
    });
    const citizen = new Citizen({ town: place });
    await citizen.says('một câu bất kỳ');
    expect(citizen.last.replies.length).toBeGreaterThan(0);
  });

  it('refuse to start when an intent has no flow, or two', () => {
    const [first] = flows.flows;
    expect(() => new FlowRegistry(flows.flows.slice(1))).toThrow('no flow answers');
    expect(() => new FlowRegistry([...flows.flows, { ...(first as Flow), name: 'twin' }])).toThrow('two flows answer');
    expect(() => new FlowRegistry([...flows.flows, first as Flow])).toThrow('same name');
  });

  it.each([
    ['without a desk', false],
    ['with a desk', true],
  ])('never throw and keep valid, bounded answers and state, whatever happens %s', async (_where, desk) => {
    const payloads = flows.flows.flatMap(({ name, steps }) => Object.keys(steps).map((step) => `${name}.${step}`));
    const args = [
      '',
      ':1.001193',
      ':1.004222:documents',
      ':1.004222:documents:3:0',
      ':2.000001:documents::5',
      ':1.004222,1.004194:fee',
      ':H01.14-261101-0005',
      ':nop-phi',
      ':of:3',
      ':x:y:z',
      ':2026-13',
    ];
    const said = fc.constantFrom(
      'menu',
      'quay lại',
      'hủy',
      'gặp cán bộ',
      '1',
      '2',
      'cái cuối',
      '99',
      'khai sinh',
      'thường trú cần giấy tờ gì',
      'thủ tục cư trú',
      'phí bao nhiêu',
      'H01.14-261101-0005',
      'H01.14-26',
      PROOF,
      '0000',
      '123',
      'vâng',
      'không',
      'asdf',
      'xin địa chỉ',
      'sở xây dựng',
      'hình như cư trú',
      'quên mật khẩu',
      'cháy nhà',
      'trường hợp 2',
      'xây dựng cần giấy tờ gì',
    );
    const body: fc.Arbitrary<EventBody> = fc.oneof(
      { weight: 6, arbitrary: said.map((text): EventBody => ({ kind: 'text', text, messageId: 'm' })) },
      {
        weight: 2,
        arbitrary: fc.string({ unit: 'grapheme' }).map((text): EventBody => ({ kind: 'text', text, messageId: 'm' })),
      },
      {
        weight: 4,
        arbitrary: fc
          .tuple(fc.constantFrom(...payloads), fc.constantFrom(...args))
          .map(([at, rest]): EventBody => ({ kind: 'tap', payload: at + rest })),
      },
      { weight: 1, arbitrary: fc.string().map((payload): EventBody => ({ kind: 'tap', payload })) },
      {
        weight: 1,
        arbitrary: fc.constantFrom<EventBody>(
          { kind: 'entry', source: 'x', ref: 'home.more' },
          { kind: 'leave' },
          { kind: 'withdrawal' },
          { kind: 'staff-message' },
          { kind: 'staff-left' },
          { kind: 'timer', name: 'hand-back', generation: 1, payload: null },
          { kind: 'timer', name: 'forget-proof', generation: 1, payload: null },
          { kind: 'media', attachments: [], messageId: 'm' },
        ),
      },
    );
    const act = fc.record({
      action: fc.constantFrom('claim', 'release', 'reply', 'close', 'assign', 'note', 'transfer'),
      user: fc.constantFrom('lan', 'minh'),
    });
    const staff = act.map(({ action, user }): EventBody => {
      const data = {
        claim: {},
        release: {},
        reply: { text: 'Chào bạn' },
        close: { resolution: 'answered' },
        assign: { to: 'minh', supervise: true },
        note: { text: 'Ghi chú' },
        transfer: { toAgency: 'mot-cua', supervise: true },
      }[action];
      return { kind: 'desk-action', action: `ticket.${action}`, by: { user, name: user }, data: { ...data } };
    });
    const happening = desk ? fc.oneof({ weight: 2, arbitrary: body }, { weight: 1, arbitrary: staff }) : body;
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { minLength: 1, maxLength: 14 }), fc.boolean(), async (bodies, down) => {
        const citizen = new Citizen(desk ? { town: townWithDesk() } : {});
        for (const [i, one] of bodies.entries()) {
          citizen.town.portal.down = down && i % 3 === 2;
          const [before, started] = [citizen.mode, citizen.data];
          const theirs = one.kind === 'text' || one.kind === 'tap';
          const { ticket } = (citizen.data.conversation ?? {}) as { ticket?: LaneTicket };
          await citizen.does(
            one.kind === 'desk-action'
              ? { ...one, data: { ticket: ticket?.id ?? 'none', agency: 'mot-cua', ...one.data } }
              : one,
          );
          expect(citizen.data).toEqual(citizen.last.data);
          // The one wish that waits for nobody is confirmed.
          if (before === 'staff' && theirs)
            expect([[], [texts.format(NOTIFY.stoppedUnderStaff)]]).toContainEqual(
              citizen.last.replies.map(({ text }) => text),
            );
          // What is left to staff is confirmed once.
          else if (theirs && citizen.mode === 'bot') expect(citizen.last.replies.length).toBeGreaterThan(0);
          if (desk) {
            const after = ((citizen.data.conversation ?? {}) as { ticket?: LaneTicket }).ticket;
            const mode = { none: 'bot', closed: 'bot', waiting: 'waiting', open: 'staff' } as const;
            expect(citizen.mode).toBe(mode[after?.body.status ?? 'none']);
            const stored = after === undefined ? undefined : await citizen.town.documents.get(TICKET, after.id);
            expect(stored?.body).toEqual(after?.body);
          }
          expect(citizen.last.replies.length).toBeLessThanOrEqual(6);
          for (const reply of citizen.last.replies) {
            expect(reply.text?.trim()).toBeTruthy();
            expect(reply.text?.length).toBeLessThanOrEqual(2000);
            const buttons = buttonsOf(reply);
            // Chips on Messenger; on Zalo what is too many becomes a numbered list (its channel's tests).
            expect(buttons.length).toBeLessThanOrEqual(11);
            for (const { title, payload } of buttons) {
              expect(title.length).toBeLessThanOrEqual(20);
              expect(payload.length).toBeLessThanOrEqual(200);
              expect(flows.resolve(payload)).toBeDefined();
            }
          }
          // What nobody asked for may stand in a conversation that staff have before them, where only a permission shows it, and
          // in the words of a report.
          const shown = citizen.mode !== 'bot' || before !== 'bot';
          const reported = JSON.stringify([started, citizen.data]).includes('"report":');
          if (!shown && !reported)
            expect(JSON.stringify([citizen.data, citizen.last.effects, citizen.last.timers])).not.toContain(PROOF);
        }
      }),
      { numRuns: 150 },
    );
  });
});

describe('around the bot', () => {
  it('the echo handler answers the same text through the same adapter', async () => {
    const echo = createEchoHandler();
    const citizen = new Citizen();
    const outcome = await echo({
      event: {
        id: eventId('e'),
        lane: citizen.lane,
        at: NOW,
        acceptedAt: NOW,
        late: false,
        body: { kind: 'text', text: 'chào', messageId: 'm' },
      },
      mode: 'bot',
      data: { a: 1 },
      now: NOW,
      throws: 0,
      signal: new AbortController().signal,
      recordsSettled: async () => undefined,
    });
    expect(outcome).toEqual({
      mode: 'bot',
      data: { a: 1 },
      replies: [{ type: 'message', text: 'chào' }],
      effects: [],
      timers: [],
    });
  });

  it('the engine has its own sentences, with the hotlines', () => {
    const { turnFailed, repliesTooOld } = engineTexts(texts);
    expect(turnFailed.text).toContain('1022');
    expect(repliesTooOld.text).toContain('Xin lỗi');
  });
});
