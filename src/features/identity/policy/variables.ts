// Policy variables: `${key}`, `${key, 'default'}` and the escapes `${*}`, `${?}`, `${$}`.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html

import { classOfKey, isMultivalued } from './context.ts';
import type { KeyValue } from './context.ts';
import { quoted } from './problems.ts';
import { all, test } from './truth.ts';
import type { Truth } from './truth.ts';
import type { Token } from './wildcards.ts';
import { tokenise } from './wildcards.ts';

interface Variable {
  readonly key: string;
  readonly fallback: string | undefined;
}

/** Pattern text with its variables set apart. `tokens` is there when it has none: nothing is left to resolve. */
export interface Template {
  readonly parts: readonly (Token | Variable)[];
  readonly tokens: readonly Token[] | undefined;
}

const variable = /\$\{\s*(?:([*?$])|([^{},\s]+(?: [^{},\s]+)*)\s*(?:,\s*'([^']*)')?)\s*\}/g;

/**
 * What is wrong with the variables of a text, as the end of a sentence; undefined when nothing is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html
 */
export function variableFault(text: string): string | undefined {
  if (!text.includes('${')) return undefined;
  if (text.replaceAll(variable, '').includes('${')) return 'holds a policy variable that is not complete';
  for (const [whole, escape, key = ''] of text.matchAll(variable)) {
    if (escape !== undefined) continue;
    if (/^\$\{\s|\s\}$/.test(whole) || !/\S:\S/.test(key))
      return `holds ${quoted(whole)}, which names no condition key`;
    if (isMultivalued(key)) return `holds ${quoted(whole)}, a key of several values, which cannot be a variable`;
  }
  return undefined;
}

/**
 * Cuts pattern text at its variables. Where `variables` is false (version 2008-10-17) `${…}` is literal text.
 * Text that looks like a variable and is none stays literal.
 */
export function parseTemplate(text: string, variables: boolean): Template {
  if (!variables || !text.includes('${')) {
    const tokens = tokenise(text);
    return { parts: tokens, tokens };
  }
  const parts: (Token | Variable)[] = [];
  let from = 0;
  for (const found of text.matchAll(variable)) {
    parts.push(...tokenise(text.slice(from, found.index)));
    const [, escape, key, fallback] = found;
    parts.push(escape ?? { key: key ?? '', fallback });
    from = found.index + found[0].length;
  }
  parts.push(...tokenise(text.slice(from)));
  const tokens = parts.filter((part): part is Token => !isVariable(part));
  return { parts, tokens: tokens.length === parts.length ? tokens : undefined };
}

function isVariable(part: Token | Variable): part is Variable {
  return typeof part === 'object';
}

/**
 * What became of a template: tokens to match; `absent` when a variable has no value, so that nothing can match; or
 * `unknown`, with the keys whose values are missing and the tokens with a run of any characters in their place.
 * `mayBeAbsent` are those of which not even the presence is known, and for which no default stands in.
 */
export type Resolved =
  | { readonly state: 'known'; readonly tokens: readonly Token[] }
  | { readonly state: 'absent'; readonly keys: readonly string[] }
  | {
      readonly state: 'unknown';
      readonly keys: readonly string[];
      readonly mayBeAbsent: readonly string[];
      readonly tokens: readonly Token[];
    };

/** What must hold for the NotResource of an Allow to be valid: that the variables of its value have one. */
export function presenceOf(resolved: Resolved): Truth {
  if (resolved.state === 'absent') return false;
  if (resolved.state === 'known') return true;
  return all(resolved.mayBeAbsent.map((key) => test(key, classOfKey(key), 'Null', ['false'])));
}

/** Puts the request's values in; they are literal text, whatever characters they hold. */
export function resolveTemplate(template: Template, lookup: (key: string) => KeyValue, anyRun: Token): Resolved {
  if (template.tokens !== undefined) return { state: 'known', tokens: template.tokens };
  const tokens: Token[] = [];
  const unknown: string[] = [];
  const mayBeAbsent: string[] = [];
  for (const part of template.parts) {
    if (!isVariable(part)) {
      tokens.push(part);
      continue;
    }
    const value = lookup(part.key);
    if (value.state === 'known' && value.values.length === 1) tokens.push(value.values[0] ?? '');
    else if (value.state === 'present' || value.state === 'unknown') {
      unknown.push(part.key);
      if (value.state === 'unknown' && part.fallback === undefined) mayBeAbsent.push(part.key);
      tokens.push(anyRun);
    } else if (part.fallback !== undefined) tokens.push(part.fallback);
    // A key with several values cannot be put in place of a variable.
    else return { state: 'absent', keys: [part.key] };
  }
  return unknown.length === 0 ? { state: 'known', tokens } : { state: 'unknown', keys: unknown, mayBeAbsent, tokens };
}
