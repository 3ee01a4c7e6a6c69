// The page "Câu trả lời mẫu".
import { PageHeader } from '../../parts/page-header.js';
import { LoadingState } from '../../parts/states.js';
import { NAV } from '../../texts/shell.js';

export function CannedPage() {
  return (
    <>
      <PageHeader title={NAV.canned} />
      <LoadingState />
    </>
  );
}
