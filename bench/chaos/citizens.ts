// Citizens who write all the time, each one text after the other, signed and repeated until the answer is 200, as the platform
// does. What became of their texts is judged in verdict.ts.
import { createHash } from 'node:crypto';
import { pause, Stuck, until } from '../waiting.js';
import type { Chance } from './chance.js';
import type { Stage } from './stage.js';

const CITIZENS = 6;
const REPEAT_AFTER_MS = 25;
const PATIENCE_MS = 120_000;
const WEBHOOK_DEADLINE_MS = 2000;

export interface Written {
  text: string;
  messageId: string;
  /** `performance.now()` at the first try. */
  at: number;
}

export class Citizen {
  /** Texts answered 200 in this round, in order. */
  accepted: Written[] = [];
  /** How many turns the lane must have had before this round. */
  turns = 0;
  private count = 0;

  constructor(readonly user: string) {}

  nextText(): string {
    this.count += 1;
    return `m${this.count}`;
  }
}

export function newCitizens(stageNumber: number): Citizen[] {
  return Array.from({ length: CITIZENS }, (_, index) => new Citizen(`30004000500${stageNumber}600${1000 + index}`));
}

export class Writing {
  private over = false;
  private readonly work: Promise<void>[];
  private failure: unknown;

  constructor(
    private readonly stage: Stage,
    private readonly citizens: readonly Citizen[],
    chance: Chance,
  ) {
    this.work = citizens.map((citizen) =>
      this.write(citizen, chance.child(citizen.user)).catch((error: unknown) => {
        this.failure ??= error;
      }),
    );
  }

  /** Resolves when each citizen had an answer to a text begun after `since`. */
  async answeredSince(since: number): Promise<void> {
    const answered = ({ user, accepted }: Citizen) => {
      const fresh = new Set(accepted.filter(({ at }) => at > since).map(({ text }) => text));
      return this.stage.heard.some((heard) => heard.user === user && fresh.has(heard.text.split(' ')[1] ?? ''));
    };
    await until(
      () => {
        this.check();
        return this.citizens.every(answered);
      },
      'an answer to every citizen',
      90_000,
    );
  }

  /** Everybody ends what they began. */
  async end(): Promise<void> {
    this.over = true;
    await Promise.all(this.work);
    this.check();
  }

  private check(): void {
    if (this.failure !== undefined) throw this.failure;
  }

  private async write(citizen: Citizen, chance: Chance): Promise<void> {
    while (!this.over) {
      const text = citizen.nextText();
      const messageId = `${citizen.user}-${text}`;
      const at = performance.now();
      while (!(await this.post(citizen.user, text, messageId))) {
        if (performance.now() - at > PATIENCE_MS) throw new Stuck('a text was not accepted for two minutes');
        await pause(REPEAT_AFTER_MS);
      }
      citizen.accepted.push({ text, messageId, at });
      await pause(chance.between(10, 90));
    }
  }

  private async post(user: string, text: string, messageId: string): Promise<boolean> {
    const { zalo, webhookUrl } = this.stage;
    const timestamp = String(Date.now());
    const body = JSON.stringify({
      app_id: zalo.appId,
      sender: { id: user },
      user_id_by_app: user,
      recipient: { id: zalo.oaId },
      event_name: 'user_send_text',
      message: { text, msg_id: messageId },
      timestamp,
    });
    const mac = createHash('sha256').update(`${zalo.appId}${body}${timestamp}${zalo.oaSecretKey}`).digest('hex');
    try {
      const answer = await fetch(webhookUrl, {
        method: 'POST',
        body,
        headers: { 'Content-Type': 'application/json', 'X-ZEvent-Signature': `mac=${mac}` },
        signal: AbortSignal.timeout(WEBHOOK_DEADLINE_MS),
      });
      await answer.arrayBuffer();
      return answer.status === 200;
    } catch {
      return false;
    }
  }
}
