// Help about the service itself: the topic that the words name, or a list to choose from. The answers stand in help/*.yaml.
import type { Choice, Flow, Step, StepResult, Turn } from '../flow.js';
import { nothing } from '../flow.js';
import type { Heard } from '../heard.js';
import { menuChoice, staffChoice } from '../home/choices.js';
import { choice, say } from '../message.js';
import { declareTexts, text } from '../texts.js';
import type { HelpTopic, HelpTopics } from './topics.js';

const HELP = declareTexts('service-help', {
  list: text('list'),
  line: text('n', 'title'),
});

/** The topic for "how do I pay?" when no other fits better. */
const PAYMENT = 'nop-phi';
const RELATED = 2;

const topic: Step<{ id: string }> = {
  read: ([id]) => (id === undefined || id === '' ? undefined : { id }),
  show({ services: { texts, help } }, { id }) {
    const found = help.get(id);
    if (found === undefined) return { go: 'help.list' };
    const related = found.related.slice(0, RELATED).map((other) => help.get(other));
    const choices = related.filter((one) => one !== undefined).map(toChoice);
    return { say: [say(found.answer, [...choices, staffChoice(texts), menuChoice(texts)])] };
  },
};

function toChoice({ id, title }: HelpTopic): Choice {
  return choice(title, `help.topic:${id}`);
}

const list: Step = {
  read: nothing,
  show({ services: { texts, help } }) {
    const pick = help.all.map(toChoice);
    const lines = pick.map((one, i) => texts.format(HELP.line, { n: i + 1, title: one.title }));
    // A handful as buttons, all by number.
    return {
      say: [say(texts.format(HELP.list, { list: lines.join('\n') }), [...pick.slice(0, 3), menuChoice(texts)])],
      pick,
    };
  },
};

const payment: Step = {
  read: nothing,
  show: ({ services: { help } }) => ({ go: topicAddress(help, PAYMENT) }),
};

function topicAddress(help: HelpTopics, id: string): string {
  return help.get(id) === undefined ? 'help.list' : `help.topic:${id}`;
}

function asked(fallback: (help: HelpTopics) => string) {
  return ({ services: { help } }: Turn, heard: Heard): StepResult => {
    const found = help.match(heard.text) ?? help.match(heard.meaning.normalized);
    return { go: found === undefined ? fallback(help) : `help.topic:${found.id}` };
  };
}

/** A message longer than this has more in it than the phrase. */
const LONGEST_NAMED = 100;

function overhear({ services: { help } }: Turn, heard: Heard): StepResult | undefined {
  const found = heard.text.length > LONGEST_NAMED ? undefined : help.named(heard.text);
  return found === undefined ? undefined : { go: `help.topic:${found.id}` };
}

export const serviceHelpFlow: Flow = {
  name: 'help',
  version: 1,
  texts: { name: 'service-help', keys: HELP },
  start: 'list',
  steps: { topic, list, payment },
  intents: {
    'portal.help': asked(() => 'help.list'),
    'payment.ask': asked((help) => topicAddress(help, PAYMENT)),
  },
  overhear,
};
