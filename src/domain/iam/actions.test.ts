import { describe, expect, test } from 'vitest';
import { accessLevelOf, actionExists, canonicalAction, iamServices, serviceActions } from './actions.ts';
import { rcpServices, serviceName, supportsRcp } from './services.ts';

describe('the action table', () => {
  test.each([
    ['s3:GetObject', 'Read'],
    ['s3:ListBucket', 'List'],
    ['s3:PutObject', 'Write'],
    ['s3:PutObjectTagging', 'Tagging'],
    ['s3:PutBucketPolicy', 'Permissions management'],
    ['ec2:RunInstances', 'Write'],
    ['iam:PassRole', 'Write'],
    ['sts:GetCallerIdentity', 'Read'],
  ])('%s is classed as %s', (action, level) => {
    expect(accessLevelOf(action)).toBe(level);
  });

  test('case does not matter, spelling does', () => {
    expect(canonicalAction('S3:getobject')).toBe('s3:GetObject');
    expect(actionExists('S3:GETOBJECT')).toBe(true);
    const strangers = ['s3:GetObjects', 's3', 's3:', ':GetObject', '', 'nosuch:GetObject', 's3:Get*', 's3:GetObject '];
    expect(strangers.filter((text) => actionExists(text) || accessLevelOf(text) !== undefined)).toEqual([]);
  });

  test('names of the prototype are not services or actions', () => {
    const names = ['__proto__:x', 'constructor:name', 's3:__proto__', 's3:constructor', 'tostring:call'];
    expect(names.filter((text) => actionExists(text))).toEqual([]);
    expect(serviceActions('__proto__')).toBeUndefined();
    expect(serviceName('constructor')).toBeUndefined();
  });

  test('every service has actions, one level each, sorted without duplicates', () => {
    const all: string[] = [];
    for (const service of iamServices()) {
      const { names, levels } = serviceActions(service) ?? { names: [], levels: [] };
      expect(levels.length).toBe(names.length);
      all.push(...names.map((name) => `${service}:${name}`.toLowerCase()));
    }
    expect(new Set(all.map((action) => action.split(':')[0])).size).toBe(iamServices().length);
    expect(all.length).toBeGreaterThan(20_000);
    expect(all.filter((action, i) => i > 0 && (all[i - 1] ?? '') >= action)).toEqual([]);
  });
});

test('services carry their names and whether resource control policies reach them', () => {
  expect(serviceName('S3')).toBe('Amazon S3');
  const reached = ['s3', 'sts', 'kms', 'sqs', 'secretsmanager', 'ecr', 'dynamodb'];
  expect(reached.filter((service) => !supportsRcp(service))).toEqual([]);
  expect(['iam', 'ec2', 'lambda', 'sns', 'organizations'].filter((service) => supportsRcp(service))).toEqual([]);
  expect(rcpServices().filter((service) => !iamServices().includes(service))).toEqual([]);
});
