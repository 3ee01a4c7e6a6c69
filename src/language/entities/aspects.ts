// What about a procedure is asked (papers, fee, time, …): patterns over the folded words. Words of the procedure itself stay outside a
// pattern, because what an aspect covers is not searched for.
import type { Aspect, Entity } from '../language.js';
import type { FoldedText } from './folded-text.js';
import { findPatterns, type WordPattern } from './word-patterns.js';

const ASPECTS: readonly WordPattern<Aspect>[] = [
  {
    value: 'fee',
    pattern:
      /\b(?:le phi|chi phi|mien phi|muc phi|muc thu|cuoc phi|phi dich vu|(?:het|ton) (?:bao )?nhieu(?: tien)?(?! (?:ngay|lau|thoi|bua|hom))|mat (?:bao )?nhieu(?: tien)?(?! (?:ngay|lau|thoi|bua|hom|giay|lan))|bao nhieu (?:tien|dong|ngan|nghin)|may (?:tien|dong|tram|trieu|chuc)(?= |$)|nhieu tien (?:khong|ko)|(?:dong|nop|tra|thu) (?:bao nhieu|may dong|nhieu tien)|gia (?:bao nhieu|the nao|lam|sao)|ton (?:tien|phi|kem)|mat tien|co mat phi|co ton (?:gi|chi)|(?:co|phai) (?:thu|dong|nop|tra) (?:tien|phi))\b/g,
  },
  {
    value: 'fee',
    pattern: /(?<!mai tang |hoc |kinh |vien |khau |hoi |an )\bphi\b(?! (?:dia|nong|loi|hang|cong|vat|chinh))/g,
    typed: /^(?:phí|phi)$/,
  },
  {
    value: 'time',
    pattern:
      /\b(?:bao lau|may ngay|may hom|may bua|may tuan|may thang|(?:bao )?nhieu (?:ngay|lau|hom|thang|bua)|mat thoi gian|bao gio|chung nao|hoi nao|khi nao (?:thi )?(?:co|xong|lay|nhan|duoc|tra)|(?:luc|ngay|bua|hom) nao (?:thi )?(?:co|xong|lay|nhan|duoc|tra)|thoi gian(?! lam viec| lam them| thu viec)|thoi han(?= |$)(?! (?:su dung|cu tru|hop dong|cua giay))|(?:co )?lau (?:khong|hong|vay)|co lau|nhanh khong|nhanh nhat|som nhat|lay lien|lay ngay|lam nhanh|ngay hen tra)\b/g,
  },
  {
    value: 'forms',
    pattern:
      /\b(?:mau don|mau to khai|to khai(?! hai quan| thue)|bieu mau|don mau|don xin|mau giay|mau nao|mau gi|mau chi|mau so|file mau|mau ct ?\d+|mau don tu|lay mau don|xin mau|tai mau|don tu|don nao|dien don|viet don)(?: (?:o (?:dau|mo)|cho nao))?\b/g,
  },
  {
    value: 'forms',
    pattern:
      /\b(?:tai|download|down|lay|in|xin|mua|kiem|tim)(?: (?:cai|to|cac|file|ve))? (?:mau|don|to khai|to don|file)\b(?! (?:vi|gian|phuong|tu lai|than|cho))(?: (?:don|to khai|word|nay|do))?(?: (?:o |cho )?(?:dau|mo|nao))?\b/g,
    typed: /^(?!tại|tài|lây|tím)/,
  },
  {
    value: 'where',
    pattern:
      /\b(?:o dau|o mo|tai dau|cho nao|cho mo|noi nao|noi nop|noi (?:tiep nhan|nhan ho so)|nop (?:o |tai )?(?:dau|mo)|(?:den|di|ra|len|toi|qua|lam) dau|dau nop|(?:co quan|don vi|phong|bo phan|cua|phuong|xa) nao|co quan gi|nop cho ai|gap ai|ai (?:tiep nhan|giai quyet)|dia diem|o cho nao|cap nao|(?:xa|phuong|huyen|tinh|cong an) hay (?:len |ra |o |la )?(?:xa|phuong|huyen|tinh|cong an))\b/g,
    typed: /^(?!nhỏ|tôi đầu|cứa)/,
  },
  {
    value: 'online',
    pattern:
      /\b(?:online|onl|on line|truc tuyen|qua mang|tren mang|(?:nop|lam|dang ky|gui) mang|(?:qua|tren|bang) (?:(?:ung dung|dien thoai|internet|trang web|zalo|may tinh)(?: vneid)?|vneid)|cong dich vu cong|dich vu cong(?: quoc gia)?|(?:lam|nop|dang ky) (?:tai|o) nha|ngoi (?:o )?nha|toan trinh|(?:khong|khoi|ko)(?: can| phai)? (?:den|len|ra|toi) (?:truc tiep|tan noi|noi|co quan|xa|phuong))\b/g,
  },
  {
    value: 'documents',
    pattern:
      /\b(?:giay to(?: gi| nao| chi| can thiet| kem theo)?|thanh phan ho so|ho so (?:gom|bao gom|can|nhung|gi|co nhung|phai co|nhu the nao)|can (?:nhung |cac )?(?:gi|giay(?: to)?(?: gi| nao| chi)?|j)|can (?:phai )?(?:co |mang |dem |nop |chuan bi )+(?:theo )?(?:nhung |cac )?(?:gi|chi|giay|loai|ho so)|chuan bi|gom (?:nhung )?(?:gi|chi)|bao gom|(?:mang|dem|cam) (?:theo )?(?:nhung )?(?:gi|chi)|mang theo|can nhung|nop nhung (?:gi|chi)|nop gi|giay gi|giay chi|nhung giay|(?:may|bao nhieu|nhung) loai giay|(?:may|bao nhieu) bo(?: ho so)?|phai co gi|can co gi|thieu (?:giay )?gi|co can(?= (?:giay|ban|anh|so|the|cong chung|chung thuc|sao y|photo|ho khau)))\b/g,
    typed: /^(?!.* chị$)/,
  },
  // "cần chi" (what is needed, in the centre) but not "cần chị giúp".
  {
    value: 'documents',
    pattern: /\bcan (?:nhung )?chi\b(?! (?:giup|oi|a|huong|tu|cho|chi|xem|tiet|tra))/g,
    typed: / chi$/,
  },
  {
    value: 'conditions',
    pattern:
      /\b(?:(?<!du )dieu kien(?= (?:gi|nao|chi|de|nhu|ra|la|can|duoc|nhan|mua|huong|lam|vay|va)|$)|can dieu kien|(?:co )?du dieu kien (?:khong|chua|de)|co bat buoc|bat buoc (?:khong|phai)|yeu cau (?:gi|nao)|ai (?:lam |xin |dang ky |moi )?duoc|doi tuong nao|nhung ai|truong hop nao|(?:bao nhieu|may) tuoi|tieu chuan (?:gi|nao)|co duoc(?=(?: \w+){1,6} khong)|co can phai(?=(?: \w+){1,5} khong)|duoc phep khong)\b/g,
    typed: /^(?!ái|ải)/,
  },
  {
    value: 'how',
    pattern:
      /\b(?:lam sao|lam rang|bang cach nao|cach nao|cach thuc|cach (?:lam|nop|dang ky|xin|thuc hien|doi|cap|khai)|lam kieu (?:gi|nao|chi)|nhu the nao|the nao|nhu nao|ra sao|quy trinh|cac buoc|trinh tu|may buoc|lam the nao|(?:phai |can )?lam (?:gi|chi)|huong dan(?! vien)|bat dau tu dau|tien hanh|khong biet lam)\b/g,
    typed: /^(?!.* chị$)/,
  },
];

export function findAspects(message: string, folded: FoldedText): Entity[] {
  return findPatterns(message, folded, ASPECTS, 'aspect');
}
