// How a registry scans the images of its repositories.
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html

export type Frequency = 'SCAN_ON_PUSH' | 'CONTINUOUS_SCAN' | 'MANUAL';

export interface RegistryScanning {
  type: 'BASIC' | 'ENHANCED';
  rules: readonly { frequency: Exclude<Frequency, 'MANUAL'>; filters: readonly string[] }[];
}

/** What a registry does that nobody configured: each repository's own setting decides. */
export const unconfigured: RegistryScanning = { type: 'BASIC', rules: [] };

/** A filter without wildcard is part of the name; with wildcards it is the whole name. */
function matches(filter: string, name: string): boolean {
  const [first = '', ...rest] = filter.split('*');
  const last = rest.pop();
  if (last === undefined) return name.includes(filter);
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}

/** How a repository is scanned in effect, and the filters that decide it. Continuous scanning wins over scanning on push. */
export function scanningOf(
  { type, rules }: RegistryScanning,
  { name, scanOnPush }: { name: string; scanOnPush: boolean },
): { frequency: Frequency; filters: readonly string[] } {
  for (const frequency of ['CONTINUOUS_SCAN', 'SCAN_ON_PUSH'] as const) {
    const filters = rules
      .filter((rule) => rule.frequency === frequency)
      .flatMap((rule) => rule.filters.filter((filter) => matches(filter, name)));
    if (filters.length > 0) return { frequency, filters };
  }
  return { frequency: type === 'BASIC' && scanOnPush ? 'SCAN_ON_PUSH' : 'MANUAL', filters: [] };
}
