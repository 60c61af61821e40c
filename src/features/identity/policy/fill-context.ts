// The condition keys that AWS fills in from who asks, for what, on what.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#principaltable

import { parseArn } from '../../../domain/arn.ts';
import type { KeyValue } from './context.ts';
import type { Principal } from './principal.ts';
import { isInAccount } from './principal.ts';

const absent: KeyValue = { state: 'absent' };
const present: KeyValue = { state: 'present' };
const is = (value: string): KeyValue => ({ state: 'known', values: [value] });

/**
 * Keys that follow from the request itself. `present` marks what AWS always sends but nobody here can know (a role's
 * unique id); keys that do not apply to this kind of principal are `absent`.
 *
 * @param action in lower case
 * @param resource its ARN, or `*`
 * @param resourceAccount the account that owns the resource, where known
 * @param complete whether the context is complete: then a request that does not say that a service forwarded it was
 *   made directly
 */
export function filledKeys(
  principal: Principal,
  action: string,
  resource: string,
  resourceAccount: string | undefined,
  complete: boolean,
): Map<string, KeyValue> {
  const keys = principalKeys(principal);
  if (complete && isInAccount(principal)) keys.set('aws:ViaAWSService', is('false'));
  if (resourceAccount !== undefined) keys.set('aws:ResourceAccount', is(resourceAccount));
  const region = regionOf(action, resource);
  if (region !== undefined) keys.set('aws:RequestedRegion', is(region));
  const service = action.slice(0, action.indexOf(':'));
  if (service === 's3') addS3Keys(keys, resource, resourceAccount);
  if (service === 'kms' && isInAccount(principal)) keys.set('kms:CallerAccount', is(principal.account));
  return keys;
}

/** What only the requests of users and roles carry. */
const ofIdentities = [
  'aws:PrincipalTag/*',
  'aws:MultiFactorAuthPresent',
  'aws:MultiFactorAuthAge',
  'aws:TokenIssueTime',
  'aws:SourceIdentity',
];

/** What only services that act for a user or role add. */
const ofForwarding = ['aws:ViaAWSService', 'aws:CalledVia', 'aws:CalledViaFirst', 'aws:CalledViaLast'];

/** Roles that AWS itself keeps under a path, which a session's ARN leaves out. */
const keptUnderPath = /^AWS(?:ReservedSSO_|ServiceRoleFor)/;

function principalKeys(principal: Principal): Map<string, KeyValue> {
  const keys = new Map<string, KeyValue>([
    ['aws:username', absent],
    ['aws:PrincipalServiceName', absent],
    ['aws:PrincipalServiceNamesList', absent],
  ]);
  if (principal.kind === 'service') {
    keys.set('aws:PrincipalIsAWSService', is('true'));
    keys.set('aws:PrincipalServiceName', is(principal.name));
    keys.set('aws:PrincipalServiceNamesList', is(principal.name));
    const without = ['aws:PrincipalArn', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', ...ofIdentities];
    for (const key of without) keys.set(key, absent);
    return keys;
  }
  if (principal.kind === 'anonymous') for (const key of [...ofIdentities, ...ofForwarding]) keys.set(key, absent);
  if (principal.kind === 'anonymous' || principal.kind === 'federated') {
    // Requests that are not signed: no key of the caller's identity.
    keys.set('aws:PrincipalIsAWSService', absent);
    keys.set('aws:PrincipalArn', absent);
    keys.set('aws:PrincipalAccount', is('anonymous'));
    keys.set('aws:PrincipalType', is('Anonymous'));
    keys.set('aws:userid', is('anonymous'));
    keys.set('aws:PrincipalOrgID', absent);
    keys.set('aws:PrincipalOrgPaths', absent);
    return keys;
  }
  keys.set('aws:PrincipalIsAWSService', is('false'));
  const arnKnown = principal.kind !== 'role' || principal.pathKnown || !keptUnderPath.test(principal.name);
  keys.set('aws:PrincipalArn', arnKnown ? is(principal.arn) : present);
  keys.set('aws:PrincipalAccount', is(principal.account));
  keys.set('aws:PrincipalType', is(principalTypes[principal.kind]));
  keys.set('aws:userid', userId(principal));
  if (principal.kind === 'user') keys.set('aws:username', is(principal.name));
  return keys;
}

const principalTypes = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  'federated-user': 'FederatedUser',
} as const;

function userId(principal: Extract<Principal, { account: string; partition: string }>): KeyValue {
  if (principal.kind === 'root') return is(principal.account);
  if (principal.kind === 'federated-user') return is(`${principal.account}:${principal.name}`);
  return present;
}

/** Services with one endpoint for the partition, which in `aws` stands in us-east-1. */
const globalServices = new Set([
  'account',
  'budgets',
  'ce',
  'cloudfront',
  'globalaccelerator',
  'iam',
  'organizations',
  'route53',
  'route53domains',
  'shield',
  'support',
  'trustedadvisor',
]);

function regionOf(action: string, resource: string): string | undefined {
  const service = action.slice(0, action.indexOf(':'));
  const arn = parseArn(resource);
  if (globalServices.has(service)) return arn === undefined || arn.partition === 'aws' ? 'us-east-1' : undefined;
  return arn === undefined || arn.region === '' || /[*?]/.test(arn.region) ? undefined : arn.region;
}

function addS3Keys(keys: Map<string, KeyValue>, resource: string, resourceAccount: string | undefined): void {
  if (resourceAccount !== undefined) keys.set('s3:ResourceAccount', is(resourceAccount));
  const arn = parseArn(resource);
  if (arn === undefined || !arn.resource.startsWith('accesspoint/')) return;
  const name = arn.resource.split('/')[1] ?? '';
  keys.set('s3:DataAccessPointArn', is(`arn:${arn.partition}:s3:${arn.region}:${arn.account}:accesspoint/${name}`));
  keys.set('s3:DataAccessPointAccount', is(arn.account));
}
