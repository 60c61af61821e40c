// Whether a policy gives permissions with which its holder can get more than it says. Decided by the policy engine,
// conditions and denies of the same policy included; boundaries and control policies are not.

import { evaluate } from '../policy/evaluate.ts';
import type { PolicyDocument } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';
import { noPolicies } from '../policy/policies.ts';
import type { UserPrincipal } from '../policy/principal.ts';
import { statementsOf } from '../policy/statement.ts';
import { type EscalationRow, type EscalationTarget, escalationRows } from './escalation-table.ts';
import { gainUnder } from './gainful.ts';

export interface Escalation {
  readonly id: EscalationRow['id'];
  readonly category: EscalationRow['category'];
  readonly actions: readonly string[];
  /** Under which conditions, one line for each action that has one. */
  readonly conditions: readonly string[];
}

export interface Escalations {
  readonly found: readonly Escalation[];
  /** True for a policy that allows everything: there is nothing left to escalate to. */
  readonly administrator: boolean;
  /** Why the policy could not be read in full; what was found holds all the same. */
  readonly unreadable: string | undefined;
}

const filler = 'q7x1v';

/**
 * The rows of the table whose permissions an identity policy grants in full.
 * @param text the policy as AWS gave it
 * @param owner the account and partition of its holder
 */
export function escalationsIn(text: string, owner: { account: string; partition: string }): Escalations {
  const document = parsePolicy(text, { name: 'the policy', kind: 'identity' });
  const fault = document.problems.find(({ severity }) => severity === 'error');
  const unreadable = fault === undefined ? undefined : `The policy cannot be read in full: ${fault.message}`;
  const asking = new Asking(document, owner);
  // No service has this action: whoever may do it may do everything that is not excepted, as IAM often is.
  const administrator =
    asking.may('vedette:AnythingAtAll', ['*']) !== undefined &&
    asking.may('iam:PutRolePolicy', asking.targets('role')) !== undefined;
  const found = escalationRows.flatMap((row): Escalation[] => {
    const ways = row.needs.map(([action, target]) => asking.may(action, asking.targets(target)));
    if (ways.includes(undefined)) return [];
    const conditions = ways.flatMap((way) => (way === undefined || way === '' ? [] : [way]));
    return [{ id: row.id, category: row.category, actions: row.needs.map(([action]) => action), conditions }];
  });
  return { found, administrator, unreadable };
}

class Asking {
  readonly #document: PolicyDocument;
  readonly #holder: UserPrincipal;
  readonly #base: string;
  readonly #named: readonly string[];
  /** Roles are asked about as if they trusted their account: the policy is the question. */
  readonly #trust: PolicyDocument;

  constructor(document: PolicyDocument, { account, partition }: { account: string; partition: string }) {
    this.#document = document;
    this.#base = `arn:${partition}:iam::${account}:`;
    const arn = `${this.#base}user/${filler}`;
    this.#holder = { kind: 'user', partition, account, arn, name: filler };
    const statement = { Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' };
    this.#trust = parsePolicy(
      { Version: '2012-10-17', Statement: [statement] },
      { name: 'the trust policy', kind: 'trust' },
    );
    this.#named = document.statements
      .filter(({ effect, resources }) => effect === 'Allow' && resources !== undefined && !resources.not)
      .flatMap(({ resources }) => resources?.patterns ?? []);
  }

  /** Entities that an action can name: of any name, and those that the policy's own patterns name. */
  targets(target: EscalationTarget): readonly string[] {
    const type = target === 'another-user' ? 'user' : target;
    const begin = `${this.#base}${type}/`;
    const other = `${begin}${target === 'another-user' || type !== 'user' ? `other-${filler}` : filler}`;
    const named = this.#named
      // A variable such as the holder's own name names nobody else.
      .filter((pattern) => !pattern.includes('${') || target !== 'another-user')
      .map((pattern) => pattern.replaceAll('${aws:username}', filler).replaceAll('*', filler).replaceAll('?', 'q'))
      .map((pattern) => pattern.replace(/^arn:([^:]*):iam::[^:]*:/, this.#base))
      .filter((arn) => arn.startsWith(begin) && arn.length > begin.length);
    return [...new Set([other, ...named])].slice(0, 50);
  }

  /** The condition under which an action is allowed on one of the resources, empty for none; undefined when it is not. */
  may(action: string, resources: readonly string[]): string | undefined {
    const speaks = statementsOf(this.#document).some(
      ({ statement, matchesAction }) => statement.effect === 'Allow' && matchesAction(action.toLowerCase()),
    );
    if (!speaks) return undefined;
    let conditional: string | undefined;
    for (const resource of resources) {
      const answer = evaluate(
        { principal: this.#holder, action, resource, context: { values: {}, complete: false, present: keysOfHolder } },
        { ...noPolicies, identity: [this.#document], resource: action.startsWith('sts:') ? this.#trust : undefined },
      );
      const condition = gainUnder(answer.decision, answer.condition);
      if (condition === '') return '';
      conditional ??= condition;
    }
    return conditional;
  }
}

/** What the holder is: a user or a role, of any name. */
const keysOfHolder = ['aws:PrincipalArn', 'aws:PrincipalType', 'aws:userid'];
