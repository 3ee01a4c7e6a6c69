// Acting as a citizen and waiting for what the bot says to it, on either home.
import { until } from '../storage/until.js';
import type { Citizen } from './stage.js';

/** With several machines in between, "quiet" may come before the answer: it is waited for. */
export async function heardAfter(citizen: Citizen, act: () => Promise<string>): Promise<string> {
  const before = citizen.heard.length;
  await act();
  await until(() => citizen.heard.length > before, 'an answer', 15_000);
  await citizen.stage.quiet();
  return citizen.heard
    .slice(before)
    .map(({ text }) => text)
    .join('\n\n');
}

export const say = (citizen: Citizen, text: string) => heardAfter(citizen, () => citizen.say(text));
export const tap = (citizen: Citizen, title: string) => heardAfter(citizen, () => citizen.tap(title));
