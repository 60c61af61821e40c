// What a suppression mutes: conditions joined by all, any and not. Patterns run on RE2, in linear time.

import { RE2JS } from 're2js';
import { z } from 'zod';
import { UsageError, messageOf } from '../../domain/errors.ts';

const maxPattern = 500;
const maxText = 4096;
const maxDepth = 10;
const maxConditions = 1000;

/** An exact text, or a pattern (RE2 syntax) that the whole text must match. */
const textSchema = z.union([z.string().max(2048), z.strictObject({ matches: z.string().max(maxPattern) })]);
export type TextCondition = z.infer<typeof textSchema>;

export type SuppressionRule =
  | { all: readonly SuppressionRule[] }
  | { any: readonly SuppressionRule[] }
  | { not: SuppressionRule }
  | { finding: string }
  | { check: TextCondition }
  | { account: TextCondition }
  | { region: TextCondition }
  /** The ARN, or the part of it after the last `/` or `:`. */
  | { resource: TextCondition }
  | { tag: { key: TextCondition; value?: TextCondition | undefined } };

const ruleSchema: z.ZodType<SuppressionRule> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(ruleSchema).min(1) }),
    z.strictObject({ any: z.array(ruleSchema).min(1) }),
    z.strictObject({ not: ruleSchema }),
    z.strictObject({ finding: z.string().max(100) }),
    z.strictObject({ check: textSchema }),
    z.strictObject({ account: textSchema }),
    z.strictObject({ region: textSchema }),
    z.strictObject({ resource: textSchema }),
    z.strictObject({ tag: z.strictObject({ key: textSchema, value: textSchema.optional() }) }),
  ]),
);

function measure(value: unknown, depth = 0): number {
  if (depth > maxDepth * 2) throw new UsageError(`A suppression's rule may be nested ${maxDepth} deep at most.`);
  if (typeof value !== 'object' || value === null) return 0;
  let count = 1;
  for (const member of Object.values(value)) {
    count += measure(member, depth + 1);
    if (count > maxConditions)
      throw new UsageError(`A suppression's rule may hold ${maxConditions} conditions at most.`);
  }
  return count;
}

/**
 * A rule from outside.
 * @throws UsageError when it is not a rule, too large, or a pattern is not RE2
 */
export function parseSuppressionRule(value: unknown): SuppressionRule {
  measure(value);
  const parsed = ruleSchema.safeParse(value);
  if (!parsed.success) {
    throw new UsageError('The rule of the suppression is not valid.', {
      hint: 'A rule is {"check"|"account"|"region"|"resource": text}, {"tag": {"key": text, "value": text}}, {"finding": id}, or {"all"|"any": […]}, {"not": …}; a text is exact or {"matches": "pattern"}.',
      cause: parsed.error,
    });
  }
  compileRule(parsed.data);
  return parsed.data;
}

/** What a rule looks at. `tags` is undefined when they could not be read. */
export interface SuppressionSubject {
  finding: string;
  check: string;
  account: string;
  region: string;
  resource: string;
  tags: Readonly<Record<string, string>> | undefined;
}

/** True, false, or undefined when it depends on what could not be read. */
type Answer = boolean | undefined;
type Matcher = (subject: SuppressionSubject) => Answer;
type TextMatcher = (text: string) => boolean;

function compileText(condition: TextCondition): TextMatcher {
  if (typeof condition === 'string') return (text) => text === condition;
  try {
    const pattern = RE2JS.compile(condition.matches, RE2JS.DOTALL);
    return (text) => text.length <= maxText && pattern.matches(text);
  } catch (error) {
    throw new UsageError(`The pattern ${JSON.stringify(condition.matches)} is not valid: ${messageOf(error)}.`, {
      hint: 'Patterns are in RE2 syntax (https://github.com/google/re2/wiki/Syntax): no look-around, no back-references.',
      cause: error,
    });
  }
}

function nameOf(resource: string): string {
  return resource.slice(Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':')) + 1);
}

function every(matchers: readonly Matcher[], subject: SuppressionSubject): Answer {
  let answer: Answer = true;
  for (const matcher of matchers) {
    const one = matcher(subject);
    if (one === false) return false;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

function some(matchers: readonly Matcher[], subject: SuppressionSubject): Answer {
  let answer: Answer = false;
  for (const matcher of matchers) {
    const one = matcher(subject);
    if (one === true) return true;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

function compile(rule: SuppressionRule): Matcher {
  if ('all' in rule) {
    const matchers = rule.all.map(compile);
    return (subject) => every(matchers, subject);
  }
  if ('any' in rule) {
    const matchers = rule.any.map(compile);
    return (subject) => some(matchers, subject);
  }
  if ('not' in rule) {
    const matcher = compile(rule.not);
    return (subject) => {
      const answer = matcher(subject);
      return answer === undefined ? undefined : !answer;
    };
  }
  if ('tag' in rule) {
    const key = compileText(rule.tag.key);
    const value = rule.tag.value === undefined ? () => true : compileText(rule.tag.value);
    return ({ tags }) => tags && Object.entries(tags).some(([name, text]) => key(name) && value(text));
  }
  if ('resource' in rule) {
    const matches = compileText(rule.resource);
    return ({ resource }) => matches(resource) || matches(nameOf(resource));
  }
  if ('finding' in rule) return ({ finding }) => finding === rule.finding;
  if ('check' in rule) {
    const matches = compileText(rule.check);
    return ({ check }) => matches(check);
  }
  if ('account' in rule) {
    const matches = compileText(rule.account);
    return ({ account }) => matches(account);
  }
  const matches = compileText(rule.region);
  return ({ region }) => matches(region);
}

/**
 * Compiles a rule. What depends on tags that could not be read is not muted, negated or not.
 * @throws UsageError when a pattern is not RE2
 */
export function compileRule(rule: SuppressionRule): (subject: SuppressionSubject) => boolean {
  const matcher = compile(rule);
  return (subject) => matcher(subject) === true;
}
