// The frame around every page: header, navigation (a drawer on phones), the page itself, and what is known about the connection.
import { Drawer } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, Suspense, useEffect } from 'react';
import { useLocation } from 'wouter';
import { useLiveState } from '../api/live.js';
import { LoadingState } from '../parts/states.js';
import { SHELL } from '../texts/shell.js';
import { Boundary } from './boundary.js';
import { ConnectionBar } from './connection-bar.js';
import { Given } from './given.js';
import { Header } from './header.js';
import { useKeys } from './keys.js';
import { KeysHelp } from './keys-help.js';
import { Navigation } from './navigation.js';
import { viewPath } from './places.js';
import classes from './shell.module.css';

export function Shell({ children }: { children: ReactNode }) {
  const [location, navigate] = useLocation();
  const [menu, { open: openMenu, close: closeMenu }] = useDisclosure(false);
  const [help, { toggle: toggleHelp, close: closeHelp }] = useDisclosure(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new place closes the drawer
  useEffect(closeMenu, [location]);
  useKeys({
    '?': toggleHelp,
    '/': () => {
      const field = document.querySelector<HTMLInputElement>('[data-search]');
      if (field !== null) field.focus();
      else navigate('/search');
    },
    'g w': () => navigate(viewPath('waiting')),
    'g m': () => navigate(viewPath('mine')),
    'g o': () => navigate(viewPath('open')),
    'g b': () => navigate(viewPath('breached')),
  });
  const place = location.split('/')[1] ?? '';
  return (
    <div className={classes.frame} data-live={useLiveState()}>
      <a href="#page" className={classes.skip}>
        {SHELL.skip}
      </a>
      <Header openMenu={openMenu} openHelp={toggleHelp} />
      <nav className={classes.side} aria-label={SHELL.navigation}>
        <Navigation />
      </nav>
      <Drawer opened={menu} onClose={closeMenu} size={270} padding="sm" title={SHELL.navigation} hiddenFrom="sm">
        <Navigation wide />
      </Drawer>
      <main id="page" className={classes.page} tabIndex={-1}>
        <ConnectionBar />
        <Given />
        <div className={classes.content}>
          <Boundary key={place}>
            <Suspense fallback={<LoadingState />}>{children}</Suspense>
          </Boundary>
        </div>
      </main>
      <KeysHelp opened={help} close={closeHelp} />
    </div>
  );
}
