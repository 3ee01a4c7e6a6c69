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
  private readonly withWord: ReadonlyMap<string, ReadonlySet<number>>;
  /** Each office's names and aliases as ` folded words `. */
  private readonly names: readonly string[][];

  constructor(readonly all: readonly Office[]) {
    this.byId = new Map(all.map((office) => [office.id, office]));
    const withWord = new Map<string, Set<number>>();
    this.names = all.map(({ name, aliases, commune }) =>
      [name, ...aliases, ...(commune === undefined ? [] : [`${name} ${commune}`])].map((one) => ` ${plainWords(one)} `),
    );
    this.names.forEach((names, i) => {
      for (const word of new Set(names.join(' ').split(/ +/))) {
        const offices = withWord.get(word);
        if (offices === undefined) withWord.set(word, new Set([i]));
        else offices.add(i);
      }
    });
    this.withWord = withWord;
  }

  get(id: string): Office | undefined {
    return this.byId.get(id);
  }

  /**
   * Offices that the question names, best first. One counts when the question holds a whole name or alias of it, or shares
   * a run of words with it that covers most of the question: single words ("công", "an") stand in too many names.
   */
  search(question: string, limit: number): Office[] {
    const words = plainWords(question).split(' ').filter(Boolean).slice(0, MOST_WORDS);
    const asked = ` ${words.join(' ')} `;
    const scores = new Map<number, number>();
    for (const i of this.candidates(words)) {
      const score = Math.max(...(this.names[i] ?? []).map((name) => this.fit(name, asked, words)));
      if (score >= ENOUGH) scores.set(i, score);
    }
    const best = Math.max(0, ...scores.values());
    return [...scores]
      .filter(([, score]) => score >= best * CLOSE)
      .sort(([a, x], [b, y]) => y - x || a - b)
      .slice(0, limit)
      .flatMap(([i]) => this.all[i] ?? []);
  }

  private candidates(words: readonly string[]): number[] {
    const shared = new Map<number, number>();
    for (const word of words) {
      const offices = this.withWord.get(word) ?? NONE;
      const weight = rarity(offices, this.all.length);
      for (const i of offices) shared.set(i, (shared.get(i) ?? 0) + weight);
    }
    return [...shared]
      .sort(([, x], [, y]) => y - x)
      .slice(0, CANDIDATES)
      .map(([i]) => i);
  }

  /** 0..1 by the share of the question's words (rare ones weigh more) that the name has, runs of words before strewn ones. */
  private fit(name: string, asked: string, words: readonly string[]): number {
    if (name.trim() !== '' && asked.includes(name)) return 1 + (2 * name.length) / asked.length;
    let all = 0;
    let strewn = 0;
    let inRuns = 0;
    words.forEach((word, i) => {
      const weight = rarity(this.withWord.get(word) ?? NONE, this.all.length);
      all += weight;
      if (!name.includes(` ${word} `)) return;
      strewn += weight;
      const runs = [words[i - 1], words[i + 1]].map((other, j) => (j === 0 ? `${other} ${word}` : `${word} ${other}`));
      if (words.length === 1 || runs.some((run) => name.includes(` ${run} `))) inRuns += weight;
    });
    return all === 0 ? 0 : (0.8 * inRuns + 0.2 * strewn) / all;
  }
}

/** A word that no office has weighs most: it still belongs to what was asked for. */
function rarity(offices: ReadonlySet<number>, total: number): number {
  return Math.log(2 + total / Math.max(1, offices.size));
}

const NONE: ReadonlySet<number> = new Set();
const MOST_WORDS = 24;
const CANDIDATES = 60;
const ENOUGH = 0.5;
/** How far behind the best an office may be and still be offered. */
const CLOSE = 0.8;
