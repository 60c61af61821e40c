// Sets of actions in words: whole services by name, else how many of each, with the first few.

import { serviceActions } from '../../../domain/iam/actions.ts';
import { actionCount } from '../actions/action-index.ts';

/**
 * @param actions names as AWS writes them, sorted
 * @param future whether actions that AWS does not list yet belong to the set
 */
export function actionsInWords(actions: readonly string[], future = false): string {
  if (actions.length === actionCount()) return 'every action';
  if (actions.length === 0) return future ? 'actions that AWS does not list yet' : 'no action that AWS lists';
  if (actions.length <= 4) return actions.join(', ');
  const services = new Map<string, string[]>();
  for (const action of actions) {
    const service = action.slice(0, action.indexOf(':'));
    services.set(service, [...(services.get(service) ?? []), action]);
  }
  const [only] = services.keys();
  if (services.size === 1 && only !== undefined) {
    const all = actions.length === serviceActions(only)?.names.length;
    if (all) return `all ${actions.length} actions of ${only}`;
    return `${actions.length} actions of ${only} (${actions.slice(0, 3).join(', ')}, …)`;
  }
  const parts = [...services]
    .sort((a, b) => b[1].length - a[1].length)
    .slice(0, 4)
    .map(([service, names]) => {
      if (names.length === serviceActions(service)?.names.length) return `all ${names.length} of ${service}`;
      if (names.length <= 3) return names.join(', ');
      return `${names.length} of ${service} (${names.slice(0, 3).join(', ')}, …)`;
    });
  const others = services.size - parts.length;
  const rest = others === 0 ? '' : ` and some of ${others} more ${others === 1 ? 'service' : 'services'}`;
  return `${actions.length.toLocaleString('en')} actions: ${parts.join('; ')}${rest}`;
}
