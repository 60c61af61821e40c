// OpenSearch and Elasticsearch domains with their access policy and network.

import {
  DescribeDomainsCommand,
  type DomainStatus,
  ListDomainNamesCommand,
  ListTagsCommand,
  OpenSearchClient,
} from '@aws-sdk/client-opensearch';
import { parseArn } from '../../../../domain/arn.ts';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, tagsOf, textOrNull } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { findOne, readPages } from '../../pages.ts';
import { partsOf } from '../../parts.ts';

const namesOperation = 'es:ListDomainNames';
const describeOperation = 'es:DescribeDomains';
const must = membersOf(describeOperation);
const gone = ['ResourceNotFoundException'];

/** AWS describes five domains at most in one call. */
const atOnce = 5;

/** Names of all domains of the region: AWS gives them as a whole. */
async function listNames(context: CollectContext): Promise<string[]> {
  const mustName = membersOf(namesOperation);
  const client = context.client(OpenSearchClient);
  const answer = await client.send(new ListDomainNamesCommand({}), { abortSignal: context.signal });
  return mustName(answer.DomainNames, 'DomainNames').map((one) => mustName(one.DomainName, 'DomainName'));
}

async function* describe(context: CollectContext, names: readonly string[]): AsyncGenerator<readonly DomainStatus[]> {
  const client = context.client(OpenSearchClient);
  for (let from = 0; from < names.length; from += atOnce) {
    const command = new DescribeDomainsCommand({ DomainNames: names.slice(from, from + atOnce) });
    const answer = await client.send(command, { abortSignal: context.signal });
    yield must(answer.DomainStatusList, 'DomainStatusList');
  }
}

async function readDomain(context: CollectContext, status: DomainStatus): Promise<AnyResource | undefined> {
  if (status.Deleted === true) return undefined;
  const arn = must(status.ARN, 'ARN');
  const parts = partsOf(context, gone);
  const tags = await parts.always('es:ListTags', async () => {
    const client = context.client(OpenSearchClient);
    const answer = await client.send(new ListTagsCommand({ ARN: arn }), { abortSignal: context.signal });
    return tagsOf(membersOf('es:ListTags')(answer.TagList, 'TagList'));
  });
  if (parts.vanished) return undefined;
  const security = status.AdvancedSecurityOptions;
  return resourceOf(context, 'AWS::OpenSearchService::Domain', {
    arn,
    name: must(status.DomainName, 'DomainName'),
    tags,
    config: {
      engineVersion: textOrNull(status.EngineVersion),
      vpcId: textOrNull(status.VPCOptions?.VPCId),
      policy: textOrNull(status.AccessPolicies),
      fineGrainedAccessControl: security?.Enabled === true,
      anonymousAccess: security?.AnonymousAuthEnabled === true,
    },
  });
}

const read = (context: CollectContext, names: readonly string[]) =>
  readPages(
    context,
    describe(context, names),
    (items) => ({ items }),
    (status) => readDomain(context, status),
  );

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::OpenSearchService::Domain'],
  operations: [namesOperation, describeOperation, 'es:ListTags'],
  events: [
    'es:CreateDomain',
    'es:CreateElasticsearchDomain',
    'es:UpdateDomainConfig',
    'es:UpdateElasticsearchDomainConfig',
    'es:DeleteDomain',
    'es:DeleteElasticsearchDomain',
    'es:AddTags',
    'es:RemoveTags',
  ],
  async *collect(context) {
    yield* read(context, await listNames(context));
  },
  async refresh(context, arn) {
    const name = parseArn(arn)?.resource.replace(/^domain\//, '') ?? arn;
    return await findOne(read(context, [name]), arn, gone);
  },
};
