import { describe, expect, test } from 'vitest';
import { serviceActions } from '../../../domain/iam/actions.ts';
import { resourceTypesOf } from '../actions/resource-types.ts';
import { accessClasses } from './access.ts';
import { actionLists, exposedActions } from './actions.ts';

/** What the Service Authorization Reference calls the resources. */
const types = {
  bucket: 'bucket',
  'access-point': 'accesspoint',
  domain: 'domain',
  key: 'key',
  function: 'function',
  topic: 'topic',
  queue: 'queue',
  repository: 'repository',
  secret: 'Secret',
};

const objects: Readonly<Record<string, string>> = { bucket: 'object', 'access-point': 'accesspointobject' };

/** https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html#ac-types-resource */
function isDecided(kind: string, target: string, name: string): boolean {
  if (kind !== 'domain') return true;
  return target === 'object' ? name.startsWith('ESHttp') : name.startsWith('ESCrossCluster');
}

describe('the lists of actions', () => {
  const listed = actionLists.filter(({ kind }) => kind !== 'role');

  test.each(listed)('hold every action on a $kind ($target) once', ({ kind, target, service, names }) => {
    const type =
      target === 'object' ? (objects[kind] ?? types[kind as keyof typeof types]) : types[kind as keyof typeof types];
    const known = (serviceActions(service)?.names ?? []).filter(
      (name) =>
        isDecided(kind, target, name) && resourceTypesOf(`${service}:${name}`)?.some((use) => use.name === type),
    );
    const given = Object.values(names).flatMap((text) => text.split(' '));
    expect([...given].sort()).toEqual([...known].sort());
    expect(Object.keys(names).every((name) => accessClasses.some((one) => one === name))).toBe(true);
  });

  test('a role can be assumed in every way that AWS knows', () => {
    const known = (serviceActions('sts')?.names ?? []).filter((name) => name.startsWith('AssumeRole'));
    const assumed = known.filter((name) => resourceTypesOf(`sts:${name}`)?.some((use) => use.name === 'role'));
    expect(exposedActions('role').map(({ action }) => action)).toEqual(assumed.map((name) => `sts:${name}`));
  });
});
