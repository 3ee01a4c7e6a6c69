// Where a report stands, as a mark with words.
import { Mark, type Tone } from '../../parts/mark.js';
import { statusName } from '../../texts/feedback.js';

const TONES: Readonly<Record<string, Tone>> = {
  answered: 'good',
  published: 'good',
  returned: 'warn',
  reopened: 'warn',
  rejected: 'bad',
  undelivered: 'bad',
};

export function ReportStatus({ status }: { status: string }) {
  return <Mark tone={TONES[status] ?? 'calm'}>{statusName(status)}</Mark>;
}
