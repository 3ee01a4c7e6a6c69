// The flows by name, address and intent. Which flows there are stands in flows.ts.

import type { Intent } from '../language/language.js';
import { INTENTS } from '../language/language.js';
import { CodedError } from '../lib/errors.js';
import type { Address, Flow, Place, Step, StepResult, Turn } from './flow.js';
import type { Heard } from './heard.js';

export const PAYLOAD_LENGTH = 200;

export class FlowRegistry {
  private readonly byName: ReadonlyMap<string, Flow>;
  private readonly byIntent: ReadonlyMap<Intent, Flow>;

  /** Throws when an intent has no flow or two, or a name occurs twice: a mistake of the programmer, found at the start. */
  constructor(readonly flows: readonly Flow[]) {
    this.byName = new Map(flows.map((flow) => [flow.name, flow]));
    if (this.byName.size !== flows.length) throw new CodedError('flows.duplicate', 'two flows have the same name');
    const byIntent = new Map<Intent, Flow>();
    for (const flow of flows) {
      for (const intent of Object.keys(flow.intents ?? {}) as Intent[]) {
        if (byIntent.has(intent)) throw new CodedError('flows.intent-twice', `two flows answer the intent ${intent}`);
        byIntent.set(intent, flow);
      }
    }
    const unanswered = INTENTS.filter((intent) => !byIntent.has(intent));
    if (unanswered.length > 0) throw new CodedError('flows.intent-missing', `no flow answers ${unanswered.join(', ')}`);
    this.byIntent = byIntent;
  }

  /** The place a payload leads to; undefined when it is no address of ours or its arguments are refused. */
  resolve(address: Address): Place | undefined {
    if (address.length > PAYLOAD_LENGTH) return undefined;
    const [at = '', ...args] = address.replace(/^#/, '').split(':');
    const step = this.step(at);
    const memory = step?.read(args);
    return memory === undefined ? undefined : { at, v: this.flowOf(at)?.version ?? 0, memory };
  }

  place(at: string, memory: Place['memory']): Place {
    return { at, v: this.flowOf(at)?.version ?? 0, memory };
  }

  flowOf(at: string): Flow | undefined {
    return this.byName.get(at.slice(0, at.indexOf('.')));
  }

  step(at: string): Step | undefined {
    const flow = this.flowOf(at);
    const name = at.slice(at.indexOf('.') + 1);
    return flow !== undefined && Object.hasOwn(flow.steps, name) ? flow.steps[name] : undefined;
  }

  /** The place in today's shape; `outdated` when its conversation must start again, `gone` when the step is no more. */
  today(place: Place): { place: Place; state: 'fresh' | 'outdated' } | 'gone' {
    const flow = this.flowOf(place.at);
    if (flow === undefined) return 'gone';
    const fresh = this.step(place.at) !== undefined;
    if (place.v === flow.version && fresh) return { place, state: 'fresh' };
    const step = place.at.slice(place.at.indexOf('.') + 1);
    const migrated = fresh ? flow.migrate?.(step, place.memory, place.v) : undefined;
    if (migrated !== undefined) return { place: this.place(place.at, migrated), state: 'fresh' };
    const start = this.resolve(`${flow.name}.${flow.start}`);
    return start === undefined ? 'gone' : { place: start, state: 'outdated' };
  }

  get timerNames(): string[] {
    return this.flows.flatMap((flow) => Object.keys(flow.timers ?? {}));
  }

  overhear(turn: Turn, heard: Heard): StepResult | undefined {
    for (const flow of this.flows) {
      const result = flow.overhear?.(turn, heard);
      if (result !== undefined) return result;
    }
    return undefined;
  }

  forIntent(intent: Intent): Flow | undefined {
    return this.byIntent.get(intent);
  }
}
