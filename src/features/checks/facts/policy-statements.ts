// Reads a policy document into statements, for checks that judge its form as AWS Config does. It decides no access.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html

export interface PolicyStatement {
  /** How a sentence calls it: `statement "<Sid>"`, or by its place `statement 2`. */
  name: string;
  effect: 'Allow' | 'Deny';
  /** Every principal as `<type>:<value>`, for example `Service:ec2.amazonaws.com`; empty when there is no `Principal`. */
  principals: readonly string[];
  /** In lower case: actions are not case-sensitive. Empty when the statement has `NotAction`. */
  actions: readonly string[];
  notActions: readonly string[];
  /** Empty when the statement has `NotResource` or none, as in trust policies. */
  resources: readonly string[];
}

/** The statements of a document; undefined when it is not a policy: then nothing may be concluded from it. */
export function policyStatements(document: string): readonly PolicyStatement[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    return undefined;
  }
  if (!isRecord(parsed) || !Object.hasOwn(parsed, 'Statement')) return undefined;
  const list = Array.isArray(parsed['Statement']) ? parsed['Statement'] : [parsed['Statement']];
  const statements = list.map(statementOf);
  return statements.includes(undefined) ? undefined : statements.filter((one) => one !== undefined);
}

function statementOf(raw: unknown, index: number): PolicyStatement | undefined {
  if (!isRecord(raw)) return undefined;
  const effect = raw['Effect'];
  if (effect !== 'Allow' && effect !== 'Deny') return undefined;
  const principals = principalsOf(raw['Principal']);
  const [actions, notActions, resources] = (['Action', 'NotAction', 'Resource'] as const).map((element) =>
    textsOf(raw[element]),
  );
  if (!principals || !actions || !notActions || !resources) return undefined;
  return {
    name: nameOf(raw['Sid'], index),
    effect,
    principals,
    actions: actions.map((action) => action.toLowerCase()),
    notActions: notActions.map((action) => action.toLowerCase()),
    resources,
  };
}

/** A Sid is foreign text: only what AWS takes for one is repeated. */
function nameOf(sid: unknown, index: number): string {
  return typeof sid === 'string' && /^\w{1,100}$/.test(sid) ? `statement "${sid}"` : `statement ${index + 1}`;
}

function principalsOf(raw: unknown): readonly string[] | undefined {
  if (raw === undefined) return [];
  if (raw === '*') return ['*'];
  if (!isRecord(raw)) return undefined;
  const principals: string[] = [];
  for (const [type, values] of Object.entries(raw)) {
    const texts = textsOf(values);
    if (texts === undefined) return undefined;
    principals.push(...texts.map((text) => `${type}:${text}`));
  }
  return principals;
}

/** One text or many: IAM takes a single value without brackets, and booleans and numbers without quotes. */
function textsOf(raw: unknown): readonly string[] | undefined {
  if (raw === undefined) return [];
  const list = Array.isArray(raw) ? (raw as readonly unknown[]) : [raw];
  const texts = list.map((item) =>
    typeof item === 'string' || typeof item === 'boolean' || typeof item === 'number' ? String(item) : undefined,
  );
  return texts.includes(undefined) ? undefined : texts.filter((text) => text !== undefined);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
