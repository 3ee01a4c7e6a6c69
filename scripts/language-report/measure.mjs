// What is right, what is asked back, what is wrong: pure judgement of the bot's answers to graded lines, and the figures of many.

/** The other steps of the procedure lookup ask which one is meant: no answer yet, but no wrong one either. */
const ANSWERING = new Set(['proc.show', 'proc.aspect', 'proc.more']);
/** What an answer means that did not go through an intent (words that work anywhere, what a flow overheard), by its flow. */
const FLOW_INTENTS = {
  emergency: ['emergency'],
  staff: ['staff.request'],
  home: ['bot.capabilities'],
  help: ['portal.help', 'payment.ask'],
  dossier: ['dossier.track'],
  office: ['office.contact'],
};

export const intentsOf = ({ intent }) => [intent].flat();

/** Misses are listed of half the lines only: the other half tells whether mending them helped with what nobody looked at. */
export const isOpen = ({ id }) => Number(id.slice(3)) % 2 === 0;

/** One line judged. `outcome`: `right`, `asked` (the bot asked back or said it did not understand), `wrong`. */
export async function judge(line, bot) {
  const meaning = bot.understand(line.text);
  const answer = await bot.talk().says(line.text);
  const hits = bot.search(line.text);
  const rank = line.accept?.length ? hits.findIndex(({ code }) => line.accept.includes(code)) + 1 : undefined;
  return {
    line,
    meaning,
    answer,
    hits,
    rank,
    intentRight: intentsOf(line).includes(meaning.intent),
    aspectsRight: line.aspects?.every((aspect) => meaning.aspects.includes(aspect)),
    entitiesRight: line.entities?.every(({ type, value }) =>
      meaning.entities.some((entity) => entity.type === type && entity.value === value),
    ),
    outcome: outcomeOf(line, answer),
    /** Asked back, and the right one is among the choices. */
    offered: answer.codes.some((code) => line.accept?.includes(code)),
  };
}

export function asksWhich(place) {
  return place.startsWith('proc.') && !ANSWERING.has(place);
}

function outcomeOf(line, { routed, place, codes, missed }) {
  const wanted = intentsOf(line);
  const flow = place.split('.')[0];
  if (line.flows?.includes(flow)) return 'right';
  if (missed || asksWhich(place)) return wanted.includes('none') && missed ? 'right' : 'asked';
  if (place.startsWith('proc.')) {
    if (codes.some((code) => line.accept?.includes(code))) return 'right';
    return 'wrong';
  }
  const answered = routed.length > 0 ? routed : (FLOW_INTENTS[flow] ?? []);
  return answered.some((intent) => wanted.includes(intent)) ? 'right' : 'wrong';
}

export function figuresOf(judged) {
  const share = (some, all = judged) => (all.length === 0 ? null : all.filter(some).length / all.length);
  const ranked = judged.filter(({ rank }) => rank !== undefined);
  const answered = judged.filter(({ outcome }) => outcome !== 'asked');
  return {
    lines: judged.length,
    intent: share(({ intentRight }) => intentRight),
    certainWrong: share(({ intentRight, meaning }) => !intentRight && meaning.certain),
    right: share(({ outcome }) => outcome === 'right'),
    asked: share(({ outcome }) => outcome === 'asked'),
    offered: share(({ outcome, offered }) => outcome === 'asked' && offered),
    wrong: share(({ outcome }) => outcome === 'wrong'),
    wrongOfAnswered: share(({ outcome }) => outcome === 'wrong', answered),
    ...rankFigures(ranked.map(({ rank }) => rank)),
  };
}

/** `ranks` count from 1; 0 is not found. */
export function rankFigures(ranks) {
  const mean = (worth) =>
    ranks.length === 0 ? null : ranks.reduce((sum, rank) => sum + (rank > 0 ? worth(rank) : 0), 0) / ranks.length;
  const among = (first) => mean((rank) => (rank <= first ? 1 : 0));
  return { ranked: ranks.length, r1: among(1), r3: among(3), r5: among(5), mrr: mean((rank) => 1 / rank) };
}

export function groupedBy(judged, keyOf) {
  const groups = new Map();
  for (const one of judged) {
    const key = keyOf(one);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return Object.fromEntries([...groups].sort().map(([key, some]) => [key, figuresOf(some)]));
}

/** What was taken for what, most often first. */
export function confusionsOf(judged, most) {
  const counts = new Map();
  for (const { line, meaning, intentRight } of judged) {
    if (intentRight) continue;
    const key = `${intentsOf(line)[0]} → ${meaning.intent}`;
    const { lines, certain } = counts.get(key) ?? { lines: 0, certain: 0 };
    counts.set(key, { lines: lines + 1, certain: certain + (meaning.certain ? 1 : 0) });
  }
  return [...counts]
    .map(([taken, count]) => ({ taken, ...count }))
    .sort((a, b) => b.lines - a.lines || b.certain - a.certain || (a.taken < b.taken ? -1 : 1))
    .slice(0, most);
}

/** The misses, those that would mislead a citizen first. */
export function failuresOf(judged, most) {
  const weight = ({ outcome, intentRight, rank }) =>
    (outcome === 'wrong' ? 8 : 0) + (intentRight ? 0 : 4) + (rank === undefined || rank === 1 ? 0 : rank === 0 ? 3 : 1);
  return judged
    .filter((one) => weight(one) > 0)
    .sort((a, b) => weight(b) - weight(a) || (a.line.id < b.line.id ? -1 : 1))
    .slice(0, most);
}

export function describe({ line, meaning, answer, hits, rank, outcome }) {
  const wanted = `${intentsOf(line).join('|')}${line.accept === undefined ? '' : ` [${line.accept.join(',')}]`}`;
  const understood = `${meaning.intent} ${meaning.confidence.toFixed(2)}${meaning.certain ? '' : '?'}`;
  const found = hits.slice(0, 3).map(({ code, score }) => `${code} ${score.toFixed(2)}`);
  const ranked = rank === undefined ? '' : ` · rank ${rank === 0 ? 'none' : rank} of ${found.join(', ')}`;
  const shown = `${answer.place || '–'}${answer.codes.length > 0 ? ` ${answer.codes.join(',')}` : ''}`;
  return `${line.id} ${line.style} · ${outcome} · wanted ${wanted} · understood ${understood} · query “${meaning.query}”${ranked} · showed ${shown}\n    ${line.text}`;
}
