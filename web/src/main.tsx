// Where the desk's pages begin: theme, kept answers, the router's base.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { queryClient } from './api/query-client.js';
import { App } from './app.js';
import { Boundary } from './shell/boundary.js';
import { theme, variables } from './theme.js';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" cssVariablesResolver={variables}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-left" limit={4} />
        <Boundary>
          <Router base="/desk">
            <App />
          </Router>
        </Boundary>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
