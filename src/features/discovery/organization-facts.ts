// What Organizations says beside the tree: its policies with their attachments, and who administers what.

import type { DelegatedAdministrator, OrganizationPolicy } from '../../domain/account.ts';
import { type Evidence, isUnread, unread } from '../../domain/evidence.ts';
import { mapLimited } from './map-limited.ts';
import type { OrganizationReader } from './organization-reader.ts';

const callsAtOnce = 8;

/** `none` stands for null ("AWS says there is none"); a refusal stays a refusal. */
export function evidenceOf<T, R>(value: Evidence<T | null>, map: (value: T) => R, none: R): Evidence<R> {
  if (value === null) return none;
  return isUnread(value) ? value : map(value);
}

/** All policies of the given types; unread as a whole when one type could not be listed. */
export async function readPolicies(
  reader: OrganizationReader,
  types: readonly string[],
): Promise<Evidence<readonly OrganizationPolicy[]>> {
  const lists = await mapLimited(types, callsAtOnce, (type) => reader.policies(type));
  const refused = lists.find(isUnread);
  if (refused !== undefined) return refused;
  const summaries = lists.flatMap((list) =>
    (isUnread(list) ? [] : (list ?? [])).flatMap((policy) =>
      policy.Id === undefined ? [] : [{ ...policy, Id: policy.Id }],
    ),
  );
  return await mapLimited(summaries, callsAtOnce, async (summary): Promise<OrganizationPolicy> => {
    const [described, targets] = await Promise.all([reader.policy(summary.Id), reader.targets(summary.Id)]);
    const content = evidenceOf(described, (policy) => policy.Content, undefined);
    return {
      id: summary.Id,
      arn: summary.Arn ?? '',
      name: summary.Name ?? summary.Id,
      type: summary.Type ?? '',
      awsManaged: summary.AwsManaged ?? false,
      content: content ?? unread('organizations:DescribePolicy', 'failed'),
      targets: evidenceOf(targets, (all) => all.flatMap((target) => target.TargetId ?? []), []),
    };
  });
}

export async function readDelegations(
  reader: OrganizationReader,
): Promise<Evidence<readonly DelegatedAdministrator[]>> {
  const administrators = await reader.delegatedAdministrators();
  if (isUnread(administrators)) return administrators;
  const ids = (administrators ?? []).flatMap((one) => one.Id ?? []);
  return await mapLimited(ids, callsAtOnce, async (account) => ({
    account,
    services: evidenceOf(
      await reader.delegatedServices(account),
      (services) => services.flatMap((service) => service.ServicePrincipal ?? []),
      [],
    ),
  }));
}
