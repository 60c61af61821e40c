import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './function.ts';

const arnOf = (name: string): string => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;

const configuration = (name: string, more: object = {}): object => ({
  FunctionName: name,
  FunctionArn: arnOf(name),
  Runtime: 'nodejs24.x',
  PackageType: 'Zip',
  Role: 'arn:aws:iam::111122223333:role/worker',
  LastModified: '2026-01-01T10:00:00.000+0000',
  VpcConfig: { VpcId: 'vpc-1', SecurityGroupIds: ['sg-1'] },
  Environment: { Variables: { LOG_LEVEL: 'debug', DB_PASSWORD: 'hunter22-canary' } },
  ...more,
});

const answers: Answers = {
  'lambda:ListFunctions': ({ input }) =>
    input['Marker'] === undefined
      ? { Functions: [configuration('one')], NextMarker: 'second' }
      : { Functions: [configuration('two')] },
  'lambda:GetFunctionConfiguration': ({ input }) => configuration(String(input['FunctionName']).replace(/^.*:/, '')),
  'lambda:GetPolicy': ({ input }) => ({
    Policy: input['Qualifier'] === undefined ? '{"Statement":[]}' : JSON.stringify({ of: input['Qualifier'] }),
  }),
  'lambda:ListAliases': ({ input }) =>
    input['Marker'] === undefined
      ? { Aliases: [{ Name: 'live', FunctionVersion: '3' }], NextMarker: 'second' }
      : { Aliases: [{ Name: 'beta', FunctionVersion: '4' }] },
  'lambda:ListFunctionUrlConfigs': ({ input }) => {
    const FunctionArn = arnOf(String(input['FunctionName']));
    return input['Marker'] === undefined
      ? {
          FunctionUrlConfigs: [{ FunctionArn, FunctionUrl: 'https://a.lambda-url.example/', AuthType: 'NONE' }],
          NextMarker: 'second',
        }
      : {
          FunctionUrlConfigs: [
            { FunctionArn: `${FunctionArn}:live`, FunctionUrl: 'https://b.lambda-url.example/', AuthType: 'AWS_IAM' },
          ],
        };
  },
  'lambda:ListTags': { Tags: { owner: 'payments' } },
};

const oneFunction = (more: object): Answers => ({
  ...answers,
  'lambda:ListFunctions': { Functions: [configuration('one', more)] },
});

keepsItsPromises('lambda/function', {
  collector,
  answers,
  parts: {
    'lambda:GetPolicy': ['config.policy', 'config.aliases.0.policy', 'config.aliases.1.policy'],
    'lambda:ListAliases': ['config.aliases'],
    'lambda:ListFunctionUrlConfigs': ['config.urls'],
    'lambda:ListTags': ['tags'],
  },
  refreshOnly: ['lambda:GetFunctionConfiguration'],
});

describe('lambda/function', () => {
  test('reads every page of functions and of their URLs', async () => {
    const { resources, pages } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(['one', 'two']);
    expect(pages.map((page) => page.cursor)).toEqual(['second', undefined]);
    expect(resources[0]).toMatchObject({
      arn: arnOf('one'),
      tags: { owner: 'payments' },
      config: {
        runtime: 'nodejs24.x',
        packageType: 'Zip',
        roleArn: 'arn:aws:iam::111122223333:role/worker',
        vpcId: 'vpc-1',
        securityGroupIds: ['sg-1'],
        policy: '{"Statement":[]}',
        aliases: [
          { name: 'beta', version: '4', policy: '{"of":"beta"}' },
          { name: 'live', version: '3', policy: '{"of":"live"}' },
        ],
        urls: [
          { url: 'https://a.lambda-url.example/', authType: 'NONE', qualifier: null },
          { url: 'https://b.lambda-url.example/', authType: 'AWS_IAM', qualifier: 'live' },
        ],
      },
    });
  });

  test('goes on from a cursor', async () => {
    const { resources } = await collected(collector, answers, { cursor: 'second' });
    expect(resources.map(({ name }) => name)).toEqual(['two']);
  });

  test('of the environment, names and recognised secrets go on, values do not', async () => {
    const { resources } = await collected(collector, oneFunction({}));
    expect(resources).toMatchObject([
      {
        config: {
          environmentNames: ['LOG_LEVEL', 'DB_PASSWORD'],
          environmentSecrets: [{ detector: 'generic-password', location: 'Environment.DB_PASSWORD' }],
        },
      },
    ]);
    expect(JSON.stringify(resources)).not.toMatch(/canary|debug/);
  });

  test.each(['KMSAccessDeniedException', 'KMSNotFoundException', 'ResourceNotFoundException'])(
    'an environment that Lambda could not decrypt (%s) is unread, not harmless',
    async (ErrorCode) => {
      const Environment = { Error: { ErrorCode, Message: 'canary' } };
      const { resources, context } = await collected(collector, oneFunction({ Environment }));
      const unread = { $unread: { operation: 'lambda:ListFunctions' } };
      expect(resources).toMatchObject([{ config: { environmentNames: unread, environmentSecrets: unread } }]);
      expect(context.gaps).toMatchObject([{ operation: 'lambda:ListFunctions' }]);
      expect(JSON.stringify([resources, context.gaps])).not.toContain('canary');
    },
  );

  test('an image without environment, VPC, policy or URL', async () => {
    const { resources, context } = await collected(collector, {
      ...oneFunction({ Runtime: undefined, PackageType: 'Image', VpcConfig: undefined, Environment: undefined }),
      'lambda:GetPolicy': refuse('ResourceNotFoundException'),
      'lambda:ListAliases': { Aliases: [] },
      'lambda:ListFunctionUrlConfigs': { FunctionUrlConfigs: [] },
    });
    expect(resources).toMatchObject([
      {
        config: {
          runtime: null,
          packageType: 'Image',
          vpcId: null,
          securityGroupIds: [],
          environmentNames: [],
          environmentSecrets: [],
          policy: null,
          aliases: [],
          urls: [],
        },
      },
    ]);
    expect(context.gaps).toEqual([]);
  });

  test('an alias without a policy has none', async () => {
    const { resources, context } = await collected(collector, {
      ...oneFunction({}),
      'lambda:GetPolicy': refuse('ResourceNotFoundException'),
    });
    expect(resources).toMatchObject([{ config: { policy: null, aliases: [{ policy: null }, { policy: null }] } }]);
    expect(context.gaps).toEqual([]);
  });

  test('a function that is gone is left out, though its missing policy has the same name', async () => {
    const { resources, context } = await collected(collector, {
      ...oneFunction({}),
      'lambda:GetPolicy': refuse('ResourceNotFoundException'),
      'lambda:ListFunctionUrlConfigs': { FunctionUrlConfigs: [] },
      'lambda:ListTags': refuse('ResourceNotFoundException'),
    });
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
  });

  test.each(['Role', 'FunctionArn', 'PackageType'])('%s is not guessed', async (name) => {
    const { error } = await collectedUntilError(collector, oneFunction({ [name]: undefined }));
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    const gone = { ...answers, 'lambda:GetFunctionConfiguration': refuse('ResourceNotFoundException') };
    expect(await refreshed(collector, gone, arnOf('one'))).toBeUndefined();
  });
});
