// A bench process's end of the line to the bench that started it: says where it listens, answers questions, ends with its parent.
import type { AddressInfo, Server } from 'node:net';

export interface Question {
  id: number;
  ask: string;
  with: unknown;
}

export type FromChild = { ready: unknown } | { id: number; answer: unknown } | { id: number; failed: string };

export type Answers = Record<string, (argument: never) => Promise<unknown>>;

export async function listenLocally(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** `ready` goes to the parent at once; the process ends when the parent lets go of it. */
export function serveParent(ready: unknown, answers: Answers): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', ({ id, ask, with: argument }: Question) => {
    const answer = answers[ask];
    const work = answer === undefined ? Promise.reject(new Error(`no answer to ${ask}`)) : answer(argument as never);
    work.then(
      (value) => tell({ id, answer: value }),
      (error: unknown) => tell({ id, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
    );
  });
  tell({ ready });
}

function tell(message: FromChild): void {
  if (process.connected) process.send?.(message);
}
