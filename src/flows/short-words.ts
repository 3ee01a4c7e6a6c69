// Folded words that name nothing: what short follow-ups are made of beside the words of their topic. Pure.

const SMALL =
  'a ad ak ah anh chi ban bac em e toi minh con chau thi the vay z v nhe nha nhi ha voi cho hoi xin giup gium co can gi j la lam nao nua het nhu ra sao u o roi r ma do day nay kia cai ay no thu tuc hs ho so muon biet phai duoc dc khong ko k chua dau den ve bao nhieu may neu luon cung di mat ton';

/** These and the small words. */
export function shortWords(list: string): ReadonlySet<string> {
  return new Set(`${SMALL} ${list}`.split(' '));
}

/** Whether there is no word that could name something else. */
export function saysOnly(plain: string, known: ReadonlySet<string>): boolean {
  return plain.split(' ').every((word) => word === '' || known.has(word));
}
