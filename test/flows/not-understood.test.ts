// What is recorded of a message that was not understood, and the label that a choice gives it.
import { DAY } from '../../src/lib/clock.js';
import type { RecordChange } from '../../src/records/records.js';
import { Citizen } from './citizen.js';
import { NOW } from './town.js';

function recorded(citizen: Citizen): RecordChange[] {
  return citizen.last.effects.flatMap((effect) => (effect.type === 'record' ? [effect.change] : []));
}

describe('a message that was not understood', () => {
  it('is recorded masked, with the guesses and what was offered, for 90 days', async () => {
    const citizen = new Citizen();
    await citizen.says('hình như đặt lịch, số tôi 0912345678');
    expect(recorded(citizen)).toEqual([
      {
        type: 'not-understood',
        record: {
          id: `${citizen.lane}:e1`,
          at: NOW,
          keepUntil: NOW + 90 * DAY,
          what: {
            text: 'hình như đặt lịch, số tôi ••••••••••',
            guesses: [
              { intent: 'appointment.book', confidence: 0.4 },
              { intent: 'office.contact', confidence: 0.2 },
            ],
            offered: ['door.appointment', 'office.ask', 'talk.none'],
          },
        },
      },
    ]);
  });

  it('is cut, however long it is', async () => {
    const citizen = new Citizen();
    await citizen.says('zxcv '.repeat(300));
    const [change] = recorded(citizen);
    expect(change).toMatchObject({ type: 'not-understood', record: { what: { text: 'zxcv '.repeat(60) } } });
  });

  it.each(['tapped', 'picked by number', 'typed'])('gets its meaning from the choice that is %s', async (how) => {
    const citizen = new Citizen();
    await citizen.says('hình như đặt lịch');
    if (how === 'tapped') await citizen.presses('Hỏi địa chỉ, số máy');
    else await citizen.says(how === 'typed' ? 'hoi dia chi so may' : '2');
    expect(recorded(citizen)).toEqual([
      { type: 'not-understood-choice', id: `${citizen.lane}:e1`, chosen: 'office.ask' },
    ]);
  });

  it('gets none from a choice made later', async () => {
    const citizen = new Citizen();
    await citizen.says('hình như đặt lịch');
    await citizen.says('cảm ơn');
    await citizen.taps('office.ask');
    expect(recorded(citizen)).toEqual([]);
  });

  it('leads to the step whose question was open', async () => {
    const citizen = new Citizen();
    await citizen.says('tra cứu hồ sơ');
    await citizen.says('zxcv qwer');
    expect(recorded(citizen)).toMatchObject([{ record: { what: { text: 'zxcv qwer', open: 'dossier.ask' } } }]);
  });

  it('may be one part of several, which is no misunderstanding of the whole', async () => {
    const citizen = new Citizen();
    await citizen.says('khai sinh phí bao nhiêu // zxcv');
    expect(recorded(citizen)).toMatchObject([
      { type: 'not-understood', record: { id: `${citizen.lane}:e1:1`, what: { text: 'zxcv' } } },
    ]);
    expect(await citizen.says('asdf')).toContain('Một Cửa chưa hiểu ý bạn');
  });

  it('is not recorded when everything was understood', async () => {
    const citizen = new Citizen();
    for (const text of ['xin chào', 'khai sinh', 'phí bao nhiêu', 'đồ ngu', 'menu']) {
      await citizen.says(text);
      expect(recorded(citizen)).toEqual([]);
    }
  });
});
