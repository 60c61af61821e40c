// Keeps credentials out of logs: by the names of fields, and by what credentials look like.

const secretName =
  /secret|passw(?:or)?d|passphrase|token|credential|authorization|cookie|private.?key|api.?key|access.?key|signature|external.?id|databaseUrl|connectionString|userData/i;

/** Names that look secret and are not. */
const harmlessName =
  /^(?:tokens|tokensUsed|nextTokenSeen|accessKeyAge|accessKeyCount|passwordPolicy|credentialReport)$/i;

export const redacted = '[redacted]';

const patterns: readonly (readonly [RegExp, string])[] = [
  // Access key ids: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
  [/\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g, redacted],
  // Names in text and query strings: aws_secret_access_key = …, X-Amz-Signature=…, "sessionToken": "…"
  [
    /((?:secret[_-]?(?:access[_-]?)?key|session[_-]?token|security[_-]?token|x-amz-(?:signature|security-token|credential)|password|passwd|authorization|client[_-]?secret|api[_-]?key)["']?\s*[=:]\s*["']?)(?:(?:bearer|basic)\s+)?[^\s"'&,;}\\]{4,}/gi,
    `$1${redacted}`,
  ],
  [/\b(bearer|basic)\s+[\w.~+/-]{12,}=*/gi, `$1 ${redacted}`],
  // user:password@ in a URL
  [/\b([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,256}):[^\s@/]{1,1024}@/gi, `$1:${redacted}@`],
  [/\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g, redacted],
  [/-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,10000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g, redacted],
  [/\b(?:gh[pousr]_[A-Za-z0-9]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|sk-[A-Za-z0-9_-]{20,})/g, redacted],
];

/** A text without what looks like a credential. */
export function redactText(text: string): string {
  return patterns.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/**
 * A copy of a value for the log: secret fields replaced, texts cleaned and bounded, depth and breadth bounded,
 * errors as type, message and code without what AWS's SDK hangs on them.
 */
export function redactValue(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value.slice(0, 4_096));
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value !== 'object') return typeof value === 'function' ? undefined : value;
  if (depth >= 6) return '[too deep]';
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof Error) {
    const { code } = value as { code?: unknown };
    return {
      type: value.name,
      message: redactText(value.message.slice(0, 4_096)),
      ...(typeof code === 'string' ? { code } : {}),
      ...(value.stack === undefined ? {} : { stack: redactText(value.stack.slice(0, 8_192)) }),
      ...(value.cause === undefined ? {} : { cause: redactValue(value.cause, depth + 1) }),
    };
  }
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) return value.slice(0, 100).map((item) => redactValue(item, depth + 1));
  const entries = Object.entries(value)
    .slice(0, 100)
    .map(([name, item]) => [
      name,
      secretName.test(name) && !harmlessName.test(name) && item !== undefined ? redacted : redactValue(item, depth + 1),
    ]);
  return Object.fromEntries(entries);
}
