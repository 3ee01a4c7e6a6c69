// The 34 provinces since 2025-07-01, which of the 63 before they were made of (Nghị quyết 202/2025/QH15), and what people call them.
// Communes are the gazetteer's.

export interface Province {
  /** Statistical code, two digits: "91". */
  code: string;
  /** Without its unit word: "An Giang". */
  name: string;
  unit: 'Tỉnh' | 'Thành phố';
  /** Names before the mergers and other ways to say them, its own name left out. */
  known: readonly string[];
}

const TABLE = `
01|Hà Nội*|Hà Tây
04|Cao Bằng
08|Tuyên Quang|Hà Giang
11|Điện Biên
12|Lai Châu
14|Sơn La
15|Lào Cai|Yên Bái
19|Thái Nguyên|Bắc Kạn|Bắc Cạn
20|Lạng Sơn
22|Quảng Ninh
24|Bắc Ninh|Bắc Giang
25|Phú Thọ|Hòa Bình|Vĩnh Phúc
31|Hải Phòng*|Hải Dương
33|Hưng Yên|Thái Bình
37|Ninh Bình|Hà Nam|Nam Định
38|Thanh Hóa
40|Nghệ An
42|Hà Tĩnh
44|Quảng Trị|Quảng Bình
46|Huế*|Thừa Thiên Huế|Thừa Thiên
48|Đà Nẵng*|Quảng Nam
51|Quảng Ngãi|Kon Tum|Kontum|Kông Tum
52|Gia Lai|Bình Định
56|Khánh Hòa|Ninh Thuận
66|Đắk Lắk|Đắc Lắc|Đăk Lăk|Đak Lak|Đắc Lắk|Đắk Lắc|Daklak|Đăklăk|Phú Yên
68|Lâm Đồng|Bình Thuận|Đắk Nông|Đắc Nông|Đăk Nông|Đak Nông|Daknong|Đăknông
75|Đồng Nai|Bình Phước
79|Hồ Chí Minh*|Sài Gòn|Saigon|Sài Thành|Bà Rịa Vũng Tàu|Bà Rịa|Vũng Tàu|BRVT|Bình Dương
80|Tây Ninh|Long An
82|Đồng Tháp|Tiền Giang
86|Vĩnh Long|Bến Tre|Trà Vinh
91|An Giang|Kiên Giang
92|Cần Thơ*|Sóc Trăng|Hậu Giang
96|Cà Mau|Bạc Liêu`;

export const PROVINCES: readonly Province[] = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [code = '', name = '', ...known] = line.split('|');
    return { code, name: name.replace('*', ''), unit: name.endsWith('*') ? 'Thành phố' : 'Tỉnh', known };
  });
