// Who is signed in, what they may do where, and the ways in and out.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { ChangePassword, Me, SignIn } from '../../../src/desk/api.js';
import type { Permission } from '../../../src/desk/permissions.js';
import { forget, rememberOwner } from '../parts/kept.js';
import { ApiError, get, send, setToken } from './client.js';
import { ME } from './query-client.js';

/** `null`: nobody is signed in. */
export function useSession() {
  return useQuery<Me | null>({
    queryKey: ME,
    queryFn: async ({ signal }) => {
      try {
        return entered(await get<Me>('/me', {}, signal));
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null;
        throw error;
      }
    },
    staleTime: 5 * 60_000,
    gcTime: Number.POSITIVE_INFINITY,
  });
}

/** Only below the sign-in gate. */
export function useMe(): Me {
  const me = useSession().data;
  if (me === undefined || me === null) throw new Error('nobody is signed in');
  return me;
}

/** Whether `permission` is held in `agency`, or in any agency when none is named. */
export function useCan(): (permission: Permission, agency?: string) => boolean {
  const { agencies } = useMe();
  return useCallback(
    (permission, agency) =>
      agencies.some(
        ({ id, permissions }) => (agency === undefined || id === agency) && permissions.includes(permission),
      ),
    [agencies],
  );
}

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: SignIn) => send<Me>('POST', '/sign-in', body),
    onSuccess: (me) => client.setQueryData(ME, entered(me)),
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send<object>('POST', '/sign-out'),
    // Also when the server did not answer: nothing of anybody may stay on this screen.
    onSettled: () => {
      forget();
      setToken(undefined);
      client.setQueryData(ME, null);
      client.removeQueries({ predicate: ({ queryKey: [first] }) => first !== ME[0] });
      client.getMutationCache().clear();
    },
  });
}

export function useChangePassword() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ChangePassword) => send<object>('POST', '/password', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ME }),
  });
}

function entered(me: Me): Me {
  setToken(me.csrf);
  rememberOwner(me.id);
  return me;
}
