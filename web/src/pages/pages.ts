// The pages that are loaded when they are first opened, by path. The inbox is not among them: it is what officers see first.
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { PlaceId } from '../shell/places.js';

type LazyPage = LazyExoticComponent<ComponentType>;

export const PAGES: readonly { path: string; place: PlaceId; Page: LazyPage }[] = [
  {
    path: '/search',
    place: 'search',
    Page: lazy(async () => ({ default: (await import('./search/index.js')).SearchPage })),
  },
  {
    path: '/supervision',
    place: 'supervision',
    Page: lazy(async () => ({ default: (await import('./supervision/index.js')).SupervisionPage })),
  },
  {
    path: '/feedback/:code?',
    place: 'feedback',
    Page: lazy(async () => ({ default: (await import('./feedback/index.js')).FeedbackPage })),
  },
  {
    path: '/statistics',
    place: 'statistics',
    Page: lazy(async () => ({ default: (await import('./statistics/index.js')).StatisticsPage })),
  },
  {
    path: '/canned',
    place: 'canned',
    Page: lazy(async () => ({ default: (await import('./canned/index.js')).CannedPage })),
  },
  {
    path: '/not-understood',
    place: 'not-understood',
    Page: lazy(async () => ({ default: (await import('./not-understood/index.js')).NotUnderstoodPage })),
  },
  {
    path: '/dead-letters',
    place: 'dead-letters',
    Page: lazy(async () => ({ default: (await import('./dead-letters/index.js')).DeadLettersPage })),
  },
  {
    path: '/data-requests',
    place: 'data-requests',
    Page: lazy(async () => ({ default: (await import('./data-requests/index.js')).DataRequestsPage })),
  },
  {
    path: '/staff',
    place: 'staff',
    Page: lazy(async () => ({ default: (await import('./staff/index.js')).StaffPage })),
  },
  {
    path: '/audit',
    place: 'audit',
    Page: lazy(async () => ({ default: (await import('./audit/index.js')).AuditPage })),
  },
];
