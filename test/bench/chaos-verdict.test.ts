// The judge of `npm run chaos` must notice what it is there for: each kind of damage, and what is none.
import { type Evidence, judge } from '../../bench/chaos/verdict.js';

const USER = '3000400050006001000';

/** Three texts, the fourth to sixth turn of the lane; answered once each, in order, unless told otherwise. */
function judged(more: Partial<Evidence> & { answers?: readonly string[] } = {}) {
  const { answers = ['4 m4', '5 m5', '6 m6'], ...rest } = more;
  return judge({
    user: USER,
    accepted: ['m4', 'm5', 'm6'].map((text) => ({ text, messageId: `${USER}-${text}` })),
    ordered: true,
    heard: answers.map((text, index) => ({ text, at: 1000 + index })),
    letters: [],
    turnsBefore: 3,
    turnsOnRecord: 6,
    ...rest,
  });
}

const CLEAN = { turns: 6, lost: 0, doubled: 0, disordered: 0, repeated: 0, wronglyRepeated: 0, says: [] };
const letter = (text: string, source: 'reply' | 'event', reason: string) => ({
  id: source === 'reply' ? `reply:zalo:2:${USER}-${text}#0` : `event:zalo:2:${USER}-${text}`,
  reason,
});

describe('the judge of the chaos run', () => {
  it('has nothing to say when every text was answered once and in order', () => {
    expect(judged()).toEqual(CLEAN);
  });

  it('calls a text lost that was answered 200 and never again', () => {
    expect(judged({ answers: ['4 m4', '6 m6'] })).toMatchObject({ lost: 1, doubled: 0 });
  });

  it('accepts a reply that stands in the dead letters, and the apology in its place', () => {
    const letters = [letter('m5', 'reply', 'reply.too-old')];
    expect(judged({ answers: ['4 m4', 'TOO LATE', '6 m6'], letters })).toEqual(CLEAN);
  });

  it('does not take the letter of another text for this one', () => {
    const letters = [letter('m55', 'reply', 'reply.too-old')];
    expect(judged({ answers: ['4 m4', '6 m6'], letters })).toMatchObject({ lost: 1 });
  });

  it('counts no turn for an event that stands in the dead letters', () => {
    const letters = [letter('m5', 'event', 'event.process-deaths')];
    const verdict = judged({ answers: ['4 m4', 'SORRY', '5 m6'], letters, turnsOnRecord: 5 });
    expect(verdict).toEqual({ ...CLEAN, turns: 5 });
  });

  it.each([
    ['the counter ran ahead', { answers: ['4 m4', '6 m5', '7 m6'], turnsOnRecord: 6 }],
    ['a text has two numbers', { answers: ['4 m4', '5 m5', '6 m5', '6 m6'], repeatsFrom: 0 }],
    ['the records know more turns than there were', { turnsOnRecord: 7 }],
  ])('calls a turn applied twice when %s', (_, more) => {
    expect(judged(more).doubled).toBeGreaterThan(0);
  });

  it.each([
    ['the counter fell back', { answers: ['4 m4', '4 m5', '5 m6'] }],
    ['the records missed a turn', { turnsOnRecord: 5 }],
  ])('calls a turn lost when %s', (_, more) => {
    expect(judged(more).lost).toBeGreaterThan(0);
  });

  it('notices answers out of order', () => {
    expect(judged({ answers: ['4 m4', '6 m6', '5 m5'] })).toMatchObject({ disordered: 1, lost: 0 });
  });

  it.each([
    ['allows one repeat near a death or an unknown outcome', { repeatsFrom: 500 }, 1, 0],
    ['allows none of an answer that was out before', { repeatsFrom: 1002 }, 1, 1],
    ['allows none where nothing of the kind happened', {}, 1, 1],
  ] as const)('%s', (_, more, repeated, wronglyRepeated) => {
    const answers = ['4 m4', '5 m5', '5 m5', '6 m6'];
    expect(judged({ answers, ...more })).toMatchObject({ repeated, wronglyRepeated, lost: 0, doubled: 0 });
  });

  it('never allows a third time', () => {
    const answers = ['4 m4', '5 m5', '5 m5', '5 m5', '6 m6'];
    expect(judged({ answers, repeatsFrom: 0 })).toMatchObject({ repeated: 2, wronglyRepeated: 1 });
  });

  it('notices an answer to a text of a round before', () => {
    expect(judged({ answers: ['3 m3', '4 m4', '5 m5', '6 m6'] })).toMatchObject({ wronglyRepeated: 1 });
  });

  it('leaves the order of acceptance to the platform where its schedule decides, and still counts the turns', () => {
    expect(judged({ answers: ['4 m6', '5 m4', '6 m5'], ordered: false })).toEqual(CLEAN);
    expect(judged({ answers: ['4 m6', '5 m4', '7 m5'], ordered: false }).doubled).toBe(1);
  });
});
