// Whether a role's trust policy admits a caller: the part of policy evaluation that trusts in this world use.

export interface Caller {
  /** The session's ARN. */
  principalArn: string;
  /** The ARN of the role behind the session. */
  roleArn: string;
  account: string;
  organizationId: string;
  externalId: string | undefined;
}

export interface TrustStatement {
  Effect: 'Allow' | 'Deny';
  Principal: '*' | Readonly<Partial<Record<'AWS' | 'Service' | 'Federated', string | readonly string[]>>>;
  Action: string | readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  Sid?: string;
}

export interface TrustPolicy {
  Version: '2012-10-17';
  Statement: readonly TrustStatement[];
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

function names(statement: TrustStatement, caller: Caller): boolean {
  const principals = statement.Principal === '*' ? ['*'] : listOf(statement.Principal.AWS);
  const own = ['*', caller.account, `arn:aws:iam::${caller.account}:root`, caller.roleArn, caller.principalArn];
  return principals.some((principal) => own.includes(principal));
}

function like(pattern: string, value: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === value;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === parts.length - 1 ? value.length - part.length : value.indexOf(part, at);
    if (found < at || (index === 0 && found !== 0) || !value.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return true;
}

function valueOf(key: string, caller: Caller): string | undefined {
  switch (key.toLowerCase()) {
    case 'sts:externalid':
      return caller.externalId;
    case 'aws:principalorgid':
      return caller.organizationId;
    case 'aws:principalaccount':
      return caller.account;
    case 'aws:principalarn':
      return caller.roleArn;
    default:
      return undefined;
  }
}

/** A condition on a key that the caller does not carry is not met; so are operators that no trust here uses. */
function meets(statement: TrustStatement, caller: Caller): boolean {
  return Object.entries(statement.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => {
      const value = valueOf(key, caller);
      if (value === undefined) return false;
      if (operator === 'StringEquals' || operator === 'ArnEquals') return listOf(wanted).includes(value);
      return (
        (operator === 'StringLike' || operator === 'ArnLike') && listOf(wanted).some((pattern) => like(pattern, value))
      );
    }),
  );
}

/** True when the policy lets the caller assume the role. */
export function trusts(policy: TrustPolicy, caller: Caller): boolean {
  const matching = policy.Statement.filter(
    (statement) =>
      listOf(statement.Action).includes('sts:AssumeRole') && names(statement, caller) && meets(statement, caller),
  );
  return (
    matching.some((statement) => statement.Effect === 'Allow') &&
    !matching.some((statement) => statement.Effect === 'Deny')
  );
}
