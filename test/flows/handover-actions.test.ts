// What arrives from the desk in a citizen's lane: read strictly, and what it is to the ticket.
import { eventOf, readTicketAction } from '../../src/flows/handover/actions.js';
import { agencies } from './town.js';

const OF = { ticket: 'HT-7K3F-92', agency: 'mot-cua' };

describe('an action of staff', () => {
  it.each([
    ['ticket.claim', {}, { type: 'claimed', by: 'lan' }],
    ['ticket.assign', { to: 'minh' }, { type: 'assigned', by: 'lan', to: 'minh', supervise: false }],
    ['ticket.release', { supervise: true }, { type: 'released', by: 'lan', supervise: true }],
    ['ticket.reply', { text: 'Chào', card: { procedure: '1' } }, { type: 'replied', by: 'lan' }],
    ['ticket.tag', { tags: ['a'] }, { type: 'tagged', by: 'lan', tags: ['a'] }],
    ['ticket.priority', { priority: 0 }, { type: 'prioritised', by: 'lan', priority: 0, supervise: false }],
    [
      'ticket.close',
      { resolution: 'answered', supervise: false },
      { type: 'closed', by: 'lan', resolution: 'answered', supervise: false },
    ],
  ])('%s is known', (action, data, event) => {
    const read = readTicketAction(action, { ...OF, ...data });
    expect(read).toBeDefined();
    if (read !== undefined) expect(eventOf(read, 'lan', agencies)).toEqual(event);
  });

  it('goes to agencies and teams that there are', () => {
    const to = (data: object) => {
      const read = readTicketAction('ticket.transfer', { ...OF, ...data });
      return read === undefined ? 'unreadable' : eventOf(read, 'lan', agencies);
    };
    expect(to({ toAgency: 'mot-cua', team: 'phan-anh' })).toMatchObject({ type: 'transferred', team: 'phan-anh' });
    expect(to({ toAgency: 'nowhere' })).toBe('unknown-agency');
    expect(to({ toAgency: 'mot-cua', team: 'nobody' })).toBe('unknown-agency');
    expect(to({})).toBe('unreadable');
  });

  it.each([
    ['ticket.explode', {}],
    ['toString', {}],
    ['ticket.claim', { ticket: 7 }],
    ['ticket.claim', { sudo: true }],
    ['ticket.priority', { priority: 9 }],
    ['ticket.close', { resolution: 'gone' }],
    ['ticket.note', { text: '' }],
  ])('%s with %j is not', (action, data) => {
    expect(readTicketAction(action, { ...OF, ...data })).toBeUndefined();
  });
});
