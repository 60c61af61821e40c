// A list of actions written shorter: a wildcard stands only where it covers nothing else that AWS lists.

import { serviceActions } from '../../../domain/iam/actions.ts';

/**
 * Patterns that cover exactly the wanted actions among those that AWS lists, sorted.
 *
 * @param wanted actions as AWS writes them, such as `s3:GetObject`; others are kept as they are
 * @param tolerated actions that a wildcard may cover as well, because the statement has no effect on them
 */
export function compressActions(
  wanted: Iterable<string>,
  tolerated: (action: string) => boolean = () => false,
): readonly string[] {
  const byService = new Map<string, Set<string>>();
  for (const action of wanted) {
    const colon = action.indexOf(':');
    const service = action.slice(0, colon);
    const names = byService.get(service) ?? new Set<string>();
    byService.set(service, names.add(action.slice(colon + 1)));
  }
  return [...byService].flatMap(([service, names]) => compressService(service, names, tolerated)).sort();
}

function compressService(service: string, wanted: Set<string>, tolerated: (action: string) => boolean): string[] {
  const listed = serviceActions(service)?.names ?? [];
  const harmless = new Set(listed.filter((name) => wanted.has(name) || tolerated(`${service}:${name}`)));
  const cover = (prefix: string): string[] => {
    const inside = [...wanted].filter((name) => name.startsWith(prefix));
    if (inside.length < 2) return inside.map((name) => `${service}:${name}`);
    const folded = prefix.toLowerCase();
    const exact = listed.every((name) => !name.toLowerCase().startsWith(folded) || harmless.has(name));
    if (exact && (prefix !== '' || inside.length === listed.length)) return [`${service}:${prefix}*`];
    const longer = new Set(inside.filter((name) => name !== prefix).map((name) => nextWord(name, prefix.length)));
    const whole = wanted.has(prefix) ? [`${service}:${prefix}`] : [];
    return [...whole, ...[...longer].flatMap((next) => cover(next))];
  };
  // One word may begin with what another one ends with (CreateS…, CreateService…): both find what they share.
  const patterns = [...new Set(cover(''))];
  const wider = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1));
  return patterns.filter((pattern) => !wider.some((prefix) => pattern !== `${prefix}*` && pattern.startsWith(prefix)));
}

/** The name up to the end of the word that begins at `from`: names are cut where a capital letter begins a word. */
function nextWord(name: string, from: number): string {
  const rest = name.slice(from + 1);
  const end = rest.search(/[A-Z]/);
  return end === -1 ? name : name.slice(0, from + 1 + end);
}
