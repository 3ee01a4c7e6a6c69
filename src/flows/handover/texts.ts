// Talking to an officer: wording in templates/vi/handover.yaml.
import { declareTexts, type TextFile, text, title } from '../texts.js';

export const HANDOVER = declareTexts('handover', {
  queued: text('code', 'place'),
  next: text(),
  place: text('position'),
  placeFar: text('count'),
  wait: text('minutes'),
  waitLong: text('hours'),
  closedNow: text('code', 'when'),
  closedUnknown: text('code'),
  nobodyNow: text('code', 'when'),
  reopened: text('code', 'place'),
  reopenedAway: text('code', 'when'),
  reopenedUnknown: text('code'),
  still: text('code', 'place'),
  stillAway: text('code', 'when'),
  stillUnknown: text('code'),
  messageKept: text('code', 'when'),
  messageKeptUnknown: text('code'),
  takenDown: text(),
  claimed: text('code'),
  left: text('code'),
  closed: text('code'),
  fellSilent: text('code'),
  backInQueue: text('code'),
  transferred: text('code', 'agency'),
  noMore: title(),
  today: text('part', 'time'),
  tomorrow: text('part', 'time'),
  later: text('weekday', 'date', 'time'),
  hour: text('hour'),
  hourMinute: text('hour', 'minute'),
});

export const HANDOVER_TEXTS: TextFile = { name: 'handover', keys: HANDOVER };
