// The bot's copy of the portal's offices and the search in it. Refreshed when it is old, served old while the portal is down.
import { HOUR, MINUTE, SECOND } from '../../lib/clock.js';
import type { Office, Portal, PortalUnavailable } from '../../portal/portal.js';
import { plainWords } from '../heard.js';

const FRESH_FOR = HOUR;
const RETRY_AFTER = MINUTE;
const REFRESH_TIME = 30 * SECOND;
const MOST_PAGES = 100;

export type OfficesAnswer = { result: 'ok'; offices: OfficeIndex } | PortalUnavailable;

export interface OfficeDirectory {
  /** Asks the portal only when no copy is there yet; never throws. `now` in ms. */
  offices(now: number, signal: AbortSignal): Promise<OfficesAnswer>;
}

export function createOfficeDirectory(portal: Pick<Portal, 'configured' | 'offices'>): OfficeDirectory {
  let index: OfficeIndex | undefined;
  let nextRefresh = 0;
  let refreshing: Promise<PortalUnavailable | undefined> | undefined;

  const refresh = (now: number): Promise<PortalUnavailable | undefined> => {
    refreshing ??= (async () => {
      const loaded = await load(portal, AbortSignal.timeout(REFRESH_TIME));
      nextRefresh = now + (Array.isArray(loaded) ? FRESH_FOR : RETRY_AFTER);
      if (!Array.isArray(loaded)) return loaded;
      index = new OfficeIndex(loaded);
      return undefined;
    })().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };

  return {
    async offices(now, signal) {
      if (!portal.configured) return { result: 'unavailable', reason: 'not-configured' };
      if (index !== undefined) {
        // The old copy answers meanwhile.
        if (now >= nextRefresh) void refresh(now);
        return { result: 'ok', offices: index };
      }
      if (now < nextRefresh) return { result: 'unavailable', reason: 'circuit-open' };
      const trouble = await Promise.race([refresh(now), aborted(signal)]);
      return index === undefined
        ? (trouble ?? { result: 'unavailable', reason: 'bad-answer' })
        : { result: 'ok', offices: index };
    },
  };
}

async function load(portal: Pick<Portal, 'offices'>, signal: AbortSignal): Promise<Office[] | PortalUnavailable> {
  const offices: Office[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const answer = await portal.offices(cursor === undefined ? {} : { cursor }, signal);
    if (answer.result !== 'ok') return answer;
    offices.push(...answer.items);
    cursor = answer.nextCursor;
    if (cursor === undefined) break;
  }
  return offices;
}

function aborted(signal: AbortSignal): Promise<PortalUnavailable> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve({ result: 'unavailable', reason: 'timeout' });
    signal.addEventListener('abort', () => resolve({ result: 'unavailable', reason: 'timeout' }), { once: true });
  });
}

/** Offices by id, and by the words of their names, aliases and communes. */
export class OfficeIndex {
  private readonly byId: ReadonlyMap<string, Office>;
  private readonly words: ReadonlyMap<string, ReadonlySet<number>>;
  private readonly names: readonly string[][];

  constructor(readonly all: readonly Office[]) {
    this.byId = new Map(all.map((office) => [office.id, office]));
    const words = new Map<string, Set<number>>();
    this.names = all.map(({ name, aliases }) => [name, ...aliases].map(plainWords).filter((one) => one !== ''));
    all.forEach(({ name, aliases, commune, agency }, i) => {
      for (const word of new Set(
        plainWords([name, ...aliases, commune, agency].filter(Boolean).join(' ')).split(' '),
      )) {
        const offices = words.get(word);
        if (offices === undefined) words.set(word, new Set([i]));
        else offices.add(i);
      }
    });
    this.words = words;
  }

  get(id: string): Office | undefined {
    return this.byId.get(id);
  }

  /** Offices whose words the question holds, best first; rare words weigh more. Empty when too little of it fits. */
  search(question: string, limit: number): Office[] {
    const asked = ` ${plainWords(question)} `;
    const scores = new Map<number, number>();
    let possible = 0;
    for (const word of new Set(asked.trim().split(' '))) {
      const offices = this.words.get(word);
      if (offices === undefined) continue;
      const weight = Math.log(1 + this.all.length / offices.size);
      possible += weight;
      for (const i of offices) scores.set(i, (scores.get(i) ?? 0) + weight);
    }
    // Whole names and aliases beat scattered words.
    for (const [i, score] of scores) {
      const whole = this.names[i]?.filter((name) => asked.includes(` ${name} `)).map((name) => name.length) ?? [];
      if (whole.length > 0) scores.set(i, score + possible + Math.max(...whole) / 100);
    }
    const best = Math.max(0, ...scores.values());
    return [...scores]
      .filter(([, score]) => score >= possible * ENOUGH && score >= best * CLOSE)
      .sort(([a, x], [b, y]) => y - x || a - b)
      .slice(0, limit)
      .flatMap(([i]) => this.all[i] ?? []);
  }
}

/** Share of the known words in a question that an office must have. */
const ENOUGH = 0.6;
/** How far behind the best an office may be and still be offered. */
const CLOSE = 0.75;
