// Asks the bot's webhooks whether they are there, the way each platform's console does when an operator saves the address.

/** `refused`: something answered, but not as a webhook of this channel must. `silent`: nothing answered. */
export type Reach = 'reachable' | 'refused' | 'silent';

export interface BotStatus {
  botUrl: string;
  channels: { zalo: Reach; messenger: Reach };
}

export interface ProbeOptions {
  /** Base address of the bot, without a slash at the end. */
  botUrl: string;
  verifyToken: string;
  /** Answers are reused for this long, however many pages ask. */
  keepMs?: number;
}

const DEADLINE_MS = 2_000;
const CHALLENGE = '1158201444';

/** @returns a function that says how things stand now */
export function createBotProbe({ botUrl, verifyToken, keepMs = 1_000 }: ProbeOptions): () => Promise<BotStatus> {
  let kept: { at: number; status: Promise<BotStatus> } | undefined;

  // Zalo's console sends an unsigned empty object and wants 200.
  const zalo = () =>
    reach(
      `${botUrl}/webhooks/zalo`,
      { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } },
      (status) => status === 200,
    );
  const handshake = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.verify_token': verifyToken,
    'hub.challenge': CHALLENGE,
  });
  const messenger = () =>
    reach(`${botUrl}/webhooks/messenger?${handshake}`, {}, (status, body) => status === 200 && body === CHALLENGE);

  const ask = async (): Promise<BotStatus> => {
    const [zaloReach, messengerReach] = await Promise.all([zalo(), messenger()]);
    return { botUrl, channels: { zalo: zaloReach, messenger: messengerReach } };
  };

  return () => {
    const now = Date.now();
    if (!kept || now - kept.at >= keepMs) kept = { at: now, status: ask() };
    return kept.status;
  };
}

async function reach(
  address: string,
  init: RequestInit,
  good: (status: number, body: string) => boolean,
): Promise<Reach> {
  try {
    const answer = await fetch(address, { ...init, redirect: 'manual', signal: AbortSignal.timeout(DEADLINE_MS) });
    return good(answer.status, await answer.text()) ? 'reachable' : 'refused';
  } catch {
    // No connection or no answer in time: for a platform that is the same.
    return 'silent';
  }
}
