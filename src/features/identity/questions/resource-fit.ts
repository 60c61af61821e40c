// Whether a resource is one that an action can name: a question that mixes the two up has an answer, but not the one
// that was meant.

import { resourceTypesOf } from '../actions/resource-types.ts';
import { matchesWildcard } from '../actions/wildcard.ts';

/** What to say about the pair, a sentence each; empty when they fit. */
export function fitNotes(action: string, resource: string): readonly string[] {
  const types = resourceTypesOf(action);
  if (types === undefined) return [];
  if (types.length === 0) {
    if (resource === '*') return [];
    return [`${action} acts on no particular resource: policies allow it on "*" alone. Ask for "*" instead.`];
  }
  const required = types.filter((type) => type.required);
  const named = required.length > 0 ? required : types;
  if (resource === '*') {
    return required.length === 0
      ? []
      : [`${action} acts on ${listOf(required)}: with "*", only permissions for every one of them count.`];
  }
  if (/[*?]/.test(resource)) {
    return [
      `${resource} is taken as one resource of that name: permissions for a part of what it matches do not count.`,
    ];
  }
  const fits = types.some((type) => type.arns.some((arn) => isOne(arn, resource)));
  return fits ? [] : [`${action} acts on ${listOf(named)}; ${resource} is something else.`];
}

/** A bucket's name has no slash: what has one is an object of it. Names of other resources may. */
function isOne(form: string, resource: string): boolean {
  if (!matchesWildcard(form.replaceAll(/\$\{[^}]*\}/g, '*'), resource)) return false;
  return !form.endsWith(':::${BucketName}') || !resource.includes('/');
}

function listOf(types: readonly { readonly name: string; readonly arns: readonly string[] }[]): string {
  return types
    .slice(0, 3)
    .map(({ name, arns }) => `${name} (${arns[0]?.replaceAll(/\$\{(\w+)\}/g, '<$1>') ?? 'no ARN'})`)
    .join(' or ');
}
