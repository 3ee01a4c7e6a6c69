// Whether and how the bot may speak first: the decision, and the file it goes by.
import { AWAKE_MS, decideNotice, type Situation, TOO_OLD_MS } from '../../src/flows/notify/decide.js';
import { DEFAULT_RULES, type NoticeRules, readNoticeRules } from '../../src/flows/notify/rules.js';
import { filled } from '../../src/flows/notify/templates.js';
import { NOTIFY } from '../../src/flows/notify/texts.js';
import { texts } from '../flows/town.js';

/** 9 November 2026 in Vietnam. */
const at = (hours: number) => Date.UTC(2026, 10, 9, hours - 7);
const DAYTIME = at(10);
const FILE = `
templates:
  - event: dossier.changed
    channel: zalo
    account: "2000300040005000600"
    states: [5, 9]
    template: "300123"
    parameters: { ma_ho_so: code, trang_thai: status }
  - event: dossier.changed
    channel: zalo
    template: "300124"
    parameters: { ma_ho_so: code }
  - event: dossier.changed
    channel: messenger
    template: dossier_changed
    language: vi
    parameters:
      code: code
      procedure: { value: procedure, most: 40 }
      due: due
`;
const rules = readNoticeRules(FILE);

function situation(more: Partial<Situation> = {}): Situation {
  return {
    now: DAYTIME,
    channel: 'zalo',
    account: '2000300040005000600',
    event: 'dossier.changed',
    window: 'open',
    left: false,
    patient: true,
    happenedAt: DAYTIME,
    ...more,
  };
}

const decided = (more: Partial<Situation> = {}, by: NoticeRules = rules) => {
  const decision = decideNotice(by, situation(more));
  return decision.do === 'template' ? { do: 'template', template: decision.rule.template } : decision;
};

describe('a notice', () => {
  it('is a normal message inside the window, whatever templates there are', () => {
    expect(decided()).toEqual({ do: 'message' });
    expect(decided({}, DEFAULT_RULES)).toEqual({ do: 'message' });
  });

  it('goes by the first template that fits when the window is closed', () => {
    expect(decided({ window: 'closed', state: 9 })).toEqual({ do: 'template', template: '300123' });
    expect(decided({ window: 'closed', state: 4 })).toEqual({ do: 'template', template: '300124' });
    expect(decided({ window: 'closed', state: 9, account: '7777777' })).toEqual({ do: 'template', template: '300124' });
    expect(decided({ window: 'closed', channel: 'messenger' })).toEqual({
      do: 'template',
      template: 'dossier_changed',
    });
  });

  it('is left out where no template is configured', () => {
    expect(decided({ window: 'closed' }, DEFAULT_RULES)).toEqual({ do: 'skip', reason: 'no-template' });
    expect(decided({ window: 'closed', event: 'feedback.status' })).toEqual({ do: 'skip', reason: 'no-template' });
  });

  it.each<[NoticeRules['billed'], object]>([
    ['template', { do: 'template', template: '300124' }],
    ['message', { do: 'message' }],
    ['skip', { do: 'skip', reason: 'billed' }],
  ])('costs in the paid part of the window what the operator chose: %s', (billed, expected) => {
    expect(decided({ window: 'billed' }, { ...rules, billed })).toEqual(expected);
  });

  it('waits for the morning, before anything is paid', () => {
    const night = { now: at(22), happenedAt: at(22), window: 'closed' } as const;
    expect(decided(night)).toEqual({ do: 'wait', until: at(31) });
    expect(decided(night, readNoticeRules('quiet: off'))).toEqual({ do: 'skip', reason: 'no-template' });
  });

  it('does not wait where it answers what an awake citizen just did', () => {
    const now = at(22);
    const night = { now, happenedAt: now, interactedAt: now - AWAKE_MS };
    expect(decided({ ...night, patient: false })).toEqual({ do: 'message' });
    expect(decided({ ...night, patient: false, interactedAt: now - AWAKE_MS - 1 })).toMatchObject({ do: 'wait' });
    expect(decided(night)).toMatchObject({ do: 'wait' });
  });

  it('is left out for who left, and when it is no news any more', () => {
    expect(decided({ left: true })).toEqual({ do: 'skip', reason: 'left' });
    expect(decided({ happenedAt: DAYTIME - TOO_OLD_MS - 1 })).toEqual({ do: 'skip', reason: 'too-old' });
  });
});

describe('NOTICES_FILE', () => {
  it('is quiet at night unless told otherwise, and may be empty', () => {
    expect(readNoticeRules('')).toEqual(DEFAULT_RULES);
    expect(readNoticeRules('quiet: { from: "22:30", to: "6:00" }').quiet).toEqual({ from: 1350, to: 360 });
    expect(readNoticeRules('quiet: off')).not.toHaveProperty('quiet');
  });

  it.each([
    ['templats: []', /templats/],
    ['quiet: { from: "25:00", to: "7:00" }', /21:00/],
    ['quiet: { from: "7:00", to: "7:00" }', /quiet: off/],
    ['billed: never', /billed/],
    ['templates: [{ event: dossier.change, channel: zalo, template: "1" }]', /did you mean dossier\.changed/],
    ['templates: [{ event: dossier.changed, channel: viber, template: "1" }]', /channel/],
    ['templates: [{ event: dossier.changed, channel: zalo, template: 300123 }]', /in quotes/],
    [
      'templates: [{ event: dossier.changed, channel: zalo, template: "1", parameters: { a: statu } }]',
      /did you mean status/,
    ],
    ['templates: [{ event: dossier.changed, channel: zalo, template: "1", language: vi }]', /only Messenger/],
    [`templates: [${'{ event: rating.invite, channel: zalo, template: "1" },'.repeat(101)}]`, /templates/],
    ['quiet: [', /line 1/],
  ])('is refused with a hint: %s', (text, hint) => {
    expect(() => readNoticeRules(text)).toThrow(hint);
  });

  it('fills a template in its order, shortens what is too long and says what is missing', () => {
    const rule = rules.templates[2];
    if (rule === undefined) throw new Error('there is a third template');
    const procedure = 'Thủ tục cấp giấy phép xây dựng công trình nhà ở riêng lẻ tại nông thôn';
    const { parameters, ...rest } = filled(texts, rule, { code: 'H01.14-261101-0004', procedure, applicant: 'x' });
    expect(rest).toEqual({ template: 'dossier_changed', language: 'vi' });
    expect(parameters.map(({ name }) => name)).toEqual(['code', 'procedure', 'due']);
    expect(parameters[0]?.value).toBe('H01.14-261101-0004');
    expect(parameters[1]?.value.length).toBeLessThanOrEqual(40);
    expect(parameters[2]?.value).toBe(texts.format(NOTIFY.noValue));
  });

  it('has words for each state that fit Zalo’s thirty characters', () => {
    const short = Object.entries(NOTIFY).filter(([name]) => name.startsWith('short'));
    expect(short).toHaveLength(10);
    for (const [, key] of short) expect(texts.format(key as typeof NOTIFY.short1).length).toBeLessThanOrEqual(30);
  });
});
