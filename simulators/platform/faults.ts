// Switches that make a simulated platform misbehave towards the bot's calls. What goes wrong with webhooks is in twists.ts.
import { z } from 'zod';

/**
 * - `disconnect`: the connection breaks, nothing was accepted.
 * - `unavailable`, `badGateway`, `tooMany`, `garbage`: 503 empty, 502 HTML, 429, 200 with something that is not JSON; nothing was accepted.
 * - `rateLimited`, `tokenExpired`, `refuse`: the platform's own error body.
 * - `slow`: handled only after `ms`. `lateAnswer`: handled at once, answered after `ms` (both on the simulator's clock).
 * - `resetAfter`, `silentAfter`: accepted, then the connection breaks, or the answer never comes. The outcome is unknown to the bot.
 * - `emptyData`: accepted, but `data` of the answer is empty (Zalo uploads).
 */
const action = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('disconnect') }),
  z.object({ kind: z.literal('unavailable') }),
  z.object({ kind: z.literal('badGateway') }),
  z.object({ kind: z.literal('tooMany') }),
  z.object({ kind: z.literal('garbage') }),
  z.object({ kind: z.literal('rateLimited') }),
  z.object({ kind: z.literal('tokenExpired') }),
  z.object({ kind: z.literal('refuse'), code: z.number().int(), subcode: z.number().int().optional() }),
  z.object({ kind: z.literal('slow'), ms: z.number().int().min(0) }),
  z.object({ kind: z.literal('lateAnswer'), ms: z.number().int().min(0) }),
  z.object({ kind: z.literal('resetAfter') }),
  z.object({ kind: z.literal('silentAfter') }),
  z.object({ kind: z.literal('emptyData') }),
]);

export const faultSchema = z.object({
  action,
  /** Only calls whose path contains this. */
  path: z.string().max(200).optional(),
  /** Only calls whose body contains this, for example a user id. */
  bodyIncludes: z.string().max(200).optional(),
  /** Matching calls that pass unharmed before the fault starts. */
  skip: z.number().int().min(0).default(0),
  /** How many calls are hit; null means until the fault is cleared. */
  times: z.number().int().min(1).nullable().default(1),
});

export type FaultAction = z.output<typeof action>;
export type Fault = z.output<typeof faultSchema>;

export class FaultSwitches {
  #faults: Fault[] = [];

  /** @example sim.faults.add({ action: { kind: 'resetAfter' }, path: '/message/cs' }) */
  add(fault: z.input<typeof faultSchema>): void {
    this.#faults.push(faultSchema.parse(fault));
  }

  clear(): void {
    this.#faults = [];
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  /** The fault that hits this call, if any; counts it. */
  take(path: string, body: Buffer): FaultAction | undefined {
    if (this.#faults.length === 0) return undefined;
    for (const fault of this.#faults) {
      if (fault.path !== undefined && !path.includes(fault.path)) continue;
      if (fault.bodyIncludes !== undefined && !body.includes(fault.bodyIncludes)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      if (fault.times !== null) {
        fault.times -= 1;
        if (fault.times === 0) this.#faults = this.#faults.filter((other) => other !== fault);
      }
      return fault.action;
    }
    return undefined;
  }
}
