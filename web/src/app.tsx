// Who sees what: the sign-in, the forced change of a password, or the desk with its pages.
import { Redirect, Route, Switch } from 'wouter';
import { AgencyProvider } from './api/agency.js';
import { LiveProvider } from './api/live.js';
import { useCan, useSession } from './api/session.js';
import { PasswordPage } from './pages/account/password.js';
import { SignInPage } from './pages/account/sign-in.js';
import { InboxPage } from './pages/inbox/index.js';
import { PAGES } from './pages/pages.js';
import { ErrorState, LoadingState } from './parts/states.js';
import { KeysProvider } from './shell/keys.js';
import { NoPage } from './shell/no-page.js';
import { homeOf, isAllowed, VIEW_PATHS, viewPath } from './shell/places.js';
import { Shell } from './shell/shell.js';

export function App() {
  const session = useSession();
  if (session.data === undefined) {
    return session.isError ? (
      <ErrorState error={session.error} retry={() => void session.refetch()} />
    ) : (
      <LoadingState />
    );
  }
  if (session.data === null) return <SignInPage />;
  if (session.data.mustChange) return <PasswordPage forced />;
  return (
    <AgencyProvider>
      <LiveProvider>
        <KeysProvider>
          <Desk />
        </KeysProvider>
      </LiveProvider>
    </AgencyProvider>
  );
}

function Desk() {
  const can = useCan();
  return (
    <Shell>
      <Switch>
        <Route path={VIEW_PATHS}>
          {({ view, ticket }: { view?: string; ticket?: string }) =>
            can('tickets.read') ? <InboxPage view={view} ticket={ticket} /> : <NoPage />
          }
        </Route>
        <Route path="/tickets/:ticket">
          {({ ticket }: { ticket: string }) => <Redirect to={viewPath('mine', ticket)} replace />}
        </Route>
        <Route path="/password">
          <PasswordPage />
        </Route>
        {PAGES.map(({ path, Page, place }) => (
          <Route key={path} path={path}>
            {isAllowed(place, can) ? <Page /> : <NoPage />}
          </Route>
        ))}
        <Route path="/">
          <Redirect to={homeOf(can)} replace />
        </Route>
        <Route>
          <NoPage />
        </Route>
      </Switch>
    </Shell>
  );
}
