import { describe, expect, test } from 'vitest';
import type { Account, Organization } from '../../../domain/account.ts';
import type { AnyResource, Resource, ResourceType } from '../../../domain/resource.ts';
import type { CheckContext } from '../contract.ts';
import { make, makeEvidence, testAccount, testNow } from '../testing.ts';
import { allow, controlledBy, deny, documentOf } from '../testing/policies.ts';
import { standingOf } from './principal-escalation.ts';

const arnOf = (name: string): string => `arn:aws:iam::${testAccount}:${name}`;
const inline = (action: string) => [{ name: 'work', document: documentOf(allow(action)) }];

const builder = make(
  'AWS::IAM::Role',
  {
    inlinePolicies: inline('iam:PutRolePolicy'),
    attachedPolicies: [{ name: 'tools', arn: arnOf('policy/tools') }],
  },
  { name: 'builder', arn: arnOf('role/builder') },
);
const user = (action: string) =>
  make('AWS::IAM::User', { inlinePolicies: inline(action) }, { name: 'alice', arn: arnOf('user/alice') });
const group = (action: string) =>
  make('AWS::IAM::Group', { inlinePolicies: inline(action) }, { name: 'developers', arn: arnOf('group/developers') });
const policy = (action: string) =>
  make('AWS::IAM::Policy', { document: documentOf(allow(action)) }, { name: 'tools', arn: arnOf('policy/tools') });

const organizationOf = (more: Partial<Organization>): Organization | undefined =>
  makeEvidence([], { organization: more }).organization;
const guarded = organizationOf(controlledBy('SERVICE_CONTROL_POLICY', [deny('iam:*')]));
const { account } = makeEvidence([]);
const management: Account = { ...account, isManagement: true };

type Lists = Partial<Record<ResourceType, readonly AnyResource[]>>;
interface Read {
  readonly lists: Lists;
  readonly account: Account;
  readonly organization: Organization | undefined;
}

/** What was read of the account, with the very lists that are given. */
function contextOf({ lists, ...facts }: Read): CheckContext {
  const resources = <T extends ResourceType>(type: T) => (lists[type] ?? []) as unknown as readonly Resource<T>[];
  const readable = <T extends ResourceType>(type: T) => ({ resources: resources(type), complete: true });
  return {
    ...facts,
    partition: 'aws',
    region: 'global',
    regions: [],
    now: new Date(testNow),
    resources,
    readable,
    everywhere: resources,
    readableEverywhere: readable,
    parameter: () => '',
  };
}

/** The same list of roles each time, as the lists of an account are handed to every check. */
const basic = (): Read => ({
  lists: {
    'AWS::IAM::Role': [builder],
    'AWS::IAM::User': [user('s3:*')],
    'AWS::IAM::Group': [group('s3:*')],
    'AWS::IAM::Policy': [policy('s3:*')],
  },
  account,
  organization: guarded,
});

describe('what is found once for an account', () => {
  test('is found once', () => {
    const read = basic();
    expect(standingOf(builder.arn, contextOf(read))).toBe(standingOf(builder.arn, contextOf(read)));
  });

  test.each<readonly [string, string, (read: Read) => Read]>([
    ['users', arnOf('user/alice'), withList('AWS::IAM::User', user('*'))],
    ['groups', arnOf('user/alice'), withList('AWS::IAM::Group', group('*'))],
    ['policies', builder.arn, withList('AWS::IAM::Policy', policy('*'))],
  ])('is found anew with other %s', (_name, arn, change) => {
    const read = { ...basic(), organization: undefined };
    expect(standingOf(arn, contextOf(read))?.administrator).toBe(false);
    expect(standingOf(arn, contextOf(change(read)))?.administrator).toBe(true);
  });

  test('is found anew with another account or organisation', () => {
    const read = basic();
    expect(standingOf(builder.arn, contextOf(read))?.ways).toEqual([]);
    // Service control policies do not reach the management account.
    expect(standingOf(builder.arn, contextOf({ ...read, account: management }))?.ways).not.toEqual([]);
    expect(standingOf(builder.arn, contextOf(read))?.ways).toEqual([]);
    expect(standingOf(builder.arn, contextOf({ ...read, organization: organizationOf({}) }))?.ways).not.toEqual([]);
  });
});

function withList(type: ResourceType, ...resources: readonly AnyResource[]): (read: Read) => Read {
  return (read) => ({ ...read, lists: { ...read.lists, [type]: resources } });
}
