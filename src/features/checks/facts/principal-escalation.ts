// Ways of one user or role to more permissions, in the words of a judgement.

import type { Account, Organization } from '../../../domain/account.ts';
import type { Resource } from '../../../domain/resource.ts';
import { type Judgement, fail, notApplicable, pass, unknown } from '../../../domain/verdict.ts';
import {
  type AccountEscalations,
  type EscalationWay,
  type HolderEscalation,
  type IamEvidence,
  accountEscalations,
} from '../../identity/index.ts';
import type { CheckContext } from '../contract.ts';

/** The types that decide it: all of the account's. */
export const escalationEvidence = ['AWS::IAM::User', 'AWS::IAM::Role', 'AWS::IAM::Group', 'AWS::IAM::Policy'] as const;

interface Found extends IamEvidence {
  readonly account: Account;
  readonly organization: Organization | undefined;
  readonly escalations: AccountEscalations;
}

/** Found once for the lists of an account: every user and role is judged against the same. */
const known = new WeakMap<IamEvidence['roles'], Found>();

function escalationsOf(evidence: IamEvidence, context: CheckContext): AccountEscalations {
  const { account, organization, partition } = context;
  const found = known.get(evidence.roles);
  const same =
    found?.users === evidence.users &&
    found.groups === evidence.groups &&
    found.policies === evidence.policies &&
    found.account === account &&
    found.organization === organization;
  if (found !== undefined && same) return found.escalations;
  const escalations = accountEscalations(evidence, account, partition, organization);
  known.set(evidence.roles, { ...evidence, account, organization, escalations });
  return escalations;
}

/** What one user or role may do and get at, as far as was read; undefined for service-linked roles. */
export function standingOf(arn: string, context: CheckContext): HolderEscalation | undefined {
  return escalationsIn(context).holders.get(arn);
}

function escalationsIn(context: CheckContext): AccountEscalations {
  const of = <T extends (typeof escalationEvidence)[number]>(type: T): readonly Resource<T>[] =>
    context.readable(type).resources;
  const evidence = {
    users: of('AWS::IAM::User'),
    roles: of('AWS::IAM::Role'),
    groups: of('AWS::IAM::Group'),
    policies: of('AWS::IAM::Policy'),
  };
  return escalationsOf(evidence, context);
}

/**
 * Judges that a user or role cannot get more permissions than it has.
 * @throws EvidenceUnread when no way is found and not all of the account's identities were read
 */
export function judgePrincipalEscalation(
  { arn }: Resource<'AWS::IAM::User'> | Resource<'AWS::IAM::Role'>,
  context: CheckContext,
): Judgement {
  const escalations = escalationsIn(context);
  const holder = escalations.holders.get(arn);
  if (holder === undefined) return notApplicable('AWS manages what service-linked roles may do.');
  if (holder.administrator) return notApplicable('It may do everything already, which is a finding of its own.');
  if (holder.ways.length > 0) {
    const ways = holder.ways.slice(0, mostNamed).map((way) => describe(way, arn));
    const others = holder.ways.length - mostNamed;
    const more = others > 0 ? `; and in ${others} more ${others === 1 ? 'way' : 'ways'}` : '';
    const unsure = escalations.controlsKnown ? '' : ' Whether a service control policy stops it could not be read.';
    return fail(`It can get more permissions than it has: ${ways.join('; ')}${more}.${unsure}`);
  }
  for (const type of escalationEvidence) context.resources(type);
  if (holder.unsure !== undefined) return unknown(holder.unsure.slice(0, mostText));
  return pass('Its policies, boundary and the service control policies leave it no way to more permissions.');
}

const mostNamed = 3;
const mostText = 500;
const mostCondition = 120;

/** "it becomes role/deploy, an administrator, by iam:PassRole … (lambda-001; allowed by Sid of inline policy work)". */
function describe({ id, gained, administrator, grants, given }: EscalationWay, own: string): string {
  const name = gained.slice(gained.lastIndexOf(':') + 1);
  const who = administrator ? 'an administrator' : 'which can become administrator';
  const what = gained === own ? 'it widens itself' : `it gets at ${name}, ${who},`;
  const actions = grants.map(({ action, resource }) => {
    const on = resource === '*' || resource === own ? '' : ` on ${resource.slice(resource.lastIndexOf(':') + 1)}`;
    return `${action}${on === ` on ${name}` ? '' : on}`;
  });
  const statements = [...new Set(grants.flatMap((grant) => grant.statements))];
  const by =
    statements.length === 0 ? 'allowed by the trust policy' : `allowed by ${statements.slice(0, mostNamed).join(', ')}`;
  const conditions = grants.flatMap(({ condition }) => (condition === '' ? [] : [condition.slice(0, mostCondition)]));
  const terms = [...new Set(given === undefined ? conditions : [given, ...conditions])];
  const under = terms.length === 0 ? '' : `, if ${terms.slice(0, mostNamed).join(' and ')}`;
  return `${what} by ${actions.join(' with ')} (${id}; ${by}${under})`;
}
