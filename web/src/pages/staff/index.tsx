// The page "Cán bộ".
import { PageHeader } from '../../parts/page-header.js';
import { LoadingState } from '../../parts/states.js';
import { NAV } from '../../texts/shell.js';

export function StaffPage() {
  return (
    <>
      <PageHeader title={NAV.staff} />
      <LoadingState />
    </>
  );
}
