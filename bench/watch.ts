// Looks at a bot from outside: its metrics, and waits for what they tell.
import { until } from './waiting.js';

/** The figure of a metric without labels; 0 when it is not there. */
export async function metric(port: number, name: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const line = (await response.text()).split('\n').find((text) => text.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

export function catalogueSize(port: number): Promise<number> {
  return metric(port, 'mot_cua_catalogue_procedures');
}

/** Resolves when the bot has the sample catalogue. */
export function learned(port: number): Promise<void> {
  return until(async () => (await catalogueSize(port)) > 100, 'the sample catalogue', 60_000, 50);
}
