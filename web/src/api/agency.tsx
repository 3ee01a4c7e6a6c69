// Which agency the page looks at: one, or all that the officer may see. Kept as a preference.
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { keepPreference, preference } from '../parts/kept.js';
import { useMe } from './session.js';

const Chosen = createContext<{ agency: string | undefined; choose(agency: string | undefined): void }>({
  agency: undefined,
  choose: () => undefined,
});

export function AgencyProvider({ children }: { children: ReactNode }) {
  const { agencies } = useMe();
  const [chosen, setChosen] = useState(() => preference('agency'));
  const agency = agencies.length > 1 && agencies.some(({ id }) => id === chosen) ? chosen : undefined;
  const value = useMemo(
    () => ({
      agency,
      choose(next: string | undefined) {
        setChosen(next);
        keepPreference('agency', next);
      },
    }),
    [agency],
  );
  return <Chosen value={value}>{children}</Chosen>;
}

/** `agency` undefined: all. */
export function useAgency() {
  return useContext(Chosen);
}

export function useAgencyName(): (id: string) => string {
  const { agencies } = useMe();
  return (id) => agencies.find((agency) => agency.id === id)?.name ?? id;
}
