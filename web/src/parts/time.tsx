// A time that renews itself. Machines and those who hover read it whole.
import { useNow } from './clock.js';
import { ago, dateTime, shortDuration, shortTime } from './format.js';

/** `form`: `ago` (4 phút trước), `short` (14:05 or 20/11), `waiting` (4 phút). */
export function RelativeTime({ at, form = 'ago' }: { at: number; form?: 'ago' | 'short' | 'waiting' }) {
  const young = Math.abs(Date.now() - at) < 60_000;
  const now = useNow(form === 'waiting' && young ? 1_000 : 15_000);
  const text =
    form === 'ago' ? ago(at, now) : form === 'short' ? shortTime(at, now) : shortDuration(Math.max(0, now - at));
  return (
    <time dateTime={new Date(at).toISOString()} title={dateTime(at)}>
      {text}
    </time>
  );
}
