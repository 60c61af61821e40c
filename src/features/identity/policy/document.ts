// A policy document as the engine sees it: read once, canonical in form, never changed afterwards.
// Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

/** What a document is attached to. It decides which elements are required, forbidden or read differently. */
export const policyKinds = [
  'identity',
  'resource',
  'trust',
  'service-control',
  'resource-control',
  'permissions-boundary',
  'session',
  'vpc-endpoint',
] as const;
export type PolicyKind = (typeof policyKinds)[number];

export type Effect = 'Allow' | 'Deny';

/** `Action` or, with `not`, `NotAction`. Patterns are as written: `s3:Get*`, `*`; they match without regard to case. */
export interface ActionElement {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

/**
 * `Resource` or, with `not`, `NotResource`. Patterns are as written and match with regard to case; they may hold
 * policy variables (`${aws:username}`) where the document's `variables` is true.
 */
export interface ResourceElement {
  readonly not: boolean;
  readonly patterns: readonly string[];
}

/**
 * One member of `Principal`. `everyone` is `"*"` or `{"AWS": "*"}`; for the other kinds `value` is as written:
 * an account id, an ARN or a unique id for `AWS`, a service name, an identity provider, a canonical user id.
 */
export type PrincipalEntry =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'; readonly value: string };

/** `Principal` or, with `not`, `NotPrincipal`. */
export interface PrincipalElement {
  readonly not: boolean;
  readonly entries: readonly PrincipalEntry[];
}

export const conditionOperators = [
  'StringEquals',
  'StringNotEquals',
  'StringEqualsIgnoreCase',
  'StringNotEqualsIgnoreCase',
  'StringLike',
  'StringNotLike',
  'NumericEquals',
  'NumericNotEquals',
  'NumericLessThan',
  'NumericLessThanEquals',
  'NumericGreaterThan',
  'NumericGreaterThanEquals',
  'DateEquals',
  'DateNotEquals',
  'DateLessThan',
  'DateLessThanEquals',
  'DateGreaterThan',
  'DateGreaterThanEquals',
  'Bool',
  'BinaryEquals',
  'IpAddress',
  'NotIpAddress',
  'ArnEquals',
  'ArnLike',
  'ArnNotEquals',
  'ArnNotLike',
  'Null',
] as const;
export type ConditionOperator = (typeof conditionOperators)[number];

/**
 * One operator applied to one key: the smallest part of a `Condition` block. All conditions of a statement must hold;
 * of `values` any one suffices (for negated operators none may match).
 */
export interface Condition {
  readonly operator: ConditionOperator;
  readonly quantifier: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly ifExists: boolean;
  /** As written; keys are compared without regard to case. */
  readonly key: string;
  /** Numbers and booleans are kept as their text. */
  readonly values: readonly string[];
  /** JSON pointer into the document, e.g. `/Statement/0/Condition/StringEquals/aws:username`. */
  readonly place: string;
}

/**
 * One statement. Every statement of the source is here, whatever its faults:
 * - `sound` is false where a part could not be read. An unsound Allow grants nothing (the evaluator skips it);
 *   an unsound Deny has had each unreadable part widened to everything it could mean.
 * - `resources` undefined: the statement names none (trust policies, ECR): it speaks of whatever it is attached to.
 * - `principals` undefined: the document kind has none (identity policies, SCPs): it speaks of whomever it is attached to.
 */
export interface Statement {
  readonly sid: string | undefined;
  readonly effect: Effect;
  readonly actions: ActionElement;
  readonly resources: ResourceElement | undefined;
  readonly principals: PrincipalElement | undefined;
  readonly conditions: readonly Condition[];
  readonly sound: boolean;
  /** JSON pointer, e.g. `/Statement/0`. */
  readonly place: string;
}

/** Something wrong with a document. An `error` changed how a statement is judged, a `warning` did not. */
export interface PolicyProblem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  /** JSON pointer into the document; the empty string is the whole document. */
  readonly place: string;
}

export interface PolicyDocument {
  /** How the document is called in answers: a policy's ARN or name, or its place in the request. */
  readonly name: string;
  readonly kind: PolicyKind;
  /** True for version 2012-10-17: `${…}` in resources and in string and ARN conditions are policy variables. */
  readonly variables: boolean;
  readonly statements: readonly Statement[];
  readonly problems: readonly PolicyProblem[];
}
