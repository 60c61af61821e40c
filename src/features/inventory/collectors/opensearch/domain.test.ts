import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed, refuse } from '../testing.ts';
import { collector } from './domain.ts';

const arnOf = (name: string): string => `arn:aws:es:eu-west-1:111122223333:domain/${name}`;
const status = (DomainName: string, more: object = {}): object => ({
  DomainId: `111122223333/${DomainName}`,
  DomainName,
  ARN: arnOf(DomainName),
  EngineVersion: 'OpenSearch_2.19',
  ClusterConfig: {},
  ...more,
});
const names = ['one', 'two', 'three', 'four', 'five', 'six'];

const answers: Answers = {
  'es:ListDomainNames': { DomainNames: names.map((DomainName) => ({ DomainName, EngineType: 'OpenSearch' })) },
  'es:DescribeDomains': ({ input }) => ({
    DomainStatusList: (input['DomainNames'] as string[]).map((name) =>
      status(
        name,
        name === 'one'
          ? {
              AccessPolicies: '{"Statement":[]}',
              VPCOptions: { VPCId: 'vpc-1' },
              AdvancedSecurityOptions: { Enabled: true, AnonymousAuthEnabled: false },
            }
          : {},
      ),
    ),
  }),
  'es:ListTags': { TagList: [{ Key: 'owner', Value: 'payments' }] },
};

keepsItsPromises('opensearch/domain', { collector, answers, parts: { 'es:ListTags': ['tags'] } });

describe('opensearch/domain', () => {
  test('reads all domains, five in one call', async () => {
    const { resources, context } = await collected(collector, answers);
    expect(resources.map(({ name }) => name)).toEqual(names);
    expect(context.calls.filter(({ operation }) => operation === 'es:DescribeDomains')).toHaveLength(2);
    expect(resources.slice(0, 2)).toMatchObject([
      {
        arn: arnOf('one'),
        region: 'eu-west-1',
        tags: { owner: 'payments' },
        config: {
          engineVersion: 'OpenSearch_2.19',
          vpcId: 'vpc-1',
          policy: '{"Statement":[]}',
          fineGrainedAccessControl: true,
          anonymousAccess: false,
        },
      },
      { config: { vpcId: null, policy: null, fineGrainedAccessControl: false, anonymousAccess: false } },
    ]);
  });

  test('a region without domains costs one call', async () => {
    const { resources, context } = await collected(collector, {
      ...answers,
      'es:ListDomainNames': { DomainNames: [] },
    });
    expect(resources).toEqual([]);
    expect(context.calls).toHaveLength(1);
  });

  test('a domain that is being deleted is left out', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'es:DescribeDomains': { DomainStatusList: [status('one', { Deleted: true }), status('two')] },
      'es:ListDomainNames': { DomainNames: [{ DomainName: 'one' }, { DomainName: 'two' }] },
    });
    expect(resources.map(({ name }) => name)).toEqual(['two']);
  });

  test('an ARN is not guessed', async () => {
    const { error } = await collectedUntilError(collector, {
      ...answers,
      'es:DescribeDomains': { DomainStatusList: [status('one', { ARN: undefined })] },
    });
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    const without = { ...answers, 'es:DescribeDomains': refuse('ResourceNotFoundException') };
    expect(await refreshed(collector, without, arnOf('one'))).toBeUndefined();
  });
});
