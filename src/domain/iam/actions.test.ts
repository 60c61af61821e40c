import { describe, expect, test } from 'vitest';
import { accessLevelOf, actionExists, canonicalAction, iamServices, serviceActions } from './actions.ts';
import { serviceName, supportsRcp, rcpServices } from './services.ts';

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
    for (const text of [
      's3:GetObjects',
      's3',
      's3:',
      ':GetObject',
      '',
      'nosuch:GetObject',
      's3:Get*',
      's3:GetObject ',
    ]) {
      expect(actionExists(text), text).toBe(false);
      expect(accessLevelOf(text), text).toBeUndefined();
    }
  });

  test('names of the prototype are not services or actions', () => {
    for (const text of ['__proto__:x', 'constructor:name', 's3:__proto__', 's3:constructor', 'tostring:call']) {
      expect(actionExists(text), text).toBe(false);
    }
    expect(serviceActions('__proto__')).toBeUndefined();
    expect(serviceName('constructor')).toBeUndefined();
  });

  test('every service has actions, one level each, sorted without duplicates', () => {
    const all: string[] = [];
    for (const service of iamServices()) {
      const actions = serviceActions(service);
      expect(actions?.names.length, service).toBeGreaterThan(0);
      expect(actions?.levels.length, service).toBe(actions?.names.length);
      all.push(...(actions?.names ?? []).map((name) => `${service}:${name}`.toLowerCase()));
    }
    expect(all.length).toBeGreaterThan(20_000);
    for (let i = 1; i < all.length; i += 1) expect((all[i - 1] ?? '') < (all[i] ?? '')).toBe(true);
  });
});

test('services carry their names and whether resource control policies reach them', () => {
  expect(serviceName('S3')).toBe('Amazon S3');
  for (const service of ['s3', 'sts', 'kms', 'sqs', 'secretsmanager', 'ecr', 'dynamodb']) {
    expect(supportsRcp(service), service).toBe(true);
  }
  for (const service of ['iam', 'ec2', 'lambda', 'sns', 'organizations']) expect(supportsRcp(service)).toBe(false);
  expect(rcpServices().every((service) => iamServices().includes(service))).toBe(true);
});
