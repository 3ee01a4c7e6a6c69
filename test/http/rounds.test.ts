// Work in rounds of the event loop: everybody gets a turn, in order, and never more than so many at once.
import { Rounds } from '../../src/http/rounds.js';

/** Who had their turn, by round. */
async function taken(callers: number, perRound: number): Promise<number[][]> {
  const seen: number[][] = [[]];
  let left = callers;
  // Before the first turn: a new round begins before anybody's turn in it.
  const newRound = () => {
    seen.push([]);
    if (left > 0) setImmediate(newRound);
  };
  setImmediate(newRound);
  const rounds = new Rounds(perRound);
  const turns = Array.from({ length: callers }, async (_, i) => {
    await rounds.turn();
    seen.at(-1)?.push(i);
    left -= 1;
  });
  await Promise.all(turns);
  return seen.filter((round) => round.length > 0);
}

describe('work in rounds', () => {
  it('gives everybody a turn in the order of calling, so many in a round', async () => {
    const seen = await taken(10, 4);
    expect(seen.flat()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(Math.max(...seen.map((round) => round.length))).toBeLessThanOrEqual(4);
  });

  it('lets a few go at once, now and later', async () => {
    expect(await taken(3, 4)).toEqual([[0, 1, 2]]);
    const rounds = new Rounds(1);
    for (let i = 0; i < 3; i++) {
      await rounds.turn();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  });
});
