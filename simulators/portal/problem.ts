// The portal's refusals: an HTTP status with the contract's Problem body. Answers that succeed are in reply.ts.

/** What a handler throws when it refuses; the server turns it into `{code, message}`. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'Problem';
  }
}

export function notFound(what: string): Problem {
  return new Problem(404, 'not-found', `${what} is not known to this portal`);
}

export function badRequest(code: string, message: string): Problem {
  return new Problem(400, code, message);
}
