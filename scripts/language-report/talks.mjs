// Conversations of several messages and messages of several questions: does the bot keep the topic, does it answer every part?
import { asksWhich } from './measure.mjs';

const MOST_TAPS = 2;

/** Plays a conversation of turns.yaml; resolves to what went wrong, or undefined. */
export async function playTurns({ turns }, bot) {
  const talk = bot.talk();
  for (const turn of turns) {
    let answer = await talk.says(turn.says);
    // Asked "which of these?", a citizen taps the right one; what was asked about it must have been kept.
    for (let taps = 0; taps < MOST_TAPS && asksWhich(answer.place); taps++) {
      const right = answer.choices.find(({ payload }) => turn.procedure?.some((code) => payload.includes(code)));
      if (right === undefined) break;
      answer = await talk.taps(right.payload);
    }
    const wrong = wrongIn(turn, answer);
    if (wrong !== undefined)
      return `“${turn.says}”: ${wrong}, took it for ${answer.routed.join(', ') || (answer.missed ? 'unclear' : 'nothing')}, showed ${answer.place || '–'}`;
  }
  return undefined;
}

function wrongIn({ intent, procedure, aspects, place, asks }, answer) {
  if (intent !== undefined && !intent.some((one) => answer.routed.includes(one)))
    return `wanted ${intent.join('|')}, got ${answer.routed.join(', ') || 'nothing'}`;
  if (procedure !== undefined && !(answer.place.startsWith('proc.') && procedure.includes(answer.topic)))
    return `wanted ${procedure.join('|')}, is at ${answer.topic ?? 'none'}`;
  if (aspects !== undefined && !aspects.every((one) => answer.memory.aspects?.includes(one)))
    return `wanted ${aspects.join(', ')}, got ${answer.memory.aspects?.join(', ') ?? 'the summary'}`;
  if (place !== undefined && !answer.place.startsWith(place)) return `wanted ${place}`;
  if (asks && !answer.missed && answer.place !== 'proc.ask') return 'should have asked back';
  return undefined;
}

/** `understood`: every question of a line of parts.jsonl was seen; `answered`: every one was answered, or asked about. */
export async function judgeParts({ text, parts }, bot) {
  const meaning = bot.understand(text);
  const seen = meaning.parts.length > 0 ? meaning.parts : [meaning];
  const aspectsSeen = seen.flatMap(({ aspects }) => aspects);
  const { routed, places } = await bot.talk().says(text);
  return {
    understood: parts.every(
      ({ intent, aspects = [] }) =>
        seen.some((one) => one.intent === intent) && aspects.every((one) => aspectsSeen.includes(one)),
    ),
    answered: parts.every(({ intent, accept }) =>
      accept === undefined
        ? routed.includes(intent)
        : places.some(({ codes }) => codes.some((code) => accept.includes(code))),
    ),
  };
}
