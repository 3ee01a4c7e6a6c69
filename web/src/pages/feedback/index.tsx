// The page "Phản ánh".
import { PageHeader } from '../../parts/page-header.js';
import { LoadingState } from '../../parts/states.js';
import { NAV } from '../../texts/shell.js';

export function FeedbackPage() {
  return (
    <>
      <PageHeader title={NAV.feedback} />
      <LoadingState />
    </>
  );
}
