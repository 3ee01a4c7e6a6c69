// A small town for the conversation tests: procedures, dossiers, offices, and fakes for what the flows ask of others.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCategories } from '../../src/flows/feedback/categories.js';
import type { FlowServices } from '../../src/flows/flow.js';
import { TEXT_FILES } from '../../src/flows/flows.js';
import { readAgencies } from '../../src/flows/handover/agencies.js';
import { createHandoverServices } from '../../src/flows/handover/queue-state.js';
import type { HandoverServices } from '../../src/flows/handover/services.js';
import { DEFAULT_RULES } from '../../src/flows/notify/rules.js';
import { createOfficeDirectory } from '../../src/flows/office-contact/directory.js';
import { readQuestionnaire } from '../../src/flows/rating/questionnaire.js';
import { serviceFacts } from '../../src/flows/service/texts.js';
import { loadHelp } from '../../src/flows/service-help/topics.js';
import { readYamlFolder } from '../../src/flows/text-files.js';
import { loadTexts } from '../../src/flows/texts.js';
import { fold } from '../../src/language/fold.js';
import type { Aspect, Entity, Intent, Part, Place, Understanding } from '../../src/language/language.js';
import { DAY } from '../../src/lib/clock.js';
import type { LaneId } from '../../src/lib/ids.js';
import type { JsonObject } from '../../src/lib/json.js';
import { KeyedHash } from '../../src/lib/keyed-hash.js';
import { readWorkingDays } from '../../src/lib/working-days.js';
import { OneTimeCodes } from '../../src/otp/one-time-codes.js';
import type { OtpMessage, OtpSender, OtpSent } from '../../src/otp/sender.js';
import type {
  Dossier,
  DossierAnswer,
  DossiersAnswer,
  FeedbackAnswer,
  FeedbackStatus,
  ListAnswer,
  NewsItem,
  Office,
  Portal,
  PortalReports,
  StatisticsAnswer,
} from '../../src/portal/portal.js';
import type { CounterRule, Counters } from '../../src/records/counters.js';
import type {
  DocumentKind,
  DocumentPage,
  DocumentQuery,
  DocumentRange,
  Documents,
  StoredDocument,
} from '../../src/records/documents.js';
import { DOCUMENT_KINDS } from '../../src/records/kinds.js';
import type { Procedure } from '../../src/records/procedure.js';
import type { RecordChange } from '../../src/records/records.js';
import { documentKey, keyOfMark, keyRange, pageMark } from '../../src/storage/document-keys.js';

/** 9 November 2026, 10:00 in Vietnam. */
export const NOW = Date.UTC(2026, 10, 9, 3);

const root = join(__dirname, '..', '..');
export const texts = loadTexts(readYamlFolder(join(root, 'templates', 'vi')), TEXT_FILES);
export const workingDays = readWorkingDays(readFileSync(join(root, 'calendar', 'vietnam.yaml'), 'utf8'));
export const questionnaire = readQuestionnaire(readFileSync(join(root, 'questionnaires', 'rating.yaml'), 'utf8'));
export const categories = readCategories(readFileSync(join(root, 'intents', 'categories', 'feedback.yaml'), 'utf8'));
export const help = loadHelp(readYamlFolder(join(root, 'help')), serviceFacts(texts));

const birth: Procedure = {
  code: '1.001193',
  name: 'Thủ tục đăng ký khai sinh',
  field: 'Hộ tịch',
  levels: ['commune'],
  onlineLevel: 'full',
  executingAgency: 'Ủy ban nhân dân cấp xã',
  methods: [
    { channel: 'in-person', timeText: '1', feeText: '8 Việt Nam Đồng' },
    { channel: 'online', timeText: '1 Ngày làm việc', feeText: 'Miễn phí(Lệ phí 5.000 đồng khi đăng ký quá hạn)' },
  ],
  cases: [
    {
      documents: [
        { name: 'Tờ khai đăng ký khai sinh', originals: 1, copies: 0, formUrl: 'https://example.test/mau.docx' },
        { name: 'Giấy chứng sinh', originals: 0, copies: 0 },
      ],
    },
  ],
  steps: 'Bước 1: Nộp hồ sơ.\n\nBước 2: Nhận kết quả.',
  results: ['Giấy khai sinh'],
  legalBasis: [],
  url: 'https://example.test/khai-sinh',
  updatedAt: '2026-06-01T00:00:00Z',
};

const residence: Procedure = {
  ...birth,
  code: '1.004222',
  name: 'Đăng ký thường trú',
  field: 'Cư trú',
  onlineLevel: 'partial',
  executingAgency: 'Công an cấp xã',
  methods: [
    { channel: 'in-person', timeText: '7 Ngày làm việc', feeText: '20,000 Việt Nam Đồng', note: 'Nộp tại trụ sở' },
  ],
  cases: Array.from({ length: 6 }, (_, i) => ({
    name: `Trường hợp chỗ ở loại ${i + 1}`,
    documents: [{ name: `Giấy tờ nhà loại ${i + 1}`, originals: 1, copies: 2 }],
  })),
};

const residenceTwo: Procedure = {
  ...residence,
  code: '1.004194',
  name: 'Đăng ký tạm trú',
  cases: [
    { name: 'Thuê nhà', documents: [{ name: 'Hợp đồng thuê', copies: 1 }] },
    { name: 'Ở nhờ', documents: [{ name: 'Văn bản đồng ý', originals: 1 }] },
  ],
};

const long: Procedure = {
  ...birth,
  code: '2.000001',
  name: `Thủ tục rất dài ${'về cấp phép xây dựng công trình '.repeat(30)}`.trim(),
  cases: [
    {
      documents: Array.from({ length: 40 }, (_, i) => ({
        name: `Giấy tờ số ${i + 1} ${'theo quy định của pháp luật hiện hành '.repeat(6)}`.trim(),
        originals: 1,
        copies: 1,
      })),
    },
  ],
};

const bare: Procedure = {
  code: '3.000333',
  name: 'Cấp phiếu lý lịch tư pháp',
  field: 'Tư pháp',
  levels: ['province'],
  onlineLevel: 'information',
  methods: [],
  cases: [],
  results: [],
  legalBasis: [],
  updatedAt: 'unknown',
};

const marriage: Procedure = {
  ...birth,
  code: '1.000894',
  name: 'Thủ tục đăng ký kết hôn',
  methods: [{ channel: 'in-person', timeText: '1 Ngày làm việc', feeText: 'Miễn lệ phí' }],
};

export const procedures = [birth, residence, residenceTwo, marriage, long, bare];

const SEARCH: Record<string, [code: string, score: number][]> = {
  'khai sinh': [['1.001193', 0.95]],
  'thuong tru': [
    ['1.004222', 0.9],
    ['1.004194', 0.3],
  ],
  'tam tru': [['1.004194', 0.9]],
  'cu tru': [
    ['1.004222', 0.5],
    ['1.004194', 0.45],
  ],
  'xay dung': [['2.000001', 0.9]],
  'ly lich': [['3.000333', 0.9]],
  'ket hon': [['1.000894', 0.9]],
  'ho ngheo': [['3.000333', 0.4]],
};

const dossier = (number: number, status: number, more: Partial<Dossier> = {}): Dossier => ({
  code: `H01.14-261101-${String(number).padStart(4, '0')}`,
  procedureCode: '1.001193',
  procedureName: 'Đăng ký khai sinh',
  status,
  statusLabel: 'Nhãn của cổng',
  agency: 'UBND xã Mẫu',
  submittedAt: NOW - 8 * DAY,
  acceptedAt: NOW - 7 * DAY,
  dueAt: NOW + 2 * DAY,
  ...more,
});

/** Dossier n is in state n; 11 is overdue, 12 due today, 13 in a state that the national list does not have. */
export const dossiers: Dossier[] = [
  ...Array.from({ length: 10 }, (_, i) => dossier(i + 1, i + 1)),
  dossier(11, 4, { dueAt: NOW - 3 * DAY }),
  dossier(12, 4, { dueAt: NOW }),
  dossier(13, 17, { statusLabel: 'Chuyển bưu tá' }),
];

export const PROOF = '7391';
const personal: NonNullable<Dossier['personal']> = {
  applicantName: 'Nguyễn Văn An',
  statusReason: 'Thiếu giấy chứng sinh',
  missingDocuments: ['Giấy chứng sinh'],
  fee: { amount: 125000, paid: false, payUrl: 'https://example.test/pay' },
  history: [
    { at: NOW - 7 * DAY, status: 2 },
    { at: NOW - DAY, note: 'Chuyển chuyên viên' },
  ],
};

export const offices: Office[] = [
  {
    id: 'of:1',
    kind: 'one-stop',
    name: 'Trung tâm Phục vụ hành chính công tỉnh',
    aliases: ['hành chính công'],
    address: '1 Đường Mẫu',
    phone: '02963123456',
    hours: '7:30-17:00',
  },
  { id: 'of:2', kind: 'agency', name: 'Sở Xây dựng', aliases: ['sxd'], phone: '02963000001' },
  { id: 'of:3', kind: 'police', name: 'Công an phường Mỹ Bình', aliases: [], commune: 'Mỹ Bình' },
  {
    id: 'of:5',
    kind: 'one-stop',
    name: 'Bộ phận Một cửa phường Mỹ Bình',
    aliases: [],
    commune: 'Mỹ Bình',
    phone: '02963000005',
  },
  { id: 'of:4', kind: 'police', name: 'Công an phường Mỹ Thới', aliases: [], commune: 'Mỹ Thới' },
];

export class FakeCounters implements Counters {
  private readonly hits = new Map<string, Map<string, number>>();
  now = NOW;

  private live(key: string, { windowMs }: CounterRule): Map<string, number> {
    const kept = new Map([...(this.hits.get(key) ?? [])].filter(([, at]) => at > this.now - windowMs));
    this.hits.set(key, kept);
    return kept;
  }

  async take(key: string, rule: CounterRule, hit: string) {
    const hits = this.live(key, rule);
    if (!hits.has(hit) && hits.size >= rule.limit)
      return { allowed: false, left: 0, retryAt: this.now + rule.windowMs };
    hits.set(hit, this.now);
    return { allowed: true, left: rule.limit - hits.size };
  }

  async giveBack(key: string, hit: string) {
    this.hits.get(key)?.delete(hit);
  }

  async peek(key: string, rule: CounterRule) {
    const { size } = this.live(key, rule);
    return { allowed: size < rule.limit, left: Math.max(0, rule.limit - size) };
  }
}

/** Documents as a home keeps them, in memory: put by the record effects of the turns (see Citizen). */
export class FakeDocuments implements Documents {
  private readonly kept = new Map<string, StoredDocument<JsonObject> & { kind: string }>();

  apply(lane: LaneId, change: RecordChange): void {
    if (change.type === 'document') {
      const kind = DOCUMENT_KINDS.find(({ name }) => name === change.kind);
      if (kind === undefined) throw new Error(`no kind of document is called ${change.kind}`);
      const body = kind.body.parse(JSON.parse(JSON.stringify(change.body)));
      this.kept.set(`${change.kind}/${change.id}`, { kind: change.kind, id: change.id, lane, body });
    } else if (change.type === 'document-remove') this.kept.delete(`${change.kind}/${change.id}`);
    else if (change.type === 'contact-forget') {
      const stays = new Set(DOCUMENT_KINDS.filter((kind) => kind.staysWhenForgotten).map(({ name }) => name));
      for (const [key, one] of this.kept) if (one.lane === lane && !stays.has(one.kind)) this.kept.delete(key);
    }
  }

  async get<T extends JsonObject>(kind: DocumentKind<T>, id: string) {
    return this.kept.get(`${kind.name}/${id}`) as unknown as StoredDocument<T> | undefined;
  }

  async find<T extends JsonObject>(kind: DocumentKind<T>, query: DocumentQuery): Promise<DocumentPage<T>> {
    const { from, to } = keyRange(query);
    const valuesOf = kind.indexes[query.index];
    const found = [...this.kept.values()]
      .filter((one) => one.kind === kind.name)
      .flatMap((one) => {
        const values = valuesOf?.(one.body as T, one);
        return values === undefined
          ? []
          : [{ key: documentKey(values, one), one: one as unknown as StoredDocument<T> }];
      })
      .filter(({ key }) => key >= from && key < to)
      .sort((a, b) => (a.key < b.key ? -1 : 1));
    if (query.order === 'down') found.reverse();
    const mark = query.after === undefined ? undefined : keyOfMark(query.after, { from, to });
    const rest =
      mark === undefined ? found : found.filter(({ key }) => (query.order === 'down' ? key < mark : key > mark));
    const page = rest.slice(0, query.limit);
    const last = page.at(-1);
    return {
      documents: page.map(({ one }) => one),
      ...(last === undefined || rest.length <= page.length ? {} : { next: pageMark(last.key) }),
    };
  }

  async count<T extends JsonObject>(kind: DocumentKind<T>, range: DocumentRange, most: number): Promise<number> {
    return (await this.find(kind, { ...range, limit: most })).documents.length;
  }
}

/** Words to intents, first match wins: enough for scripts, no more. */
const INTENT_WORDS: [RegExp, Intent][] = [
  [/^(xin chao|chao)/, 'greet'],
  [/^(tam biet|bye)/, 'goodbye'],
  [/cam on/, 'thanks'],
  [/^(vang|ok|dung roi)$/, 'affirm'],
  [/^(khong|ko)$/, 'deny'],
  [/lam duoc gi|giup duoc gi/, 'bot.capabilities'],
  [/la ai|la bot/, 'bot.identity'],
  [/chay nha|cap cuu/, 'emergency'],
  [/do ngu/, 'insult'],
  [/xoa du lieu|du lieu cua toi|rut dong y|luu gi cua/, 'privacy.request'],
  [/quen mat khau|dang nhap|otp|ky so/, 'portal.help'],
  [/nop phi|bien lai/, 'payment.ask'],
  [/dat lich/, 'appointment.book'],
  [/phan anh cua toi/, 'feedback.track'],
  [/phan anh|gop y/, 'feedback.send'],
  [/danh gia/, 'rating.give'],
  [/can bo that|nguoi that/, 'staff.request'],
  [/thong ke|bao nhieu ho so/, 'statistics.ask'],
  [/tin tuc|thong bao moi/, 'news.ask'],
  [/ngung nhan tin/, 'notify.unsubscribe'],
  [/bao cho toi khi/, 'notify.subscribe'],
  [/dia chi|so dien thoai|gio lam viec/, 'office.contact'],
  [/ho so.*(dau|chua)|ma ho so|tra cuu ho so/, 'dossier.track'],
];
const ASPECT_WORDS: [RegExp, Aspect][] = [
  [/giay to|can gi/, 'documents'],
  [/phi|tien/, 'fee'],
  [/bao lau|may ngay/, 'time'],
  [/nop o dau|o dau/, 'where'],
  [/cac buoc|lam sao/, 'how'],
  [/dieu kien/, 'conditions'],
  [/mau don|to khai/, 'forms'],
  [/online|truc tuyen/, 'online'],
];
const CODE = /\b[GHK]\d{2}(?:\.\d{1,3}){0,4}-\d{6}-\d{3,6}\b/gi;

function entities(text: string): Entity[] {
  const all = (type: Entity['type'], pattern: RegExp, value = (found: string) => found): Entity[] =>
    [...text.matchAll(pattern)].map(({ 0: found, index }) => ({
      type,
      value: value(found),
      text: found,
      start: index,
      end: index + found.length,
    }));
  const codes = all('dossier-code', CODE, (code) => code.toUpperCase());
  const rest = codes.length > 0 ? [] : all('dossier-code-partial', /\bH\d{2}[.\d]*-\d+\b/gi);
  return [
    ...codes,
    ...rest,
    ...all('procedure-code', /\b\d\.\d{6}\b/g),
    ...all('id-number', /\b\d{12}\b/g),
    ...all('phone', /\b0[35789]\d{8}\b/g),
    ...all('agency', /một cửa|công an phường/g),
    ...all('place', /(?:xã|phường) (?:Vĩnh Phú|Long Hòa|An Phú)/gi),
  ];
}

/** Folding NFC text keeps its length, so the places are those of the text. */
function aspectEntities(folded: string): Entity[] {
  return ASPECT_WORDS.flatMap(([words, value]) => {
    const match = words.exec(folded);
    if (match === null) return [];
    const [text] = match;
    return [{ type: 'aspect' as const, value, text, start: match.index, end: match.index + text.length }];
  });
}

export function understand(text: string): Understanding {
  const folded = fold(text);
  const found = [...entities(text), ...aspectEntities(folded)];
  const aspects = ASPECT_WORDS.filter(([words]) => words.test(folded)).map(([, aspect]) => aspect);
  const query =
    Object.keys(SEARCH).find((words) => folded.includes(words)) ?? (/thu tuc .+|^ct\d\d$/.test(folded) ? folded : '');
  const named = INTENT_WORDS.find(([words]) => words.test(folded))?.[1];
  const about =
    (query !== '' && !/^ct/.test(folded)) || aspects.length > 0 || found.some(({ type }) => type === 'procedure-code');
  const coded = found.some(({ type }) => type.startsWith('dossier-code'));
  const intent: Intent = coded ? 'dossier.track' : (named ?? (about ? 'procedure.ask' : 'none'));
  const doubtful = /^hinh nhu|\?\?$/.test(folded);
  return {
    text,
    normalized: text.toLowerCase(),
    restored: text.toLowerCase(),
    intent,
    confidence: doubtful ? 0.4 : 0.95,
    certain: !doubtful,
    alternatives: doubtful ? [{ intent: 'office.contact', confidence: 0.2 }] : [],
    entities: found,
    aspects,
    query,
    parts: parts(text),
  };
}

/** A message is cut at " // ": where real ones are cut is the language's business. */
function parts(text: string): Part[] {
  const questions = text.split(' // ');
  if (questions.length < 2) return [];
  return questions.map((question) => {
    const start = text.indexOf(question);
    const { intent, confidence, certain, entities: own, aspects, query } = understand(question);
    const moved = own.map((entity) => ({ ...entity, start: entity.start + start, end: entity.end + start }));
    return {
      text: question,
      start,
      end: start + question.length,
      intent,
      confidence,
      certain,
      entities: moved,
      aspects,
      query,
    };
  });
}

/** Every dossier but the last was filed with this number. */
export const PHONE = '0912000123';

/** Phones that get what is sent to them, unless the gateway is down. */
export class FakeSms implements OtpSender {
  readonly sent: OtpMessage[] = [];
  down = false;

  async send(message: OtpMessage): Promise<OtpSent> {
    if (this.down) return { result: 'failed', reason: 'network' };
    this.sent.push(message);
    return { result: 'sent' };
  }

  /** The code in the last message. */
  get code(): string {
    return this.sent.at(-1)?.code ?? '';
  }
}

export class FakePortal
  implements
    Pick<Portal, 'configured' | 'dossier' | 'dossiersOf' | 'news' | 'statistics' | 'offices'>,
    Pick<PortalReports, 'feedback'>
{
  configured = true;
  down = false;
  readonly proofs: string[] = [];
  asked = 0;

  async dossier(code: string, proof: string | undefined): Promise<DossierAnswer> {
    this.asked++;
    if (this.down) return { result: 'unavailable', reason: 'timeout' };
    const found = dossiers.find((one) => one.code === code);
    if (found === undefined) return { result: 'not-found' };
    if (proof === undefined) return { result: 'found', dossier: found };
    this.proofs.push(proof);
    return proof === PROOF ? { result: 'found', dossier: { ...found, personal } } : { result: 'proof-mismatch' };
  }

  async dossiersOf(phone: string): Promise<DossiersAnswer> {
    if (this.down) return { result: 'unavailable', reason: 'timeout' };
    return { result: 'ok', items: phone === PHONE ? dossiers.slice(0, -1) : [] };
  }

  async news(): Promise<ListAnswer<NewsItem>> {
    if (this.down) return { result: 'unavailable', reason: 'timeout' };
    const item = { id: '1', title: 'Lịch tiếp công dân', publishedAt: NOW - DAY, url: 'https://example.test/1' };
    return { result: 'ok', items: [item] };
  }

  async statistics(query: { agency?: string; month?: string }): Promise<StatisticsAnswer> {
    if (this.down) return { result: 'unavailable', reason: 'timeout' };
    return { result: 'ok', statistics: { ...query, received: 1200, finished: 1000, onTime: 950 } };
  }

  /** What the portal says of reports, by its own code. */
  readonly reports = new Map<string, FeedbackStatus>();

  async feedback(code: string): Promise<FeedbackAnswer> {
    if (this.down) return { result: 'unavailable', reason: 'timeout' };
    const feedback = this.reports.get(code);
    return feedback === undefined ? { result: 'not-found' } : { result: 'found', feedback };
  }

  async offices(): Promise<ListAnswer<Office>> {
    if (this.down) return { result: 'unavailable', reason: 'timeout' };
    return { result: 'ok', items: offices };
  }
}

const commune = (code: string, name: string, province: string, formerly: string[] = []): Place => ({
  kind: 'commune',
  code,
  name,
  province,
  value: `${name}, ${province}`,
  formerly,
});
/** One that has merged into another, one that has not, and one whose name two provinces have. */
const COMMUNES: readonly (readonly [words: string, Place])[] = [
  ['vinh phu', commune('30001', 'Xã Thoại Sơn', 'An Giang', ['Xã Vĩnh Phú'])],
  ['long hoa', commune('30002', 'Xã Long Hòa', 'An Giang')],
  ['an phu', commune('30003', 'Xã An Phú', 'An Giang')],
  ['an phu', commune('60001', 'Xã An Phú', 'Gia Lai')],
];

function placesNamed(name: string, within = ''): Place[] {
  const folded = fold(name);
  return COMMUNES.filter(([words]) => folded.includes(words))
    .map(([, place]) => place)
    .filter(({ province }) => within === '' || fold(within).includes(fold(province)));
}

export interface Town extends FlowServices {
  portal: FakePortal;
  counters: FakeCounters;
  documents: FakeDocuments;
  sms: FakeSms;
}

export function town(): Town {
  const portal = new FakePortal();
  const sms = new FakeSms();
  return {
    sms,
    otp: new OneTimeCodes([Buffer.alloc(32, 7)], sms),
    texts,
    help,
    language: { understand, placesNamed },
    catalogue: {
      size: () => procedures.length,
      separate: () => undefined,
      search: (query, limit) =>
        (SEARCH[query] ?? []).slice(0, limit).map(([code, score]) => ({ code, score, name: code })),
      get: (code) => procedures.find((one) => one.code === code),
    },
    portal,
    offices: createOfficeDirectory(portal),
    counters: new FakeCounters(),
    documents: new FakeDocuments(),
    records: { contact: async () => undefined, notUnderstoodOf: async () => 0 },
    workingDays,
    questionnaire,
    feedback: { categories, contact: 'required' },
    notices: { rules: DEFAULT_RULES, dossierKeys: new KeyedHash([Buffer.alloc(32, 7)], 'dossier') },
    ratingKeys: new KeyedHash([Buffer.alloc(32, 7)], 'rating'),
    privacyUrl: 'https://bot.example.test/privacy',
  };
}

export const agencies = readAgencies(readFileSync(join(root, 'agencies', 'default.yaml'), 'utf8'), workingDays);

/** The town with a desk; nobody is on duty there unless a test says so. */
export function townWithDesk(): Town & { handover: HandoverServices } {
  const place = town();
  return { ...place, handover: createHandoverServices(agencies, place.documents) };
}
