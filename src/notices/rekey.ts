// After DATA_KEY changed: subscriptions are found under hashes made with it, so each lane is asked to write its own anew. Until it
// has, it is found under the key before.
import { SUBSCRIPTION_REKEYED } from '../flows/notify/subscriptions.js';
import type { Clock } from '../lib/clock.js';
import { eventId } from '../lib/ids.js';
import type { KeyedHash } from '../lib/keyed-hash.js';
import { laneDigest } from '../lib/log.js';
import type { Documents } from '../records/documents.js';
import { SUBSCRIPTION } from '../records/subscription.js';
import type { Acceptor } from '../turns/accept.js';

const PAGE = 200;

export interface RekeyOptions {
  documents: Pick<Documents, 'find'>;
  dossierKeys: Pick<KeyedHash, 'current'>;
  acceptor: Pick<Acceptor, 'append'>;
  clock: Clock;
}

/** Returns how many lanes were asked; asking one twice changes nothing. */
export async function rekeySubscriptions({ documents, dossierKeys, acceptor, clock }: RekeyOptions): Promise<number> {
  let asked = 0;
  let after: string | undefined;
  do {
    const from = after === undefined ? {} : { after };
    const page = await documents.find(SUBSCRIPTION, { index: 'dossier', limit: PAGE, ...from });
    for (const { lane, body } of page.documents) {
      const key = dossierKeys.current(body.code);
      if (key === body.key) continue;
      const data = { code: body.code };
      await acceptor.append(eventId(`rekey:${laneDigest(lane)}:${key}#0`), lane, clock(), {
        kind: 'notice',
        name: SUBSCRIPTION_REKEYED,
        data,
      });
      asked += 1;
    }
    after = page.next;
  } while (after !== undefined);
  return asked;
}
