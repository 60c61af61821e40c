// What the denies of a resource policy leave open: the actions that they do not refuse to everybody in every case.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html

import { createContext } from '../policy/context.ts';
import type { ContextInput } from '../policy/context.ts';
import type { Statement } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';
import { statementsOf } from '../policy/statement.ts';
import { all, any } from '../policy/truth.ts';
import type { ExposedResource } from './access.ts';
import { exposedActions } from './actions.ts';
import type { ExposedAction } from './actions.ts';
import { faultOf } from './exposure-of.ts';
import { objectWitnesses } from './witnesses.ts';

export interface NotRefused {
  /** The actions that a request may pass the denies with; empty when all are refused. */
  readonly actions: readonly ExposedAction[];
  /** Why the policy could not be read in full: a deny may be missing, so that less may be open. */
  readonly unreadable: string | undefined;
}

/**
 * The actions on a resource (and on what is inside it) that its policy does not refuse. Pure.
 *
 * Refused is what denies that reach every principal stop, taken together, for requests that carry the given keys and
 * anything else. A deny with `NotPrincipal`, or one that hangs on a key that is not given, does not count alone.
 * @param keys condition keys that the requests in question carry, for example `aws:SecureTransport` with `false`
 */
export function notRefused(
  { kind, arn, account, policy }: Pick<ExposedResource, 'kind' | 'arn' | 'account'> & { readonly policy: string },
  keys: ContextInput['values'],
): NotRefused {
  const document = parsePolicy(policy, { name: 'the resource policy', kind: 'resource' });
  const context = createContext({ values: { 'aws:ResourceAccount': [account], ...keys }, complete: false });
  const denies = statementsOf(document)
    .filter(({ statement }) => statement.sound && statement.effect === 'Deny' && reachesEverybody(statement))
    .map((statement) => ({ statement, conditions: statement.conditions(context) }));
  // The shortest name as well: patterns may ask for a length.
  const objects = kind === 'bucket' ? [`${arn}/q`, ...objectWitnesses(arn, document)] : [];
  const actions = exposedActions(kind).filter(({ action, target }) => {
    const matching = denies.filter(({ statement }) => statement.matchesAction(action.toLowerCase()));
    return (target === 'itself' ? [arn] : objects).some(
      (one) =>
        any(
          matching.map(({ statement, conditions }) =>
            all([statement.matchesResource({ arn: one }, context), conditions]),
          ),
        ) !== true,
    );
  });
  return { actions, unreadable: faultOf(document) };
}

function reachesEverybody({ principals }: Statement): boolean {
  return principals !== undefined && !principals.not && principals.entries.some(({ kind }) => kind === 'everyone');
}
