// What staff do about a report: one call, then both the report and the list are read anew.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { send } from '../../api/client.js';
import { failed, said } from '../../parts/notify.js';

export type ReportAction = 'classify' | 'forward' | 'answer' | 'publish';

/** `done`: what is said when it worked. */
export function useReportAction(code: string, action: ReportAction, done: string, after?: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: object) => send<object>('POST', `/feedback/${encodeURIComponent(code)}/${action}`, body),
    onSuccess() {
      said(done);
      after?.();
    },
    onError: (error) => failed(error),
    async onSettled() {
      await client.invalidateQueries({ queryKey: ['report', code] });
      void client.invalidateQueries({ queryKey: ['feedback'] });
    },
  });
}
