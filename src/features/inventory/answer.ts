// The door of an answer: what AWS says is checked and normalised here, once, before anything believes it.

import { formatArn, type Partition } from '../../domain/arn.ts';
import { VedetteError } from '../../domain/errors.ts';
import { type Evidence, isUnread } from '../../domain/evidence.ts';
import type { Resource, ResourceType, Tags } from '../../domain/resource.ts';
import type { CollectContext } from './contract.ts';

/** An answer that lacks what must be there. Nothing is assumed in its place. It names the member, never a value. */
export class MalformedAnswer extends VedetteError {
  /** The operation that answered so; errors of the SDK carry it under the same name. */
  readonly vedetteOperation: string;

  constructor(operation: string, member: string) {
    super('malformed-answer', `The answer of ${operation} lacks ${member}, or has it in a form that is not known.`, {
      hint: 'Scan again; if it stays, look whether the endpoint is AWS itself or an emulator that knows less.',
      place: { action: operation },
    });
    this.vedetteOperation = operation;
  }
}

/** Takes members out of one operation's answers, and throws `MalformedAnswer` for those that are not there. */
export interface Members {
  <T>(value: T | null | undefined, member: string): T;
  /** One of the values that the documentation lists. */
  oneOf<T extends string>(value: string | undefined, allowed: readonly T[], member: string): T;
  /** A time as ISO 8601 text. */
  time(value: Date | undefined, member: string): string;
}

/** Members of the answers of `operation`. An empty text counts as missing: no id, ARN or status is empty. */
export function membersOf(operation: string): Members {
  const must = <T>(value: T | null | undefined, member: string): T => {
    if (value === undefined || value === null || value === '') throw new MalformedAnswer(operation, member);
    return value;
  };
  return Object.assign(must, {
    oneOf: <T extends string>(value: string | undefined, allowed: readonly T[], member: string): T => {
      const found = allowed.find((one) => one === value);
      if (found === undefined) throw new MalformedAnswer(operation, member);
      return found;
    },
    time: (value: Date | undefined, member: string): string => {
      const time = must(value, member);
      if (Number.isNaN(time.getTime())) throw new MalformedAnswer(operation, member);
      return time.toISOString();
    },
  });
}

/** A time that AWS may leave out. */
export function timeOrNull(value: Date | undefined): string | null {
  return value === undefined || Number.isNaN(value.getTime()) ? null : value.toISOString();
}

/** A text that AWS may leave out or give empty. */
export function textOrNull(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : value;
}

/** Tags from any of the spellings of the services' lists. */
export function tagsOf(
  list:
    | readonly {
        Key?: string | undefined;
        Value?: string | undefined;
        TagKey?: string | undefined;
        TagValue?: string | undefined;
      }[]
    | undefined,
): Tags {
  return Object.fromEntries((list ?? []).map((tag) => [tag.Key ?? tag.TagKey ?? '', tag.Value ?? tag.TagValue ?? '']));
}

/** The ARN-like key of a setting that has no ARN of its own. */
export function settingArn(
  context: { partition: Partition; account: string },
  service: string,
  region: string,
  setting: string,
): string {
  return formatArn({ partition: context.partition, service, region, account: context.account, resource: setting });
}

/** The last part of an ARN: the id or name after its last slash. */
export function idOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}

/** Tags with recognised secrets replaced: a tag is for everybody to read, and people write passwords into them all the same. */
function withoutSecrets(context: CollectContext, tags: Tags): Tags {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [key, secretless(context, value, key)]));
}

/**
 * A free text without recognised secrets, which are replaced as a whole by detector and fingerprint.
 * @param name what the text is called: a value is a password because of its name
 */
export function secretless(context: CollectContext, text: string, name: string): string {
  if (text === '') return text;
  const [first] = context.findSecrets(`${name}=${text}`, name);
  return first === undefined ? text : `[${first.detector} ${first.fingerprint}]`;
}

/** A resource of the unit's account, read now. `region` is the unit's unless it is given. */
export function resourceOf<T extends ResourceType>(
  context: CollectContext,
  type: T,
  seen: { arn: string; name: string; tags: Evidence<Tags>; config: Resource<T>['config']; region?: string },
): Resource<T> {
  const { arn, name, config, region = context.region } = seen;
  const tags = isUnread(seen.tags) ? seen.tags : withoutSecrets(context, seen.tags);
  return { arn, type, account: context.account, region, name, tags, config, collectedAt: context.now() };
}

/** The SDK's name for an error: AWS's error code. */
export function errorName(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
