// How the desk lets something happen and hears of it.
import { DeskActions } from '../../src/desk/actions.js';
import { cannedLane } from '../../src/desk/staff-ids.js';
import { StorageUnavailable } from '../../src/lib/errors.js';
import type { Documents } from '../../src/records/documents.js';
import { outcomeOf } from '../../src/turns/desk-action.js';
import { closeWorkshops, outcome, workshop } from '../turns/workshop.js';

const BY = { user: 'u1', name: 'Lê Hoa' };
const lane = cannedLane('c1');
const unused = { get: async () => undefined } as Pick<Documents, 'get'>;

afterAll(closeWorkshops);

describe('an action of staff', () => {
  it('is done once however often its key comes, with one outcome for all', async () => {
    let turns = 0;
    const shop = await workshop(async (request) => {
      turns += 1;
      return outcome(request, { effects: [outcomeOf(request.event, request.now, 'done', { turn: turns })] });
    });
    const { documents } = shop.home;
    const actions = new DeskActions({ acceptor: shop.engine.acceptor, documents, clock: Date.now });
    const all = await Promise.all([1, 2, 3].map(() => actions.perform(lane, 'x', BY, {}, 'HT-7K3F-92:key')));
    expect(all).toEqual([1, 2, 3].map(() => ({ outcome: 'done', detail: { turn: 1 } })));
    expect(await actions.perform(lane, 'x', BY, {})).toEqual({ outcome: 'done', detail: { turn: 2 } });
    expect(turns).toBe(2);
  });

  it('that nobody decides in time is slow, not lost', async () => {
    const stored: string[] = [];
    const acceptor = { append: async (id: string) => void stored.push(id) };
    const actions = new DeskActions({ acceptor, documents: unused, clock: Date.now, waitMs: 20 });
    expect(await actions.perform(lane, 'x', BY, {}, 'k')).toBe('slow');
    expect(stored).toEqual(['desk:k']);
  });

  it('that could not be stored does not happen, and says so', async () => {
    const full = async () => Promise.reject(new StorageUnavailable('storage.full'));
    const actions = new DeskActions({ acceptor: { append: full }, documents: unused, clock: Date.now });
    await expect(actions.perform(lane, 'x', BY, {})).rejects.toThrow(StorageUnavailable);
  });

  it('waits on while the storage does not answer for a moment', async () => {
    let looks = 0;
    const get = async () => {
      looks += 1;
      if (looks < 3) throw new StorageUnavailable('mongo.down');
      return { id: 'x', lane, body: { outcome: 'ticket.taken', at: 1 } };
    };
    const documents = { get } as unknown as Pick<Documents, 'get'>;
    const actions = new DeskActions({ acceptor: { append: async () => undefined }, documents, clock: Date.now });
    expect(await actions.perform(lane, 'x', BY, {})).toEqual({ outcome: 'ticket.taken' });
  });
});
