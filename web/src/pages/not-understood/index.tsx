// The page "Bot chưa hiểu".
import { PageHeader } from '../../parts/page-header.js';
import { LoadingState } from '../../parts/states.js';
import { NAV } from '../../texts/shell.js';

export function NotUnderstoodPage() {
  return (
    <>
      <PageHeader title={NAV['not-understood']} />
      <LoadingState />
    </>
  );
}
