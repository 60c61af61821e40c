// OpenSearch Service.

import type * as sdk from '@aws-sdk/client-opensearch';
import type { DomainStatus } from '@aws-sdk/client-opensearch';
import type { Answers, Call } from '../call.ts';
import type { Domain } from '../model/search.ts';
import { refuse } from '../refusal.ts';

const domainsOf = (call: Call): readonly Domain[] => call.account.region(call.region).search.domains;

function statusOf({ name, arn, id, vpc, policy, asks }: Domain): DomainStatus {
  return {
    DomainId: id,
    DomainName: name,
    ARN: arn,
    Created: true,
    Deleted: false,
    EngineVersion: 'OpenSearch_2.19',
    ClusterConfig: { InstanceType: 'm6g.large.search', InstanceCount: 2 },
    ...(policy === undefined ? {} : { AccessPolicies: JSON.stringify(policy) }),
    ...(vpc === undefined ? {} : { VPCOptions: vpc }),
    EncryptionAtRestOptions: { Enabled: true },
    AdvancedSecurityOptions: { Enabled: asks, InternalUserDatabaseEnabled: asks, AnonymousAuthEnabled: false },
  };
}

export const search: Answers<typeof sdk> = {
  ListDomainNames: (_, call) => ({
    DomainNames: domainsOf(call).map(({ name }) => ({ DomainName: name, EngineType: 'OpenSearch' as const })),
  }),
  DescribeDomains: (input, call) => {
    const names = input.DomainNames ?? [];
    if (names.length > 5) refuse('ValidationException', 'Please provide a maximum of 5 domain names to describe.');
    return {
      DomainStatusList: domainsOf(call)
        .filter(({ name }) => names.includes(name))
        .map(statusOf),
    };
  },
  ListTags: (input, call) => {
    const domain = domainsOf(call).find(({ arn }) => arn === input.ARN);
    if (domain === undefined) refuse('ResourceNotFoundException', `Domain not found: ${input.ARN}`, { status: 409 });
    return { TagList: Object.entries(domain.tags).map(([Key, Value]) => ({ Key, Value })) };
  },
};
