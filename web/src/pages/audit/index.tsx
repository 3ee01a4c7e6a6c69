// The page "Nhật ký".
import { PageHeader } from '../../parts/page-header.js';
import { LoadingState } from '../../parts/states.js';
import { NAV } from '../../texts/shell.js';

export function AuditPage() {
  return (
    <>
      <PageHeader title={NAV.audit} />
      <LoadingState />
    </>
  );
}
