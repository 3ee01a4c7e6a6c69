// What a turn adds to the transcript: who said what, masked, bounded, and nothing of what was forgotten.
import fc from 'fast-check';
import { type SpokenTurn, spokenLine, stepLine, type TranscriptAbout, transcribe } from '../../src/bot/transcript.js';
import { HERO_CARD, type OutgoingActivity, templateActivity, withInfoRequest } from '../../src/channels/activity.js';
import { newConversation } from '../../src/flows/conversation.js';
import { say } from '../../src/flows/message.js';
import { maskPersonal } from '../../src/language/mask.js';
import { citizenLane, eventId } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import { entryId, TRANSCRIPT, type TranscriptEntry } from '../../src/records/transcript.js';
import type { EventBody } from '../../src/turns/turn.js';

const LANE = citizenLane({ channel: 'zalo', account: 'oa', user: 'u' });
const NOW = Date.UTC(2026, 10, 21, 3);
const ABOUT: TranscriptAbout = { agency: 'mot-cua' };
const HALF_LETTER = /\p{Cs}/u;

interface Given extends Partial<Pick<SpokenTurn, 'replies' | 'notices' | 'effects' | 'lines'>> {
  data?: JsonObject;
}

function turnOf(body: EventBody, given: Given = {}): SpokenTurn {
  const { data = {}, replies = [], notices = [], effects = [], lines = [] } = given;
  const event = { id: eventId('e1'), lane: LANE, at: NOW - 5, acceptedAt: NOW, late: false, body };
  return { request: { event, now: NOW, data }, replies, notices, effects: [...effects], lines };
}

function entryOf(work: SpokenTurn): TranscriptEntry | undefined {
  for (const effect of work.effects)
    if (effect.type === 'record' && effect.change.type === 'document' && effect.change.kind === TRANSCRIPT.name) {
      expect(effect.change.id).toBe(entryId('e1'));
      return TRANSCRIPT.body.parse(effect.change.body);
    }
  return undefined;
}

function transcribed(body: EventBody, given: Given = {}, about: TranscriptAbout = ABOUT): TranscriptEntry | undefined {
  const work = turnOf(body, given);
  transcribe(work, about);
  return entryOf(work);
}

const text = (words: string): EventBody => ({ kind: 'text', text: words, messageId: 'm' });

describe('a citizen’s line', () => {
  it.each<[string, EventBody, object]>([
    ['plain words', text('xin chào'), { by: 'citizen', text: 'xin chào' }],
    [
      'a number in words, masked, with the original beside it',
      text('gọi em 0912 345 678'),
      { by: 'citizen', text: 'gọi em •••• ••• •••', original: 'gọi em 0912 345 678' },
    ],
    ['a tap by its title', { kind: 'tap', payload: 'p', title: 'Lệ phí' }, { by: 'citizen', text: 'Lệ phí' }],
    [
      'a tap without a title',
      { kind: 'tap', payload: 'proc.show:1.001193' },
      { by: 'citizen', text: '[proc.show:1.001193]' },
    ],
    [
      'a payload typed by hand',
      { kind: 'tap', payload: '0912345678' },
      { by: 'citizen', text: '[••••••••••]', original: '[0912345678]' },
    ],
    [
      'a correction',
      { kind: 'edit', text: 'xin lỗi', messageId: 'm' },
      { by: 'citizen', text: 'xin lỗi', step: 'edited' },
    ],
    [
      'a place',
      { kind: 'location', latitude: 9.6, longitude: 105.9, messageId: 'm' },
      { by: 'citizen', files: [{ kind: 'location', latitude: 9.6, longitude: 105.9 }] },
    ],
    [
      'a shared number',
      { kind: 'contact-info', name: 'An', phone: '84912345678' },
      { by: 'citizen', text: 'An\n•••••••••••', original: 'An\n84912345678', files: [{ kind: 'contact' }] },
    ],
    ['opening the conversation', { kind: 'entry', source: 'follow' }, { by: 'system', step: 'entered' }],
    ['leaving', { kind: 'leave' }, { by: 'system', step: 'left' }],
    [
      'an officer’s words in the platform’s own inbox',
      { kind: 'staff-message', text: 'Chào bạn', attachments: [{ kind: 'file', name: 'a.pdf' }] },
      { by: 'platform', text: 'Chào bạn', files: [{ kind: 'file', name: 'a.pdf' }] },
    ],
    ['an officer who took over there', { kind: 'staff-message' }, { by: 'system', step: 'platform-took-over' }],
    ['an officer who went', { kind: 'staff-left' }, { by: 'system', step: 'platform-left' }],
  ])('has %s', (_what, body, line) => {
    expect(transcribed(body)?.lines).toEqual([line]);
  });

  it('names a tap of Zalo’s by the choice that was shown', () => {
    const choices = [{ title: 'Số 1', payload: 'proc.show:1', name: 'Đăng ký khai sinh' }];
    const data = { conversation: { memory: { ...newConversation(), choices } } };
    expect(transcribed({ kind: 'tap', payload: 'proc.show:1' }, { data })?.lines[0]?.text).toBe(
      'Số 1: Đăng ký khai sinh',
    );
  });

  it('has pictures with their blobs, where they were kept', () => {
    const body: EventBody = {
      kind: 'media',
      attachments: [{ kind: 'image', url: 'https://x.test/a' }, { kind: 'image' }],
      text: 'đây ạ',
      messageId: 'm',
    };
    expect(transcribed(body, {}, { ...ABOUT, kept: new Map([[1, 'b1']]) })?.lines).toEqual([
      { by: 'citizen', text: 'đây ạ', files: [{ kind: 'image' }, { kind: 'image', blob: 'b1' }] },
    ]);
  });
});

describe('the bot’s lines', () => {
  it('are what the citizen saw: words, titles of choices, cards as lines', () => {
    const card = {
      title: 'Hộ tịch',
      subtitle: 'cấp xã',
      text: 'Lệ phí: miễn',
      buttons: [{ type: 'postBack', title: 'Xem', value: 'x' }],
    };
    const replies: OutgoingActivity[] = [
      say('Bạn chọn nhé', [{ title: 'Có', payload: 'y' }]),
      { type: 'message', text: 'Thẻ', attachments: [{ contentType: HERO_CARD, content: card }] },
      {
        type: 'message',
        attachments: [{ contentType: 'image/jpeg', contentUrl: 'https://x.test/a.jpg', name: 'Mẫu' }],
      },
      withInfoRequest({ type: 'message' }, { title: 'Liên hệ', text: 'Để gọi lại' }),
    ];
    const template = templateActivity({ template: '1', parameters: [{ name: 'ma', value: 'H1' }] });
    expect(transcribed(text('a'), { replies, notices: [{ id: 'n', message: template }] })?.lines.slice(1)).toEqual([
      { by: 'bot', text: 'Bạn chọn nhé', choices: ['Có'] },
      { by: 'bot', text: 'Thẻ\n\nHộ tịch\ncấp xã\nLệ phí: miễn', choices: ['Xem'] },
      { by: 'bot', files: [{ kind: 'image', name: 'Mẫu' }] },
      { by: 'bot', text: 'Liên hệ\nĐể gọi lại' },
      { by: 'bot', text: 'ma: H1' },
    ]);
  });

  it('hide a citizen’s number that the bot repeats, and leave codes, dates and amounts', () => {
    const summary = 'Liên hệ: An, 0912345678';
    const own = 'Mã 1.001193, hồ sơ H56.14-240823-0001, 20/11/2026, lệ phí 1.000.000 đồng, tổng đài 1900 9095';
    const report = 'Bạn viết: thư an@thu.example, căn cước 091 234 567 890';
    const lines = transcribed(text('a'), { replies: [say(summary), say(own), say(report)] })?.lines ?? [];
    expect(lines[3]).toEqual({
      ...{ by: 'bot', original: report },
      text: 'Bạn viết: thư ••@•••.•••••••, căn cước ••• ••• ••• •••',
    });
    expect(lines[1]).toEqual({ by: 'bot', text: 'Liên hệ: An, ••••••••••', original: summary });
    expect(lines[2]).toEqual({ by: 'bot', text: own });
  });

  it('are left out of the turn of a staff reply, which has the officer’s line', () => {
    const action: EventBody = { kind: 'desk-action', action: 'ticket.reply', by: { user: 's1', name: 'An' }, data: {} };
    const lines = [spokenLine('staff', 'Chào bạn', { user: 's1' })];
    expect(transcribed(action, { replies: [say('Chào bạn')], lines })?.lines).toEqual(lines);
  });

  it('stand after the steps of the ticket', () => {
    const lines = [stepLine('claimed', 's1')];
    expect(transcribed(text('a'), { replies: [say('b')], lines })?.lines.map(({ by }) => by)).toEqual([
      'citizen',
      'system',
      'bot',
    ]);
  });
});

it('names of files hold no numbers of people', () => {
  const name = 'CCCD_099187654321\u202Egpj.pdf';
  const entry = transcribed({ kind: 'media', messageId: 'm', attachments: [{ kind: 'file', name }] });
  expect(entry?.lines[0]?.files).toEqual([{ kind: 'file', name: 'CCCD_••••••••••••gpj.pdf' }]);
});

describe('an entry', () => {
  it('is tracked while a ticket is open, and only then', () => {
    const free = turnOf(text('a'));
    transcribe(free, ABOUT);
    expect(free.tracked).toBeUndefined();
    const held = turnOf(text('a'));
    const understood = {
      intent: 'greet',
      confidence: 0.9,
      procedures: Array(9).fill({ code: 'c', name: 'n', score: 1 }),
    };
    transcribe(held, { ...ABOUT, ticket: 'HT-1', understood });
    expect(held.tracked).toBe(entryId('e1'));
    const entry = entryOf(held);
    expect(entry).toMatchObject({ at: NOW, agency: 'mot-cua', ticket: 'HT-1', sends: 0 });
    expect(entry?.understood?.procedures).toHaveLength(5);
  });

  it('is not written where nobody said anything, nor in the turn that forgets the citizen', () => {
    expect(transcribed({ kind: 'timer', name: 't', generation: 1, payload: null })).toBeUndefined();
    const effects = [{ type: 'record', change: { type: 'contact-forget', at: NOW } }] as const;
    expect(transcribed(text('xóa hết'), { effects: [...effects], replies: [say('Đã xóa')] })).toBeUndefined();
  });

  it('fits its kind whatever was said, and cuts no letter in two', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.integer({ min: 0, max: 11_000 }).map((n) => `a${'😀0'.repeat(n)}`),
    );
    fc.assert(
      fc.property(anything, fc.array(anything, { maxLength: 70 }), (words, titles) => {
        const replies = [
          say(
            words,
            titles.map((title) => ({ title, payload: 'p' })),
          ),
          ...titles.map((one) => say(one)),
        ];
        const attachments = titles.map((name) => ({ kind: 'file' as const, name }));
        const body: EventBody = { kind: 'media', text: words, attachments, messageId: 'm' };
        const entry = transcribed(body, { replies });
        const whole = ![words, ...titles].some((one) => HALF_LETTER.test(one));
        for (const { text: shown = '' } of entry?.lines ?? []) if (whole) expect(shown).not.toMatch(HALF_LETTER);
      }),
      { numRuns: 15 },
    );
  });

  it('masks exactly as masking does, also where it is skipped because there is nothing to mask', () => {
    const near = fc.string({ unit: fc.constantFrom(...'0123456789 .-()/ABhắ@０９–·\u00a0'), maxLength: 30 });
    fc.assert(
      fc.property(fc.oneof(near, fc.string({ unit: 'binary', maxLength: 80 })), (words) => {
        expect(spokenLine('citizen', words).text ?? '').toBe(maskPersonal(words));
      }),
      { numRuns: 2000 },
    );
  });
});
