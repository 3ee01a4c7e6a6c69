// The button below a list that reads its next page.
import { Button } from '@mantine/core';
import type { Pages } from '../api/pages.js';
import { COMMON } from '../texts/common.js';
import classes from './parts.module.css';

export function More({ pages: { more, loadingMore } }: { pages: Pick<Pages<unknown>, 'more' | 'loadingMore'> }) {
  if (more === undefined) return null;
  return (
    <Button variant="subtle" size="xs" onClick={more} loading={loadingMore} className={classes.more}>
      {COMMON.more}
    </Button>
  );
}
