// What the command line asks the bench for.

export const SECTIONS = [
  'accept',
  'turns',
  'workers',
  'language',
  'start',
  'loop',
  'notices',
  'desk',
  'scale',
] as const;
export type SectionName = (typeof SECTIONS)[number];

/** Take minutes: only when asked for by name. */
const ON_REQUEST: readonly SectionName[] = ['desk', 'scale'];

export interface Wishes {
  sections: SectionName[];
  /** Everything but what is measured on request. */
  all: boolean;
  json: boolean;
  /** Numbers of stored conversations that `scale` compares, the smaller one first. */
  conversations: readonly [number, number];
}

/** The message says what is known. */
export class UnknownWish extends Error {}

export function wishesOf(args: readonly string[]): Wishes {
  const wishes: Wishes = { sections: [], all: false, json: false, conversations: [100_000, 1_000_000] };
  const rest = [...args];
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const section = SECTIONS.find((name) => name === word);
    if (section !== undefined) wishes.sections.push(section);
    else if (word === '--json') wishes.json = true;
    else if (word === '--conversations') wishes.conversations = numbersIn(rest.shift());
    else
      throw new UnknownWish(
        `${word} is neither a section (${SECTIONS.join(', ')}) nor --json nor --conversations N,N.`,
      );
  }
  if (wishes.sections.length > 0) return wishes;
  return { ...wishes, sections: SECTIONS.filter((name) => !ON_REQUEST.includes(name)), all: true };
}

function numbersIn(text = ''): [number, number] {
  const [few = 0, many = 0] = text.split(',').map(Number);
  if (Number.isInteger(few) && Number.isInteger(many) && few >= 1000 && many > few && many < 10_000_000)
    return [few, many];
  throw new UnknownWish(
    '--conversations wants two numbers from 1,000 to 9,999,999, the smaller one first: 10000,100000.',
  );
}
