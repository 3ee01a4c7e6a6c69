// The built bot as the report asks it: its language and search, and a whole first turn over the real flows with nothing behind
// them (no portal, no storage). Thresholds are therefore the bot's own. Which answer would be right is measure.mjs.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Catalogue } from '../../dist/src/catalogue/catalogue.js';
import { importProcedureFile } from '../../dist/src/catalogue/import.js';
import { loadSearchData } from '../../dist/src/catalogue/search-data.js';
import { newConversation } from '../../dist/src/flows/conversation.js';
import { converse } from '../../dist/src/flows/converse.js';
import { readCategories } from '../../dist/src/flows/feedback/categories.js';
import { flows, TEXT_FILES } from '../../dist/src/flows/flows.js';
import { DEFAULT_RULES } from '../../dist/src/flows/notify/rules.js';
import { createOfficeDirectory } from '../../dist/src/flows/office-contact/directory.js';
import { readQuestionnaire } from '../../dist/src/flows/rating/questionnaire.js';
import { serviceFacts } from '../../dist/src/flows/service/texts.js';
import { loadHelp } from '../../dist/src/flows/service-help/topics.js';
import { readYamlFolder } from '../../dist/src/flows/text-files.js';
import { loadTexts } from '../../dist/src/flows/texts.js';
import { createLanguage, parseLanguageModel } from '../../dist/src/language/language.js';
import { parseCounts } from '../../dist/src/language/restoration/counts.js';
import { citizenLane, eventId } from '../../dist/src/lib/ids.js';
import { KeyedHash } from '../../dist/src/lib/keyed-hash.js';
import { readWorkingDays } from '../../dist/src/lib/working-days.js';
import { OneTimeCodes } from '../../dist/src/otp/one-time-codes.js';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** The same figures on every day: 21 November 2026, 10:00 in Vietnam. */
const NOW = Date.UTC(2026, 10, 21, 3);
const MOST_HITS = 10;

const nothingBehind = async () => ({ result: 'unavailable', reason: 'off' });
const noPortal = {
  configured: false,
  dossier: nothingBehind,
  news: nothingBehind,
  statistics: nothingBehind,
  offices: nothingBehind,
};
const noLimits = {
  take: async () => ({ allowed: true, left: 1 }),
  giveBack: async () => {},
  peek: async () => ({ allowed: true, left: 1 }),
};

const noDocuments = {
  get: async () => undefined,
  find: async () => ({ documents: [] }),
  count: async () => 0,
};
const noRecords = { contact: async () => undefined, notUnderstoodOf: async () => 0 };

function readModel(name) {
  return JSON.parse(readFileSync(join(ROOT, 'dist', name), 'utf8'));
}

/** `understand` and `search` are those of `npm run understand`; the catalogue is a file of procedures. */
export async function openBot(catalogueFile) {
  const texts = loadTexts(readYamlFolder(join(ROOT, 'templates', 'vi')), TEXT_FILES);
  const searchData = loadSearchData(join(ROOT, 'intents'));
  const { items } = await importProcedureFile(catalogueFile);
  const catalogue = new Catalogue(searchData, parseCounts(readModel('restoration-model.json')));
  await catalogue.load(items);
  await catalogue.close();
  const current = catalogue.current();
  const trained = createLanguage(parseLanguageModel(readModel('intents-model.json')));
  const language = {
    understand: (text) => trained.understand(text, NOW, current.restorer),
    placesNamed: trained.placesNamed,
  };
  const services = {
    texts,
    help: loadHelp(readYamlFolder(join(ROOT, 'help')), serviceFacts(texts)),
    language,
    catalogue: {
      size: () => current.size,
      search: (query, most) => current.search(query, most),
      get: (code) => current.get(code),
      separate: (hits, query) => current.separate(hits, query),
    },
    portal: noPortal,
    offices: createOfficeDirectory(noPortal),
    counters: noLimits,
    documents: noDocuments,
    records: noRecords,
    otp: new OneTimeCodes([Buffer.alloc(32)]),
    workingDays: readWorkingDays(readFileSync(join(ROOT, 'calendar', 'vietnam.yaml'), 'utf8')),
    questionnaire: readQuestionnaire(readFileSync(join(ROOT, 'questionnaires', 'rating.yaml'), 'utf8')),
    notices: { rules: DEFAULT_RULES, dossierKeys: new KeyedHash([Buffer.alloc(32)], 'dossier') },
    feedback: {
      categories: readCategories(readFileSync(join(ROOT, 'intents', 'categories', 'feedback.yaml'), 'utf8')),
      contact: 'optional',
    },
    privacyUrl: 'https://bot.example.test/privacy',
  };

  return {
    procedures: items,
    understand: language.understand,
    search(text) {
      const { query } = language.understand(text);
      return current.search(query === '' ? text : query, MOST_HITS);
    },
    /** A new conversation: what is said and tapped in it goes through the real flows. */
    talk: () => new Talk(services),
  };
}

/**
 * Each message is answered by `{ routed, place, memory, codes, places, missed, topic, choices }`: the intents that a flow answered,
 * the step shown last and what it remembers, the procedures it named, every step shown, whether the bot said that it was not sure,
 * the procedure at hand, and what can be tapped.
 */
class Talk {
  #conversation = newConversation();
  #events = 0;

  constructor(services) {
    this.services = services;
  }

  says(text) {
    return this.#does({ kind: 'text', text, messageId: `m${this.#events}` });
  }

  taps(payload) {
    return this.#does({ kind: 'tap', payload });
  }

  async #does(body) {
    const routed = [];
    const watched = Object.create(flows);
    watched.forIntent = (intent) => {
      routed.push(intent);
      return flows.forIntent(intent);
    };
    const before = this.#conversation;
    const lane = citizenLane({ channel: 'zalo', account: 'oa', user: 'u' });
    const turn = {
      lane,
      eventId: eventId(`${lane}:${++this.#events}`),
      now: NOW,
      mode: 'bot',
      signal: new AbortController().signal,
      facts: before.facts,
      misses: before.misses,
      recordsSettled: async () => {},
      knows: (address) => flows.resolve(address) !== undefined,
      services: this.services,
    };
    const { conversation } = await converse(watched, turn, body, before);
    this.#conversation = conversation;
    // Said in passing: the newest place of the trail is not what was shown.
    const trail = conversation.aside ? [] : conversation.trail;
    const shown = ({ at, memory }) => ({ at, memory, codes: codesIn(memory) });
    const places = trail.filter((place) => !before.trail.includes(place)).map(shown);
    const last = trail.at(-1);
    const { at: place, memory, codes } = last === undefined ? { at: '', memory: {}, codes: [] } : shown(last);
    return {
      routed,
      place,
      memory,
      codes,
      places,
      missed: conversation.misses > before.misses,
      topic: conversation.facts.procedure,
      choices: conversation.choices,
    };
  }
}

/** Steps remember the procedures that they offer each in their own way. */
function codesIn(memory) {
  return JSON.stringify(memory).match(/(?<!\d)\d\.\d{6}(?!\d)/g) ?? [];
}
