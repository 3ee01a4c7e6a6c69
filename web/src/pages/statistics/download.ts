// Fetches a file of the API piece by piece, telling how much has arrived, and hands it to the browser to keep.
import type { Problem } from '../../../../src/desk/api.js';
import { ApiError, address, type Query } from '../../api/client.js';

/** Answers the file's name. @throws ApiError, or an AbortError once `signal` aborts. */
export async function download(
  path: string,
  query: Query,
  signal: AbortSignal,
  arrived: (bytes: number) => void,
): Promise<string> {
  const answer = await fetch(address(path, query), { signal, credentials: 'same-origin' }).catch((cause: unknown) => {
    if (signal.aborted) throw cause;
    throw new ApiError('network', 0);
  });
  if (!answer.ok || answer.body === null) {
    const problem = (await answer.json().catch(() => undefined)) as Problem | undefined;
    throw new ApiError(problem?.error ?? `http.${answer.status}`, answer.status, problem?.detail);
  }
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = answer.body.getReader();
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      if (signal.aborted) throw cause;
      throw new ApiError('network', 0);
    });
    if (done) break;
    pieces.push(value);
    bytes += value.byteLength;
    arrived(bytes);
  }
  const name = nameOf(answer.headers.get('content-disposition')) ?? path.slice(path.lastIndexOf('/') + 1);
  keep(new Blob(pieces, { type: answer.headers.get('content-type') ?? 'application/octet-stream' }), name);
  return name;
}

function nameOf(disposition: string | null): string | undefined {
  const match = /filename\*?=(?:UTF-8'')?"?([^";]+)"?/i.exec(disposition ?? '');
  return match?.[1] === undefined ? undefined : decodeURIComponent(match[1]);
}

function keep(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
