// ECR.

import type * as sdk from '@aws-sdk/client-ecr';
import type { Answers, Call } from '../call.ts';
import type { EcrModel, Repository } from '../model/ecr/ecr.ts';
import { scanningOf } from '../model/ecr/scanning.ts';
import { page } from '../pages.ts';
import { refuse } from '../refusal.ts';

function registryOf(call: Call): EcrModel {
  return call.account.region(call.region).ecr;
}

function absence(call: Call, name: string | undefined): string {
  return `The repository with name '${name}' does not exist in the registry with id '${call.site.account}'`;
}

function repositoryOf(call: Call, member: 'name' | 'arn', value: string | undefined): Repository {
  const repository = registryOf(call).repositories.find((candidate) => candidate[member] === value);
  return repository ?? refuse('RepositoryNotFoundException', absence(call, value));
}

const filtersOf = (filters: readonly string[]): sdk.ScanningRepositoryFilter[] =>
  filters.map((filter) => ({ filter, filterType: 'WILDCARD' }));

export const ecr: Answers<typeof sdk> = {
  DescribeRepositories: (input, call) => {
    const wanted = input.repositoryNames;
    const all =
      wanted === undefined ? registryOf(call).repositories : wanted.map((name) => repositoryOf(call, 'name', name));
    const { items, next } = page(all, input.nextToken, input.maxResults ?? 100, 1000, 'InvalidParameterException');
    return {
      repositories: items.map((repository) => ({
        repositoryName: repository.name,
        repositoryArn: repository.arn,
        registryId: call.site.account,
        repositoryUri: `${call.site.account}.dkr.ecr.${call.region}.amazonaws.com/${repository.name}`,
        createdAt: call.world.calendar.ago(200),
        imageTagMutability: repository.immutable ? 'IMMUTABLE' : 'MUTABLE',
        imageScanningConfiguration: { scanOnPush: repository.scanOnPush },
        encryptionConfiguration: { encryptionType: 'AES256' },
      })),
      nextToken: next,
    };
  },
  GetRepositoryPolicy: (input, call) => {
    const { name, policy } = repositoryOf(call, 'name', input.repositoryName);
    if (policy === undefined)
      refuse(
        'RepositoryPolicyNotFoundException',
        `Repository policy does not exist for the repository with name '${name}'`,
      );
    return { registryId: call.site.account, repositoryName: name, policyText: JSON.stringify(policy) };
  },
  GetRegistryScanningConfiguration: (_, call) => {
    const { type, rules } = registryOf(call).scanning;
    return {
      registryId: call.site.account,
      scanningConfiguration: {
        scanType: type,
        rules: rules.map((rule) => ({
          scanFrequency: rule.frequency,
          repositoryFilters: filtersOf(rule.filters),
        })),
      },
    };
  },
  BatchGetRepositoryScanningConfiguration: (input, call) => {
    const { repositories, scanning } = registryOf(call);
    const wanted = input.repositoryNames ?? [];
    const found = repositories.filter(({ name }) => wanted.includes(name));
    return {
      scanningConfigurations: found.map((repository) => {
        const { frequency, filters } = scanningOf(scanning, repository);
        return {
          repositoryArn: repository.arn,
          repositoryName: repository.name,
          scanOnPush: frequency === 'SCAN_ON_PUSH',
          scanFrequency: frequency,
          appliedScanFilters: filtersOf(filters),
        };
      }),
      failures: wanted
        .filter((name) => !found.some((repository) => repository.name === name))
        .map((name) => ({
          repositoryName: name,
          failureCode: 'REPOSITORY_NOT_FOUND',
          failureReason: absence(call, name),
        })),
    };
  },
  ListTagsForResource: (input, call) => ({
    tags: Object.entries(repositoryOf(call, 'arn', input.resourceArn).tags).map(([Key, Value]) => ({ Key, Value })),
  }),
};
