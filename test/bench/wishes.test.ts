// What the bench's command line means, and how the load walks through its citizens.
import { userOf } from '../../bench/load-run.js';
import { UnknownWish, wishesOf } from '../../bench/wishes.js';

describe('the command line of the bench', () => {
  it('asks for everything but scale when no section is named', () => {
    expect(wishesOf(['--json'])).toEqual({
      sections: ['accept', 'turns', 'workers', 'language', 'start', 'loop', 'notices'],
      all: true,
      json: true,
      conversations: [100_000, 1_000_000],
    });
  });

  it('runs the named sections only, with the given numbers of conversations', () => {
    expect(wishesOf(['scale', '--conversations', '5000,20000'])).toMatchObject({
      sections: ['scale'],
      all: false,
      conversations: [5_000, 20_000],
    });
  });

  it.each([
    [['turn'], 'turn is neither a section'],
    [['scale', '--conversations'], '--conversations wants two numbers'],
    [['scale', '--conversations', '9000,5000'], '--conversations wants two numbers'],
  ])('is refused with what it may be: %j', (args, message) => {
    expect(() => wishesOf(args)).toThrow(UnknownWish);
    expect(() => wishesOf(args)).toThrow(message);
  });
});

describe('the load', () => {
  it('goes round all citizens in order unless told otherwise', () => {
    expect([0, 1, 2, 3].map((index) => userOf({ users: 3 }, index))).toEqual([0, 1, 2, 0]);
  });

  it('meets each citizen of a walk once before any twice, also over several runs', () => {
    const users = 1000;
    const met = [0, 400, 800].flatMap((from) =>
      Array.from({ length: from === 800 ? 200 : 400 }, (_, index) =>
        userOf({ users, walk: { from, step: 7_368_787 } }, index),
      ),
    );
    expect(new Set(met).size).toBe(users);
  });
});
