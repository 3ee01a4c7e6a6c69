// The inbox.
import { LoadingState } from '../../parts/states.js';
export function InboxPage(_: { view: string; ticket: string | undefined }) {
  return <LoadingState />;
}
