// One event of a citizen → what the bot says and remembers; timers and notices of flows as well.
// Pure but for what the steps ask of their services. Who may speak at all (staff, consent) is decided in bot/.
import type { NoticeBody } from '../turns/turn.js';
import type { Conversation } from './conversation.js';
import type { CitizenBody, StepResult, Turn } from './flow.js';
import { Heard } from './heard.js';
import { flowOf, Talk } from './listening.js';
import type { FlowRegistry } from './registry.js';
import { aged } from './topic.js';
import type { Conversed } from './walk.js';

export async function converse(
  registry: FlowRegistry,
  turn: Turn,
  body: CitizenBody,
  conversation: Conversation,
): Promise<Conversed> {
  const current = aged(conversation, turn.now);
  const talk = new Talk(registry, { ...turn, facts: current.facts }, current);
  switch (body.kind) {
    case 'text':
      await talk.hear(new Heard(body.text, turn.services.language));
      break;
    case 'tap':
      await talk.tap(body.payload, body.title);
      break;
    case 'entry':
      await talk.enter(body.ref);
      break;
    default:
      await talk.attachment(body);
  }
  await talk.leaveMissed();
  return talk.result();
}

/** A timer of a flow that fell due; undefined when no flow has it. */
export async function timerFell(
  registry: FlowRegistry,
  turn: Turn,
  name: string,
  conversation: Conversation,
): Promise<Conversed | undefined> {
  const flow = registry.flows.find(({ timers }) => timers?.[name] !== undefined);
  const fall = flow?.timers?.[name];
  if (flow === undefined || fall === undefined) return undefined;
  const talk = new Talk(registry, turn, conversation);
  const { close, ...result } = await fall(turn);
  // A timer settles no question of another conversation.
  const { open } = conversation;
  const settles = close === true && open !== undefined && flowOf(open) === flow.name;
  talk.take(settles ? { ...result, close } : result);
  return talk.result();
}

/** What a notice comes to; undefined when no flow knows it, or nothing is to be said of it. */
export async function noticeCame(
  registry: FlowRegistry,
  turn: Turn,
  { name, data }: Pick<NoticeBody, 'name' | 'data'>,
): Promise<StepResult | undefined> {
  const tell = registry.flows.map((flow) => flow.notices?.[name]).find((notice) => notice !== undefined);
  return tell?.(turn, data);
}

/** Whether a notice that waited is still to be said. */
export async function stillWanted(
  registry: FlowRegistry,
  turn: Turn,
  { name, data }: Pick<NoticeBody, 'name' | 'data'>,
): Promise<boolean> {
  const asks = registry.flows.map((flow) => flow.wanted?.[name]).find((wanted) => wanted !== undefined);
  return asks === undefined || asks(turn, data);
}

/** The words of a notice in this conversation. */
export function announced(
  registry: FlowRegistry,
  turn: Turn,
  notice: StepResult,
  conversation: Conversation,
): Conversed {
  const talk = new Talk(registry, turn, conversation);
  talk.tell(notice);
  return talk.result();
}
