// How long a topic lasts, and what becomes of facts that belonged to another.
import { type Conversation, newConversation } from '../../src/flows/conversation.js';
import { aged, remembered } from '../../src/flows/topic.js';
import { HOUR, MINUTE } from '../../src/lib/clock.js';
import { Citizen } from './citizen.js';
import { NOW } from './town.js';

const about = (turns: number): Conversation => ({
  ...newConversation(),
  topic: { at: NOW, turns },
  facts: { procedure: '1.001193', aspects: ['fee'], dossier: 'H01.14-261101-0004', office: 'of:1', shown: 'office' },
});

describe('a topic', () => {
  it('grows older with every message', () => {
    expect(aged(about(2), NOW + MINUTE)).toEqual({ ...about(2), topic: { at: NOW, turns: 3 } });
  });

  it.each([
    ['too long ago', about(0), NOW + HOUR + 1],
    ['too many messages ago', about(8), NOW],
  ])('fades when it was spoken of %s; the last dossier stays known', (_when, conversation, now) => {
    expect(aged(conversation, now)).toEqual({ ...newConversation(), facts: { dossier: 'H01.14-261101-0004' } });
  });

  it('of a conversation from before topics had an age is fresh', () => {
    const { topic: _none, ...older } = about(0);
    expect(aged(older, NOW)).toMatchObject({ topic: { at: NOW, turns: 1 }, facts: { procedure: '1.001193' } });
  });
});

describe('the facts', () => {
  it('lose what was asked about another procedure', () => {
    const before = { procedure: '1.001193', aspects: ['fee' as const] };
    expect(remembered(before, { procedure: '1.000894' })).toEqual({ procedure: '1.000894' });
    expect(remembered(before, { procedure: '1.001193' })).toEqual(before);
  });

  it('keep the dossiers before the last one, each once and three at most', () => {
    let facts = remembered({}, { dossier: 'a' });
    for (const dossier of ['b', 'c', 'b', 'd', 'e']) facts = remembered(facts, { dossier });
    expect(facts).toEqual({ dossier: 'e', dossiers: ['d', 'b', 'c'] });
  });
});

it('a fee asked for after a long silence is asked about again', async () => {
  const citizen = new Citizen();
  await citizen.says('khai sinh');
  citizen.now += 2 * HOUR;
  expect(await citizen.says('phí bao nhiêu')).toContain('Bạn hỏi về thủ tục nào?');
});

it('eight messages about nothing of it make a topic fade', async () => {
  const citizen = new Citizen();
  await citizen.says('khai sinh');
  for (let i = 0; i < 8; i++) await citizen.says('cảm ơn');
  expect(await citizen.says('phí bao nhiêu')).toContain('Bạn hỏi về thủ tục nào?');
});
