// Prowler's mute lists as suppressions.
// Format: https://docs.prowler.com/projects/prowler-open-source/en/latest/tutorials/mutelist/

import { type Document, isAlias, isNode, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { UsageError, messageOf } from '../../domain/errors.ts';
import { type SuppressionRule, type TextCondition, parseSuppressionRule } from './suppression-rule.ts';

const maxBytes = 2_000_000;

const texts = z.array(z.coerce.string()).nullish();
const exceptions = z.object({ Accounts: texts, Regions: texts, Resources: texts, Tags: texts }).nullish();
const entrySchema = z.object({
  Regions: texts,
  Resources: texts,
  Tags: texts,
  Exceptions: exceptions,
  Description: z.string().nullish(),
});
const listSchema = z.object({
  Mutelist: z.object({
    Accounts: z.record(z.string(), z.object({ Checks: z.record(z.string(), entrySchema.nullable()) })),
  }),
});
type Entry = z.infer<typeof entrySchema>;

export interface ImportedSuppression {
  rule: SuppressionRule;
  reason: string;
}

export interface MutelistImport {
  suppressions: ImportedSuppression[];
  /** Prowler's checks that Vedette has no counterpart of: nothing is muted for them. */
  unknownChecks: string[];
}

/** What plain YAML has no need of, and what could make a small file large or run something. */
function refusedPart(document: Document): string | undefined {
  let refused: string | undefined;
  visit(document, (_, node) => {
    if (isAlias(node)) refused = 'aliases';
    else if (isNode(node) && 'anchor' in node && node.anchor !== undefined) refused = 'anchors';
    else if (isNode(node) && node.tag !== undefined && !node.tag.startsWith('tag:yaml.org,2002:'))
      refused = 'custom tags';
  });
  return refused;
}

function parseYaml(text: string, file: string): unknown {
  if (Buffer.byteLength(text) > maxBytes) {
    throw new UsageError(`${file} is larger than ${maxBytes / 1e6} MB.`, { place: { file } });
  }
  let problem: string | undefined;
  try {
    const document = parseDocument(text, { schema: 'core', resolveKnownTags: false, logLevel: 'silent' });
    const refused = refusedPart(document);
    problem = (document.errors[0] ?? document.warnings[0])?.message ?? (refused && `YAML ${refused} are not taken`);
    if (problem === undefined) return document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    // Nested too deep for the parser.
    problem = messageOf(error);
  }
  throw new UsageError(`${file} cannot be read as a mute list: ${problem}.`, {
    hint: 'Write the list as plain YAML, without anchors, aliases and tags.',
    place: { file },
  });
}

/** Prowler searches a pattern anywhere in the text, and reads a leading `*` as "anything". */
function searched(pattern: string): TextCondition {
  const plain = pattern.startsWith('*') ? `.*${pattern.slice(1)}` : pattern;
  return { matches: `.*(?:${plain}).*` };
}

function isAll(list: readonly string[] | null | undefined): boolean {
  return list === null || list === undefined || list.length === 0 || list.includes('*');
}

function oneOf(field: 'account' | 'region' | 'resource', list: readonly string[]): SuppressionRule {
  return { any: list.map((text) => ({ [field]: searched(text) }) as SuppressionRule) };
}

/** A tag entry is `key=value`, or several joined by `|`. All entries of a list must match. */
function tagRule(entry: string): SuppressionRule {
  return {
    any: entry.split('|').map((one): SuppressionRule => {
      const at = one.indexOf('=');
      if (at === -1) return { tag: { key: searched(one) } };
      return { tag: { key: one.slice(0, at), value: searched(one.slice(at + 1)) } };
    }),
  };
}

function exceptionRules(given: Entry['Exceptions']): SuppressionRule[] {
  if (given === null || given === undefined) return [];
  const parts: SuppressionRule[] = [];
  if (given.Accounts?.length) parts.push(oneOf('account', given.Accounts));
  if (given.Regions?.length) parts.push(oneOf('region', given.Regions));
  if (given.Resources?.length) parts.push(oneOf('resource', given.Resources));
  if (given.Tags?.length) parts.push(...given.Tags.map(tagRule));
  return parts.length === 0 ? [] : [{ not: { all: parts } }];
}

function ruleOf(account: string, checks: readonly string[] | undefined, entry: Entry): SuppressionRule {
  const all: SuppressionRule[] = [];
  if (checks !== undefined) all.push({ any: checks.map((check) => ({ check })) });
  if (account !== '*') all.push({ account });
  if (!isAll(entry.Regions)) all.push(oneOf('region', entry.Regions ?? []));
  if (!isAll(entry.Resources)) all.push(oneOf('resource', entry.Resources ?? []));
  for (const tag of entry.Tags ?? []) if (tag !== '*') all.push(tagRule(tag));
  all.push(...exceptionRules(entry.Exceptions));
  if (all.length === 0) all.push({ account: { matches: '.*' } });
  return parseSuppressionRule({ all });
}

/**
 * Reads a Prowler mute list.
 * @param checksOf Vedette's checks for a Prowler check id; empty when there is none. Patterns such as `s3_*` are asked as they are.
 * @param file the list's name, for errors
 * @throws UsageError when it is not a mute list, too large, or a pattern is not RE2
 */
export function readProwlerMutelist(
  text: string,
  checksOf: (prowlerId: string) => readonly string[],
  file: string,
): MutelistImport {
  const parsed = listSchema.safeParse(parseYaml(text, file));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(`${file} is not a Prowler mute list: ${issue?.message ?? ''}`, {
      hint: 'It has the form Mutelist: Accounts: "<account>": Checks: "<check>": Regions, Resources, Tags.',
      place: { file, ...(issue === undefined ? {} : { key: issue.path.join('.') }) },
    });
  }
  const suppressions: ImportedSuppression[] = [];
  const unknownChecks = new Set<string>();
  for (const [account, { Checks }] of Object.entries(parsed.data.Mutelist.Accounts)) {
    for (const [prowlerId, entry] of Object.entries(Checks)) {
      const checks = prowlerId === '*' ? undefined : checksOf(prowlerId);
      if (checks?.length === 0) {
        unknownChecks.add(prowlerId);
        continue;
      }
      const reason = entry?.Description ?? `From the Prowler mute list: ${prowlerId} in account ${account}`;
      suppressions.push({ rule: ruleOf(account, checks, entry ?? {}), reason });
    }
  }
  return { suppressions, unknownChecks: [...unknownChecks] };
}
