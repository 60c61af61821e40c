import { describe, expect, test } from 'vitest';
import { sortedActions } from './action-index.ts';
import { conditionKeysOf, conditionKeyType, findConditionKey, globalConditionKeys } from './condition-keys.ts';
import { isWildcardOnly, resourceTypes, resourceTypesOf } from './resource-types.ts';

describe('resource types', () => {
  test.each([
    ['s3:GetObject', [['object', false]]],
    ['iam:PassRole', [['role', true]]],
    ['s3:ListAllMyBuckets', []],
  ])('of %s', (action, expected) => {
    expect(resourceTypesOf(action)?.map((type) => [type.name, type.required])).toEqual(
      expect.arrayContaining(expected),
    );
    expect(isWildcardOnly(action)).toBe(expected.length === 0);
  });

  test('carry their ARN templates, more than one where AWS lists more', () => {
    expect(resourceTypesOf('s3:CreateBucket')?.[0]?.arns).toEqual(['arn:${Partition}:s3:::${BucketName}']);
    const stage = resourceTypes('apigateway').find((type) => type.name === 'Stage');
    expect(stage?.arns.length).toBe(2);
  });

  test('of unknown actions are unknown, not none', () => {
    expect(resourceTypesOf('s3:FutureAction')).toBeUndefined();
    expect(isWildcardOnly('s3:FutureAction')).toBeUndefined();
    expect(resourceTypes('__proto__')).toEqual([]);
  });

  test('every action has a row, and optional types are told from required ones', () => {
    const uses = sortedActions().map((action) => resourceTypesOf(action));
    expect(uses.filter((types) => types === undefined)).toEqual([]);
    const required = uses.flat().filter((type) => type?.required);
    expect(required.length).toBeGreaterThan(10_000);
    expect(required.length).toBeLessThan(uses.flat().length);
  });
});

describe('condition keys', () => {
  test.each([
    ['aws:SourceIp', 'IPAddress'],
    ['AWS:sourceip', 'IPAddress'],
    ['aws:PrincipalTag/team', 'String'],
    ['aws:TagKeys', 'ArrayOfString'],
    ['aws:PrincipalArn', 'ARN'],
    ['aws:SecureTransport', 'Bool'],
    ['aws:CurrentTime', 'Date'],
    ['aws:MultiFactorAuthAge', 'Numeric'],
    ['s3:prefix', 'String'],
    ['s3:max-keys', 'Numeric'],
    ['s3:ExistingObjectTag/class', 'String'],
    ['kms:EncryptionContext:purpose', 'String'],
    ['codebuild:environment.environmentVariables/KEY.value', 'String'],
    ['accounts.google.com:aud', 'String'],
    ['agent.example.buildkite.dev:cluster_id', 'String'],
  ])('%s is of type %s', (key, type) => {
    expect(conditionKeyType(key)).toBe(type);
  });

  test.each(['aws:NoSuchKey', 'aws:PrincipalTag/', 's3:prefixes', '', '__proto__', 'constructor'])(
    '"%s" is not a key',
    (key) => {
      expect(findConditionKey(key)).toBeUndefined();
    },
  );

  test('of an action are its own and those of its resource types', () => {
    const names = conditionKeysOf('s3:ListBucket')?.map((key) => key.name) ?? [];
    expect(names).toEqual(expect.arrayContaining(['s3:prefix', 's3:delimiter', 's3:max-keys']));
    expect(conditionKeysOf('iam:PassRole')?.map((key) => key.name)).toEqual(
      expect.arrayContaining(['iam:PassedToService', 'iam:AssociatedResourceArn', 'aws:ResourceTag/${TagKey}']),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(conditionKeysOf('s3:FutureAction')).toBeUndefined();
  });

  test('global keys hold those that every request carries', () => {
    const names = globalConditionKeys.map((key) => key.name);
    expect(names).toEqual(expect.arrayContaining(['aws:PrincipalArn', 'aws:SourceVpce', 'aws:PrincipalOrgID']));
    expect(names).toContain('aws:PrincipalTag/${TagKey}');
  });
});
