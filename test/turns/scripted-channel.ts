// A platform under the test's control, behind the channel contract: what it answers, what it was sent, and in which order.
import type { OutgoingActivity } from '../../src/channels/activity.js';
import type { Channel, ChannelCall, ChannelLimits, SendOptions, SendResult } from '../../src/channels/channel.js';
import type { ChannelName, LaneId } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';

export interface Sent {
  lane: LaneId;
  text: string;
  ref: string;
}

export type Script = (
  text: string,
  lane: LaneId,
  attempt: number,
  signal: AbortSignal,
) => SendResult | Promise<SendResult>;

const SENT: SendResult = { outcome: 'sent' };
const LIMITS: ChannelLimits = {
  textLength: 2000,
  buttons: 4,
  buttonTitle: 35,
  quickReplies: 4,
  quickReplyTitle: 35,
  payload: 200,
  cards: 4,
  cardTitle: 80,
  cardSubtitle: 80,
  cardButtons: 3,
};

export class ScriptedChannel implements Channel {
  readonly limits = LIMITS;
  readonly sent: Sent[] = [];
  script: Script = () => SENT;
  private readonly attempts = new Map<string, number>();

  constructor(
    readonly name: ChannelName = 'zalo',
    readonly accounts: readonly string[] = ['1'],
  ) {}

  /** Texts sent to a lane, refused ones included. */
  texts(lane: LaneId): string[] {
    return this.sent.filter((one) => one.lane === lane).map(({ text }) => text);
  }

  verify(): { verdict: 'refused'; reason: string } {
    return { verdict: 'refused', reason: 'scripted' };
  }

  parse(): [] {
    return [];
  }

  render(activity: OutgoingActivity): ChannelCall[] {
    return [{ kind: 'message', body: { text: activity.text ?? '' } }];
  }

  async send(lane: LaneId, body: JsonObject, { ref, signal }: SendOptions): Promise<SendResult> {
    const text = String(body.text);
    const attempt = (this.attempts.get(`${ref}:${text}`) ?? 0) + 1;
    this.attempts.set(`${ref}:${text}`, attempt);
    this.sent.push({ lane, text, ref });
    return this.script(text, lane, attempt, signal);
  }

  echoKeys(_lane: LaneId, _body: JsonObject, ref: string): string[] {
    return [`ref:${ref}`];
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}
}
