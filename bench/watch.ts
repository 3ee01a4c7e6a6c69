// Looks at a bot from outside: its metrics, its readiness.

/** The figure of a metric without labels; 0 when it is not there. */
export async function metric(port: number, name: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`);
  const line = (await response.text()).split('\n').find((text) => text.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? 0);
}

export function catalogueSize(port: number): Promise<number> {
  return metric(port, 'mot_cua_catalogue_procedures');
}

/** `everyMs`: each look costs the bot some milliseconds where it asks for metrics. */
export async function until(holds: () => Promise<boolean>, everyMs = 20, withinMs = 30_000): Promise<void> {
  const startedAt = performance.now();
  while (!(await holds())) {
    if (performance.now() - startedAt > withinMs) throw new Error('what the bench waits for did not come');
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
