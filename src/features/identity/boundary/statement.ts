// What a generated boundary is made of.

/** A statement as it is written into the document. */
export interface BoundaryStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** The policy document, ready for `aws iam create-policy --policy-document`. */
export interface BoundaryDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly BoundaryStatement[];
}

/** A statement and a sentence that says what it does. */
export interface ExplainedStatement {
  readonly statement: BoundaryStatement;
  readonly why: string;
}

/** One value as it is, several as a list: shorter, and AWS reads both. */
export function oneOrMany(values: readonly string[]): string | readonly string[] {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}
