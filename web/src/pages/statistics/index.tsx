// The page "Thống kê".
import { PageHeader } from '../../parts/page-header.js';
import { LoadingState } from '../../parts/states.js';
import { NAV } from '../../texts/shell.js';

export function StatisticsPage() {
  return (
    <>
      <PageHeader title={NAV.statistics} />
      <LoadingState />
    </>
  );
}
