// The category of a report: suggested from its words and confirmed, or chosen from the list.
import type { Choice, Step, Turn } from '../flow.js';
import { type Heard, plainWords } from '../heard.js';
import { choice, say } from '../message.js';
import { pick } from '../picking.js';
import { suggested } from './categories.js';
import { question } from './form.js';
import { saysNo, saysYes } from './reading.js';
import { added } from './story.js';
import { FEEDBACK_TEXTS as T } from './texts.js';

const LISTED = 2;

export const category = question('category', {
  reminder: T.categoryRemind,
  ask(turn, { content = '' }) {
    const { texts, feedback } = turn.services;
    const [best, ...others] = suggested(feedback.categories, plainWords(content));
    if (best === undefined) return { text: texts.format(T.categoryList), choices: categoryChoices(turn) };
    const choices = [
      choice(texts.format(T.yes), categoryAddress(best.id)),
      ...others.slice(0, LISTED).map(({ id, title }) => choice(title, categoryAddress(id))),
      choice(texts.format(T.otherCategory), 'feedback.categories'),
    ];
    return { text: texts.format(T.category, { category: best.name }), choices };
  },
  answer(turn, heard, draft) {
    const { categories } = turn.services.feedback;
    const [best] = suggested(categories, plainWords(draft.content ?? ''));
    if (best !== undefined && saysYes(heard)) return { draft: { ...draft, category: best.id } };
    const named = pickedCategory(turn, heard);
    if (named !== undefined) return { draft: { ...draft, category: named } };
    if (saysNo(heard)) return { go: 'feedback.categories' };
    return added(turn, heard, draft);
  },
});

function categoryAddress(id: string): string {
  return `feedback.category-is:${id}`;
}

function categoryChoices({ services: { feedback } }: Turn): Choice[] {
  return feedback.categories.map(({ id, title, name }) => choice(title, categoryAddress(id), name));
}

/** A category in the citizen's own few words. */
function pickedCategory({ services: { feedback } }: Turn, { plain }: Heard): string | undefined {
  if (plain.split(' ').length > 6) return undefined;
  const same = feedback.categories.find(({ name, title }) => [plainWords(name), plainWords(title)].includes(plain));
  return (same ?? suggested(feedback.categories, plain)[0])?.id;
}

export const categories: Step = {
  ...category,
  show: (turn) => ({ say: [say(turn.services.texts.format(T.categoryList), categoryChoices(turn))], wait: {} }),
  hear: (turn, heard, memory) => {
    const picked = pick(heard.plain, categoryChoices(turn));
    if (picked === 'out-of-range') return undefined;
    if (picked !== undefined) return { go: picked.picked.payload };
    const id = pickedCategory(turn, heard);
    return id === undefined ? category.hear?.(turn, heard, memory) : { go: categoryAddress(id) };
  },
};
