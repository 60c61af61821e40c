// Access key ids that carry their account, in the place where AWS's own carry it, and sessions inside session tokens.

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An access key id of an account: four letters of kind, then 80 bits of which 40 are the account's number. */
export function accessKeyIdOf(account: string, kind: 'AKIA' | 'ASIA', salt: number): string {
  let bits = (((1n << 40n) | BigInt(account)) << 39n) | BigInt(salt >>> 0);
  let text = '';
  for (let i = 0; i < 16; i += 1) {
    text = alphabet[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return kind + text;
}

/** The account inside an access key id; undefined when the text is not one. */
export function accountOfAccessKeyId(id: string): string | undefined {
  if (!/^A(KIA|SIA)[A-Z2-7]{16}$/.test(id)) return undefined;
  let bits = 0n;
  for (const letter of id.slice(4)) bits = (bits << 5n) | BigInt(alphabet.indexOf(letter));
  return ((bits >> 39n) & ((1n << 40n) - 1n)).toString().padStart(12, '0');
}

/** Who makes a call: a session of a role. */
export interface Session {
  account: string;
  role: string;
  name: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

const mark = 'SIMULATED.';

/** A session token that holds the session itself, so that nothing need be remembered. */
export function sessionTokenOf(session: Session): string {
  return (
    mark +
    Buffer.from(JSON.stringify([session.account, session.role, session.name, session.expiresAt])).toString('base64url')
  );
}

/** The session inside a token; undefined when it is not one of ours. */
export function sessionOfToken(token: string | undefined): Session | undefined {
  if (token === undefined || !token.startsWith(mark)) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(token.slice(mark.length), 'base64url').toString());
    if (!Array.isArray(parts)) return undefined;
    const [account, role, name, expiresAt] = parts as unknown[];
    if (typeof account !== 'string' || typeof role !== 'string' || typeof name !== 'string') return undefined;
    return typeof expiresAt === 'number' ? { account, role, name, expiresAt } : undefined;
  } catch {
    return undefined;
  }
}

/** The ARN by which AWS names a session of a role. */
export function sessionArn(session: Session): string {
  return `arn:aws:sts::${session.account}:assumed-role/${session.role}/${session.name}`;
}
