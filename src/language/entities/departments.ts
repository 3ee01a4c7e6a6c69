// Fields of provincial departments and ministries: how they are said, and whose they are since the mergers of 2025 (planning and investment
// went to finance, environment to agriculture, transport to construction, information to science, labour to home affairs).

/** Folded pattern → today's field. The longer name first where one begins another. */
const FIELDS: readonly (readonly [string, string])[] = [
  ['(?:tai chinh|tc|ke hoach(?: (?:va |& )?dau tu)?|kh (?:va )?dau tu|dau tu)', 'Tài chính'],
  [
    '(?:noi vu|nhan vien|lao dong(?: (?:va )?thuong binh(?: (?:va )?xa hoi)?)?|thuong binh(?: (?:va )?xa hoi)?|ldtb)',
    'Nội vụ',
  ],
  ['tu phap', 'Tư pháp'],
  ['(?:cong thuong|cong ty)', 'Công Thương'],
  ['(?:xay dung|xd|giao thong(?: (?:cong chinh|van tai|vt))?|gt)', 'Xây dựng'],
  ['(?:y te|yt)', 'Y tế'],
  ['(?:giao duc(?: (?:va )?(?:dao tao|dt))?)', 'Giáo dục và Đào tạo'],
  [
    '(?:nong nghiep(?: (?:va )?(?:moi truong|phat trien nong thon|ptnt))?|tai nguyen(?: (?:va )?(?:moi truong|mt))?|moi truong|nn)',
    'Nông nghiệp và Môi trường',
  ],
  ['(?:khoa hoc(?: (?:va )?cong nghe)?|thong tin(?: (?:va )?(?:truyen thong|thong tin|tt))?)', 'Khoa học và Công nghệ'],
  ['(?:van hoa(?: (?:va )?the thao)?(?: (?:va )?du lich)?|vh)', 'Văn hóa, Thể thao và Du lịch'],
  ['ngoai vu', 'Ngoại vụ'],
  ['ngoai giao', 'Ngoại giao'],
  ['quoc phong', 'Quốc phòng'],
  ['(?:dan toc(?: (?:va )?ton giao)?)', 'Dân tộc và Tôn giáo'],
  ['du lich', 'Du lịch'],
  ['quy hoach(?: kien truc)?', 'Quy hoạch - Kiến trúc'],
];

/** One word for a whole department; those that stand in `abbreviations.ts` are written out before they come here. */
const SHORT: Readonly<Record<string, string>> = {
  stc: 'Tài chính',
  snv: 'Nội vụ',
  sldtbxh: 'Nội vụ',
  stp: 'Tư pháp',
  sct: 'Công Thương',
  sxd: 'Xây dựng',
  sgtvt: 'Xây dựng',
  syt: 'Y tế',
  stnmt: 'Nông nghiệp và Môi trường',
  snnmt: 'Nông nghiệp và Môi trường',
  snnptnt: 'Nông nghiệp và Môi trường',
  skhcn: 'Khoa học và Công nghệ',
  stttt: 'Khoa học và Công nghệ',
  svhttdl: 'Văn hóa, Thể thao và Du lịch',
};

const LONG_NAME = new RegExp(`\\b(so|bo) (?:${FIELDS.map(([pattern]) => `(${pattern})`).join('|')})\\b`, 'g');
const SHORT_NAME = new RegExp(`\\b(?:${Object.keys(SHORT).join('|')})\\b`, 'g');
// "số y tá", "bỏ", "sổ" fold to the same letters.
const TYPED = new Set(['sở', 'so', 'bộ', 'bo']);

export interface DepartmentSpan {
  from: number;
  to: number;
  /** "Sở Tài chính". */
  value: string;
}

/** Spans in `text`, the folded words of a message; `typedAt` gives the word with its marks that stands at a position. */
export function findDepartments(text: string, typedAt: (at: number) => string | undefined): DepartmentSpan[] {
  const spans: DepartmentSpan[] = [];
  for (const match of text.matchAll(LONG_NAME)) {
    if (!TYPED.has(typedAt(match.index) ?? '')) continue;
    const field = FIELDS[match.slice(2).findIndex((group) => group !== undefined)]?.[1] ?? '';
    const value = `${match[1] === 'so' ? 'Sở' : 'Bộ'} ${field}`;
    spans.push({ from: match.index, to: match.index + match[0].length, value });
  }
  for (const match of text.matchAll(SHORT_NAME))
    spans.push({ from: match.index, to: match.index + match[0].length, value: `Sở ${SHORT[match[0]]}` });
  return spans;
}
