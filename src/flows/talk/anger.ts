// Anger that people should hear of: a citizen who complains of how officials treated them. Pure; folded words.
import type { Heard } from '../heard.js';

const OFFICIALS = /\b(?:can bo|cong chuc|vien chuc|chuyen vien|nhan vien|lanh dao|chu tich)\b/;
const TREATED =
  /\b(?:thai do|hach sach|hach dich|nhung nhieu|gay kho(?: de)?|lam kho|kho de|quat|mang|chui|cau gat|vo le|vo van hoa|vo trach nhiem|thieu trach nhiem|coi thuong|khinh|lanh lung|voi tien|voi vinh|doi tien|doi boi duong|hoi lo|lot tay|tu choi tiep|khong chiu tiep|bat di lai)\b/;

export function complainsOfOfficials({ plain }: Heard): boolean {
  return OFFICIALS.test(plain) && TREATED.test(plain);
}
