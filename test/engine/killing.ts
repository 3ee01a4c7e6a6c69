// The crash test of the engine, for any home: a bot that takes real webhooks is killed with -9 at random moments, over
// and over. Nothing accepted is lost, no turn is applied twice, every lane keeps its order.
import { Arena, type ArenaHome } from './arena.js';

const CITIZENS = 8;

interface Citizen {
  user: string;
  /** How many texts were answered 200. */
  accepted: number;
}

/** Kills the bot at random moments while citizens write, then lets it finish. */
async function killing(arena: Arena, kills: number): Promise<Citizen[]> {
  let over = false;
  const citizens = Array.from(
    { length: CITIZENS },
    (_, index): Citizen => ({ user: `300040005000600${1000 + index}`, accepted: 0 }),
  );
  const writing = citizens.map(async (citizen) => {
    while (!over) {
      if (await arena.deliver(citizen.user, `m${citizen.accepted}`, () => over)) citizen.accepted += 1;
    }
  });
  for (let kill = 0; kill < kills; kill += 1) {
    await arena.start();
    await new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 350));
    await arena.kill();
  }
  await arena.start();
  over = true;
  await Promise.all(writing);
  return citizens;
}

export interface KillingPlan {
  arenas: number;
  /** In each arena. */
  kills: number;
  /** A home of its own for each arena. */
  home(index: number): ArenaHome;
}

export function killingTests({ arenas: count, kills, home }: KillingPlan): void {
  let arenas: Arena[] = [];
  const stories: { arena: Arena; citizens: Citizen[]; dead: string[] }[] = [];

  beforeAll(async () => {
    arenas = await Promise.all(Array.from({ length: count }, (_, index) => Arena.open(home(index))));
    await Promise.all(
      arenas.map(async (arena) => {
        const citizens = await killing(arena, kills);
        const { dead } = await arena.settled();
        stories.push({ arena, citizens, dead: dead.map(({ reason }) => reason) });
      }),
    );
  });

  afterAll(async () => {
    for (const arena of arenas) await arena.close();
  });

  it('was really killed that often while it was at work', () => {
    expect(arenas.reduce((sum, arena) => sum + arena.starts - 1, 0)).toBe(count * kills);
    for (const { citizens } of stories)
      for (const { accepted } of citizens) expect(accepted).toBeGreaterThan(kills / 2);
  });

  it('loses no accepted message, applies no turn twice, and keeps the order of every lane', () => {
    let answered = 0;
    let repeated = 0;
    let missing = 0;
    for (const { arena, citizens } of stories) {
      for (const { user, accepted } of citizens) {
        const heard = arena.heard(user);
        const firsts = [...new Set(heard)];
        // The last text may have been accepted without its writer hearing the 200.
        const expected = Array.from({ length: accepted + 1 }, (_, index) => `${index + 1} m${index}`);
        const silent = expected.slice(0, accepted).filter((text) => !firsts.includes(text));
        expect(firsts).toEqual(expected.filter((text) => firsts.includes(text)));
        for (const text of firsts) expect(heard.filter((one) => one === text).length).toBeLessThanOrEqual(2);
        answered += firsts.length;
        repeated += heard.length - firsts.length;
        missing += silent.length;
      }
    }
    const letters = stories.flatMap(({ dead }) => dead);
    // A reply whose fate stayed unknown twice is not sent a third time: it waits for staff, and is accounted for there.
    expect(letters.filter((reason) => reason !== 'reply.unknown-outcome')).toEqual([]);
    expect(missing).toBeLessThanOrEqual(letters.length);
    process.stdout.write(
      `    ${answered} answers over ${arenas.reduce((sum, arena) => sum + arena.starts - 1, 0)} kills: 0 lost, 0 applied twice, ${repeated} repeated, ${letters.length} in the dead letters\n`,
    );
  });
}
