// Tags that must be there from the start. One statement for each tag: several tags in one `Null` would only deny
// requests that lack all of them. Each names only actions whose request can carry tags, and, where an action uses some
// resources and creates others, only what it creates; otherwise the key is never there and everything is denied.
// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_tagging.html
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag

import type { BoundaryOptions, RequiredTag } from './options.ts';
import { groupRequests } from './tag-groups.ts';
import type { BoundaryStatement, ExplainedStatement } from './statement.ts';
import { oneOrMany } from './statement.ts';

/** @param reached whether the ceiling reaches an action */
export function tagStatements(
  { tags, partition }: BoundaryOptions,
  reached: (action: string) => boolean,
): readonly ExplainedStatement[] {
  if (tags.length === 0) return [];
  const scopes = groupRequests(partition, reached);
  return tags.flatMap((tag, index) =>
    scopes.map((scope, part): ExplainedStatement => {
      const Sid = `Tag${index + 1}${scopes.length === 1 ? '' : `Part${part + 1}`}`;
      const statement: BoundaryStatement = { Sid, Effect: 'Deny', ...scope, Condition: conditionFor(tag) };
      const values = tag.values.length === 0 ? '' : ` with the value ${tag.values.join(' or ')}`;
      return { statement, why: `Nothing that takes tags can be created without the tag ${tag.key}${values}.` };
    }),
  );
}

/** An absent key is not equal to any value, so that one test covers both. */
function conditionFor({ key, values }: RequiredTag): NonNullable<BoundaryStatement['Condition']> {
  const name = `aws:RequestTag/${key}`;
  return values.length === 0 ? { Null: { [name]: 'true' } } : { StringNotEquals: { [name]: oneOrMany(values) } };
}
