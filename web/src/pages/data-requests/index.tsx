// The page "Yêu cầu dữ liệu".
import { PageHeader } from '../../parts/page-header.js';
import { LoadingState } from '../../parts/states.js';
import { NAV } from '../../texts/shell.js';

export function DataRequestsPage() {
  return (
    <>
      <PageHeader title={NAV['data-requests']} />
      <LoadingState />
    </>
  );
}
