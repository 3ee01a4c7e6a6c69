// What somebody who waits for staff says about the waiting itself. Pure.
import type { Heard } from '../heard.js';

/** No longer wants to wait. Folded, whole messages. */
const NO_MORE =
  /^(?:(?:thoi|a|da|vay|the) )*(?:(?:em|toi|minh|t|e|chi|anh|co|chu|bac|ban) )?(?:khong|ko|k|hong|khoi|het|chang) (?:can|cho|doi|phien|muon gap|gap|can gap|can cho|can doi)(?: (?:gap|cho|doi|can bo|cb|nhan vien|ai|nua|dau|a|nhe|nha|roi|ban))*$|^huy (?:yeu cau|cho|gap)(?: (?:gap|can bo|cb|nua|giup|di|a|nhe|nha))*$/;

/** Asks when their turn comes. Folded, whole messages. */
const WHEN_MY_TURN =
  /^(?:(?:a|da|oi|the|vay|em|toi|minh) )*(?:(?:bao gio|bao h|khi nao|chung nao|bao lau(?: nua)?|may gio)(?: (?:thi|moi|co|duoc|den|toi))*(?: (?:can bo|nhan vien|nguoi|ai|minh|em|luot))+(?: (?:tra loi|rep|nhan|gap|toi|em|minh))*|(?:sao|gi ma|cho) (?:lau|cham)(?: (?:the|vay|qua|v|nhi))*|lau (?:qua|the|vay)|con (?:bao )?lau(?: nua)?(?: khong)?|(?:khong|ko|k|chua|sao khong|sao chua)(?: thay| co)? ai (?:tra loi|rep|nhan)(?: (?:het|ca|toi|em|minh|vay))*|co ai(?: (?:tra loi|o do|o day|truc))? (?:khong|ko|k)|(?:den|toi) luot (?:toi|em|minh) chua)(?: (?:a|vay|the|nhi|ban|ad|nua))*$/;

export function givesUp({ plain }: Pick<Heard, 'plain'>): boolean {
  return NO_MORE.test(plain);
}

export function asksForTurn({ plain }: Pick<Heard, 'plain'>): boolean {
  return WHEN_MY_TURN.test(plain);
}
