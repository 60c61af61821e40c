// What a boundary is generated from, and how it is written on the command line.

import { accessLevels, serviceActions } from '../../../domain/iam/actions.ts';
import type { AccessLevel } from '../../../domain/iam/actions.ts';
import { isAccountId, parseArn } from '../../../domain/arn.ts';
import type { Partition } from '../../../domain/arn.ts';
import { UsageError } from '../../../domain/errors.ts';
import { parseDate } from '../policy/conditions/date.ts';

/** One part of the ceiling: a pattern of actions, or the actions of a service that have certain access levels. */
export type Allowance =
  | { readonly pattern: string }
  | { readonly service: string; readonly levels: readonly AccessLevel[] };

/** A tag that requests must carry; without values any value will do. */
export interface RequiredTag {
  readonly key: string;
  readonly values: readonly string[];
}

export interface BoundaryOptions {
  /** The most that anybody with this boundary can be given. */
  readonly allow: readonly Allowance[];
  /** Approved regions; none approves all. */
  readonly regions: readonly string[];
  /** The end of all access, in milliseconds since 1970. */
  readonly expires: number | undefined;
  /** The ARN that the boundary's own policy has or will have. */
  readonly boundaryArn: string | undefined;
  readonly tags: readonly RequiredTag[];
  /** `none`: no change of users, roles and policies at all. `boundary`: only of those that carry this boundary. */
  readonly delegation: 'none' | 'boundary';
  /** `/path/` of IAM under which credentials, tags, groups' members and policy versions may be managed too. */
  readonly delegationPath: string | undefined;
  /** Patterns of role ARNs that may be passed to a service and assumed. */
  readonly roles: readonly string[];
  readonly partition: Partition;
}

export const defaultOptions: BoundaryOptions = {
  allow: [{ pattern: '*' }],
  regions: [],
  expires: undefined,
  boundaryArn: undefined,
  tags: [],
  delegation: 'none',
  delegationPath: undefined,
  roles: [],
  partition: 'aws',
};

const levelWords: Readonly<Record<string, AccessLevel>> = Object.fromEntries(
  accessLevels.map((level) => [level.split(' ')[0]?.toLowerCase() ?? '', level]),
);

/**
 * Reads `s3` (all actions of a service), `s3:Get*` (a pattern), `s3=read+list` (actions by access level) or `*`.
 *
 * @throws UsageError when the text is none of these or AWS lists no such service
 */
export function parseAllowance(text: string): Allowance {
  if (text === '*') return { pattern: '*' };
  const [, service = '', action, words] = /^([a-z0-9-]+)(?::([A-Za-z0-9*?-]+)|=([a-z+]+))?$/i.exec(text) ?? [];
  const known = serviceActions(service);
  if (known === undefined) {
    throw new UsageError(`--allow does not know the service in ${JSON.stringify(text.slice(0, 100))}.`, {
      hint: 'Write a service prefix of IAM (s3), a pattern of actions (s3:Get*), or access levels (s3=read+list).',
    });
  }
  if (words === undefined) return { pattern: `${known.service}:${action ?? '*'}` };
  const levels = words.split('+').map((word) => {
    const level = levelWords[word.toLowerCase()];
    if (level !== undefined) return level;
    throw new UsageError(`${JSON.stringify(word.slice(0, 40))} is no access level.`, {
      hint: `The access levels are ${Object.keys(levelWords).join(', ')}; join them with +.`,
    });
  });
  return { service: known.service, levels };
}

function isTagText(part: string, longest: number): boolean {
  return /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u.test(part) && part.length <= longest;
}

/**
 * Reads `key` or `key=value|value`.
 *
 * @throws UsageError when AWS would not take the key or a value
 */
export function parseRequiredTag(text: string): RequiredTag {
  const equals = text.indexOf('=');
  const key = equals === -1 ? text : text.slice(0, equals);
  const values = equals === -1 ? [] : text.slice(equals + 1).split('|');
  if (!isTagText(key, 128) || /^aws:/i.test(key) || !values.every((value) => isTagText(value, 256))) {
    throw new UsageError(`${JSON.stringify(text.slice(0, 100))} is no tag that a request can carry.`, {
      hint: 'Write key, or key=value|value. See https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html',
    });
  }
  return { key, values };
}

/**
 * Reads a date (`2026-12-31`, `2026-12-31T18:00:00Z`) or a number of days from now (`90d`).
 *
 * @returns milliseconds since 1970
 * @throws UsageError when the text is no date or lies in the past
 */
export function parseExpiry(text: string, now: Date): number {
  const days = /^(\d{1,4})d$/.exec(text)?.[1];
  const moment =
    days === undefined ? parseDate(text) : Math.floor(now.getTime() / 1_000) * 1_000 + Number(days) * 86_400_000;
  if (moment === undefined || !/^\d{4}-|d$/.test(text)) {
    throw new UsageError(`--expires ${JSON.stringify(text.slice(0, 40))} is no date.`, {
      hint: 'Write 2026-12-31, 2026-12-31T18:00:00Z or a number of days such as 90d.',
    });
  }
  if (moment > now.getTime()) return moment;
  throw new UsageError(`--expires ${text} is not in the future: the boundary would deny everything.`, {
    hint: 'Choose a later date.',
  });
}

function refuse(message: string, hint: string): never {
  throw new UsageError(message, { hint });
}

/** @throws UsageError when options contradict each other or are malformed */
export function checkOptions(options: BoundaryOptions): void {
  const { boundaryArn, partition, delegation, delegationPath, regions, roles } = options;
  if (delegation === 'boundary' && boundaryArn === undefined)
    refuse('Delegation with the boundary needs the ARN of the boundary.', 'Give --boundary-arn.');
  if (delegation === 'none' && delegationPath !== undefined)
    refuse('A delegation path means nothing without delegation.', 'Give --delegation boundary, or no path.');
  if (delegationPath !== undefined && !/^\/(?:[\w+=,.@-]+\/)+$/.test(delegationPath))
    refuse(
      `${JSON.stringify(delegationPath.slice(0, 100))} is no IAM path.`,
      'A path begins and ends with a slash: /delegated/',
    );
  if (boundaryArn !== undefined) {
    const arn = parseArn(boundaryArn);
    if (
      arn === undefined ||
      arn.service !== 'iam' ||
      !isAccountId(arn.account) ||
      !/^policy\/[\w+=,.@/-]+$/.test(arn.resource)
    )
      refuse(
        `${JSON.stringify(boundaryArn.slice(0, 200))} is no ARN of a policy of your own.`,
        'It looks like arn:aws:iam::111122223333:policy/name.',
      );
    if (arn?.partition !== partition)
      refuse(
        `The boundary's ARN is of partition ${arn?.partition ?? ''}, not ${partition}.`,
        'Give --partition as in the ARN.',
      );
  }
  for (const region of regions)
    if (!/^[a-z]{2}(?:-[a-z]+)+-\d$/.test(region))
      refuse(`${JSON.stringify(region.slice(0, 40))} is no region.`, 'Write codes such as eu-central-1.');
  for (const role of roles) {
    const arn = parseArn(role);
    if (role !== '*' && (arn?.service !== 'iam' || !arn.resource.startsWith('role/')))
      refuse(
        `${JSON.stringify(role.slice(0, 200))} is no ARN of a role.`,
        'Write arn:aws:iam::111122223333:role/path/*, or * for any role.',
      );
  }
}
