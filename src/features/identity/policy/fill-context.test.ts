import { describe, expect, test } from 'vitest';
import type { KeyValue } from './context.ts';
import { filledKeys } from './fill-context.ts';
import { parsePrincipal } from './principal.ts';

const account = '111122223333';

function filled(
  by: string,
  action = 's3:GetObject',
  resource = 'arn:aws:s3:::b/k',
  complete = true,
): Record<string, unknown> {
  const principal = parsePrincipal(by) ?? { kind: 'anonymous' as const };
  const keys = filledKeys(principal, action.toLowerCase(), resource, undefined, complete);
  return Object.fromEntries([...keys].map(([key, value]) => [key, brief(value)]));
}

function brief(value: KeyValue): string {
  return value.state === 'known' ? value.values.join() : `(${value.state})`;
}

const known = (value: string): KeyValue => ({ state: 'known', values: [value] });

describe('who asks', () => {
  const nobody = {
    'aws:username': '(absent)',
    'aws:PrincipalServiceName': '(absent)',
    'aws:PrincipalServiceNamesList': '(absent)',
  };
  const unsigned = {
    ...nobody,
    'aws:PrincipalIsAWSService': '(absent)',
    'aws:PrincipalArn': '(absent)',
    'aws:PrincipalAccount': 'anonymous',
    'aws:PrincipalType': 'Anonymous',
    'aws:userid': 'anonymous',
    'aws:PrincipalOrgID': '(absent)',
    'aws:PrincipalOrgPaths': '(absent)',
  };
  const noIdentity = {
    'aws:PrincipalTag/*': '(absent)',
    'aws:MultiFactorAuthPresent': '(absent)',
    'aws:MultiFactorAuthAge': '(absent)',
    'aws:TokenIssueTime': '(absent)',
    'aws:SourceIdentity': '(absent)',
  };
  const role = `arn:aws:iam::${account}:role/app`;
  const signed = {
    ...nobody,
    'aws:PrincipalIsAWSService': 'false',
    'aws:PrincipalAccount': account,
    'aws:ViaAWSService': 'false',
  };

  test.each([
    [
      '*',
      {
        ...unsigned,
        ...noIdentity,
        'aws:ViaAWSService': '(absent)',
        'aws:CalledVia': '(absent)',
        'aws:CalledViaFirst': '(absent)',
        'aws:CalledViaLast': '(absent)',
      },
    ],
    [`arn:aws:iam::${account}:saml-provider/corp`, unsigned],
    [
      'sns.amazonaws.com',
      {
        ...noIdentity,
        'aws:username': '(absent)',
        'aws:PrincipalServiceName': 'sns.amazonaws.com',
        'aws:PrincipalServiceNamesList': 'sns.amazonaws.com',
        'aws:PrincipalIsAWSService': 'true',
        'aws:PrincipalArn': '(absent)',
        'aws:PrincipalOrgID': '(absent)',
        'aws:PrincipalOrgPaths': '(absent)',
      },
    ],
    [
      account,
      {
        ...signed,
        'aws:PrincipalArn': `arn:aws:iam::${account}:root`,
        'aws:PrincipalType': 'Account',
        'aws:userid': account,
      },
    ],
    [
      `arn:aws:iam::${account}:user/dev/alice`,
      {
        ...signed,
        'aws:username': 'alice',
        'aws:PrincipalArn': `arn:aws:iam::${account}:user/dev/alice`,
        'aws:PrincipalType': 'User',
        'aws:userid': '(present)',
      },
    ],
    [
      `arn:aws:sts::${account}:assumed-role/app/run`,
      { ...signed, 'aws:PrincipalArn': role, 'aws:PrincipalType': 'AssumedRole', 'aws:userid': '(present)' },
    ],
    [
      `arn:aws:sts::${account}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/carol`,
      { ...signed, 'aws:PrincipalArn': '(present)', 'aws:PrincipalType': 'AssumedRole', 'aws:userid': '(present)' },
    ],
    [
      `arn:aws:iam::${account}:role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO`,
      {
        ...signed,
        'aws:PrincipalArn': `arn:aws:iam::${account}:role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO`,
        'aws:PrincipalType': 'AssumedRole',
        'aws:userid': '(present)',
      },
    ],
    [
      `arn:aws:sts::${account}:federated-user/carol`,
      {
        ...signed,
        'aws:PrincipalArn': `arn:aws:sts::${account}:federated-user/carol`,
        'aws:PrincipalType': 'FederatedUser',
        'aws:userid': `${account}:carol`,
      },
    ],
  ])('%s', (by, expected) => {
    expect(filled(by)).toEqual(expected);
  });

  test('nothing is said of forwarding where the context is not complete', () => {
    expect(filled(account, 's3:GetObject', '*', false)).not.toHaveProperty('aws:ViaAWSService');
  });
});

describe('the region', () => {
  test.each([
    ['sqs:SendMessage', `arn:aws:sqs:eu-west-1:${account}:q`, 'eu-west-1'],
    ['sqs:SendMessage', `arn:aws:sqs:*:${account}:q`, undefined],
    ['s3:GetObject', 'arn:aws:s3:::b/k', undefined],
    ['iam:CreateRole', `arn:aws:iam::${account}:role/r`, 'us-east-1'],
    ['iam:ListUsers', '*', 'us-east-1'],
    ['organizations:ListAccounts', '*', 'us-east-1'],
    ['iam:CreateRole', `arn:aws-cn:iam::${account}:role/r`, undefined],
    ['ec2:DescribeInstances', '*', undefined],
  ])('%s on %s: %s', (action, resource, expected) => {
    expect(filled(account, action, resource)['aws:RequestedRegion']).toBe(expected);
  });
});

describe('the resource', () => {
  const root = parsePrincipal(account) ?? { kind: 'anonymous' as const };
  const keysOf = (action: string, resource: string): Map<string, KeyValue> =>
    filledKeys(root, action, resource, '444455556666', true);

  test('its account, and for S3 by a name of its own', () => {
    expect(keysOf('sqs:sendmessage', '*').get('aws:ResourceAccount')).toEqual(known('444455556666'));
    expect(keysOf('sqs:sendmessage', '*').has('s3:ResourceAccount')).toBe(false);
    expect(keysOf('s3:getobject', '*').get('s3:ResourceAccount')).toEqual(known('444455556666'));
    expect(filled(account)).not.toHaveProperty('aws:ResourceAccount');
  });

  test('the access point a request goes through', () => {
    const point = `arn:aws:s3:us-west-2:${account}:accesspoint/my-point`;
    const keys = keysOf('s3:getobject', `${point}/object/k`);
    expect(keys.get('s3:DataAccessPointArn')).toEqual(known(point));
    expect(keys.get('s3:DataAccessPointAccount')).toEqual(known(account));
    expect(keysOf('s3:getobject', 'arn:aws:s3:::b/k').has('s3:DataAccessPointArn')).toBe(false);
  });

  test('the caller of KMS', () => {
    expect(keysOf('kms:decrypt', '*').get('kms:CallerAccount')).toEqual(known(account));
    expect(keysOf('s3:getobject', '*').has('kms:CallerAccount')).toBe(false);
    expect(filled('sns.amazonaws.com', 'kms:Decrypt')).not.toHaveProperty('kms:CallerAccount');
  });
});
