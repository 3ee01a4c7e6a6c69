// What carries a one-time code to a phone. Each way is a file beside this one; which is used is configuration.

export interface OtpMessage {
  /** Ten digits, 0…: the number that somebody claims to have. */
  phone: string;
  /** Six digits. */
  code: string;
  /** The words around the code, ready to send. */
  text: string;
  /** The same for the same try: a gateway that knows such keys sends once. */
  key: string;
}

/** `reason` is a stable code for the operator, without the number. */
export type OtpSent = { result: 'sent' } | { result: 'failed'; reason: string };

export interface OtpSender {
  /** Never rejects; ends within its own time limit, at most 5 s. */
  send(message: OtpMessage, signal: AbortSignal): Promise<OtpSent>;
}

/** Tries one way after the other until a code has left; the reason is the last one's. `onFailure` hears of each that failed. */
export function inTurn(senders: readonly OtpSender[], onFailure: (reason: string) => void): OtpSender | undefined {
  if (senders.length === 0) return undefined;
  return {
    async send(message, signal) {
      let sent: OtpSent = { result: 'failed', reason: 'no-sender' };
      for (const sender of senders) {
        sent = await sender.send(message, signal);
        if (sent.result === 'sent') return sent;
        onFailure(sent.reason);
      }
      return sent;
    },
  };
}
