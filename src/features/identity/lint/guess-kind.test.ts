import { expect, test } from 'vitest';
import { guessKind } from './guess-kind.ts';

const statement = (elements: object): object => ({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', ...elements },
});

test.each<[string, unknown, string]>([
  ['policies/deny-regions.scp.json', statement({}), 'service-control'],
  ['SCPs/regions.json', statement({}), 'service-control'],
  ['scope.json', statement({ Action: '*' }), 'identity'],
  ['developer-boundary.json', statement({}), 'permissions-boundary'],
  ['rcp-perimeter.json', statement({ Principal: '*' }), 'resource-control'],
  ['s3-vpce.json', statement({ Principal: '*' }), 'vpc-endpoint'],
  ['deploy.json', statement({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }), 'trust'],
  ['deploy.json', statement({ Principal: { AWS: '*' }, Action: ['sts:AssumeRole', 'sts:TagSession'] }), 'trust'],
  ['bucket.json', statement({ Principal: '*', Action: 's3:GetObject' }), 'resource'],
  ['bucket.json', statement({ NotPrincipal: '*', Action: 's3:GetObject' }), 'resource'],
  ['-', statement({ Action: '*' }), 'identity'],
  ['-', undefined, 'identity'],
  ['-', { Statement: [null, 1] }, 'identity'],
])('%s with %j is of kind %s', (file, value, kind) => {
  expect(guessKind(value, file)).toBe(kind);
});
