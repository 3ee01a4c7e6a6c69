// The dossiers of a phone number: wording in templates/vi/my-dossiers.yaml.
import { declareTexts, text, title } from '../texts.js';

export const MINE = declareTexts('my-dossiers', {
  ask: text(),
  askReminder: text(),
  numberShape: text(),
  noNumberShared: text(),
  // the one-time code
  sms: text('code', 'minutes'),
  codeSent: text('number', 'minutes'),
  codeReminder: text('number'),
  codeShape: text(),
  codeWrong: text('left'),
  codeExpired: text(),
  codeUnused: text(),
  tooManyCodes: text('province'),
  locked: text('province', 'national'),
  sendFailed: text(),
  // the other way: the code of one dossier and its proof
  byDossier: text('number'),
  byDossierReminder: text(),
  badCode: text(),
  proof: text('code'),
  proofNotPhone: text(),
  proofReminder: text('code'),
  otherNumber: text('code', 'number'),
  // the list
  list: text('number', 'list'),
  listPage: text('number', 'list', 'page', 'pages'),
  listCut: text('most'),
  none: text('number'),
  keptUntil: text('time'),
  forgotten: text(),
  nothingKept: text(),
  // buttons
  resend: title(),
  change: title(),
  useDossier: title(),
  useCode: title(),
  next: title(),
  forget: title(),
  typeCode: title(),
});
