// The newest notices of the portal, each with its date and link.
import { DAY } from '../../lib/clock.js';
import type { NewsItem } from '../../portal/portal.js';
import { vnDate } from '../dates.js';
import type { Flow, Step } from '../flow.js';
import { nothing } from '../flow.js';
import { menuChoice } from '../home/choices.js';
import { say } from '../message.js';
import { shortened } from '../paging.js';
import { serviceFacts } from '../service/texts.js';
import type { Texts } from '../texts.js';
import { declareTexts, text } from '../texts.js';

const NEWS = declareTexts('news', {
  head: text(),
  item: text('title', 'date'),
  itemOf: text('title', 'date', 'agency'),
  nothing: text('portal'),
  unavailable: text('portal'),
});

const SHOWN = 3;
const TITLE = 160;
const SUMMARY = 200;
const NOT_OLDER = 60 * DAY;

const latest: Step = {
  read: nothing,
  async show({ now, signal, services: { texts, portal } }) {
    const { portal: url } = serviceFacts(texts);
    const answer = await portal.news({ since: new Date(now - NOT_OLDER).toISOString() }, signal);
    const menu = [menuChoice(texts)];
    if (answer.result !== 'ok') return { say: [say(texts.format(NEWS.unavailable, { portal: url }), menu)] };
    const items = [...answer.items].sort((a, b) => b.publishedAt - a.publishedAt).slice(0, SHOWN);
    if (items.length === 0) return { say: [say(texts.format(NEWS.nothing, { portal: url }), menu)] };
    return { say: [say([texts.format(NEWS.head), ...items.map((item) => itemText(texts, item))].join('\n\n'), menu)] };
  },
};

function itemText(texts: Texts, { title, summary, url, agency, publishedAt }: NewsItem): string {
  const head = { title: shortened(title, TITLE), date: vnDate(publishedAt) };
  const line = agency ? texts.format(NEWS.itemOf, { ...head, agency }) : texts.format(NEWS.item, head);
  return [line, summary ? shortened(summary, SUMMARY) : undefined, url].filter((part) => part).join('\n');
}

export const newsFlow: Flow = {
  name: 'news',
  version: 1,
  texts: { name: 'news', keys: NEWS },
  start: 'latest',
  steps: { latest },
  intents: { 'news.ask': () => ({ go: 'news.latest' }) },
};
