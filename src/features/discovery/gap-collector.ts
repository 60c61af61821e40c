// Gathers what discovery could not read.

import type { Gap } from '../../domain/gap.ts';
import type { GapListener } from '../../platform/aws/read-evidence.ts';

/** Collects gaps, one for each operation and reason. */
export function gapCollector(account: string): { onGap: GapListener; gaps: () => Gap[] } {
  const found = new Map<string, Gap>();
  return {
    onGap: ({ operation, reason, detail }) => {
      const service = operation.split(':')[0] ?? '';
      const key = `${operation} ${reason}`;
      if (found.has(key)) return;
      found.set(key, { account, regions: ['global'], service, action: operation, reason, detail });
    },
    gaps: () => [...found.values()],
  };
}
