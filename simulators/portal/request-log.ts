// What was asked of the portal, fit to be shown: the route's pattern and not the path, because a path holds dossier
// codes; no headers and no bodies, because those hold proofs, phones and people's words.

export interface LoggedRequest {
  at: string;
  method: string;
  /** The pattern of the contract, e.g. `/dossiers/{code}`. */
  route: string;
  /** 0 when the connection was cut without an answer. */
  status: number;
  fault?: string;
}

export interface RequestLog {
  add(entry: LoggedRequest): void;
  entries(): readonly LoggedRequest[];
  /** All requests since the start, also those that the log no longer holds. */
  total(): number;
  clear(): void;
}

const KEPT = 500;

export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  let total = 0;
  return {
    add(entry) {
      total += 1;
      entries.push(entry);
      if (entries.length > 2 * KEPT) entries = entries.slice(-KEPT);
    },
    entries: () => entries.slice(-KEPT),
    total: () => total,
    clear() {
      entries = [];
      total = 0;
    },
  };
}
