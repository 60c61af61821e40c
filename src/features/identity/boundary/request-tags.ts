// Which actions create something and can be given its tags in the same request. AWS says for each action, and for each
// resource type that an action names, whether `aws:RequestTag` is in the request: RunInstances carries the tags of the
// instance and not those of the subnet. The table is that part of the Service Authorization Reference; which verbs create is
// decided by its generator.
// https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html

import { resourceTypesOf } from '../actions/resource-types.ts';
import table from '../../../generated/iam/request-tags.json' with { type: 'json' };

export interface TaggedRequest {
  /** As AWS writes it: `ec2:RunInstances`. */
  readonly action: string;
  /** Resource types whose authorisation sees the request's tags; undefined where that of every resource does. */
  readonly types: readonly string[] | undefined;
}

/** Every action that creates something with tags, by service. */
export function taggedRequests(): ReadonlyMap<string, readonly TaggedRequest[]> {
  return new Map(
    Object.entries(table.services).map(([service, text]) => [
      service,
      text.split(' ').map((entry): TaggedRequest => {
        const [name = '', types] = entry.split(':');
        const action = `${service}:${name}`;
        const listed = types?.split(',');
        const all = resourceTypesOf(action) ?? [];
        return { action, types: listed && all.every((type) => listed.includes(type.name)) ? undefined : listed };
      }),
    ]),
  );
}
