// The one place where errors of AWS calls get their class. The rules are data, each with its AWS page; first match wins.

import { VedetteError } from '../../domain/errors.ts';
import type { AwsErrorClass, ClassifiedError } from './contract.ts';
import { originOf } from './error-origin.ts';
import { isOptInRegion } from './partitions.ts';
import table from './classify-error.rules.json' with { type: 'json' };

interface Rule {
  codes: ReadonlySet<string> | undefined;
  pattern: RegExp | undefined;
  text: string | undefined;
  optInOnly: boolean;
  class: AwsErrorClass;
  deniedBy: ClassifiedError['deniedBy'] | undefined;
}

interface Row {
  codes?: string[];
  pattern?: string;
  text?: string;
  region?: string;
  class: string;
  deniedBy?: string;
}

const rows: readonly Row[] = table.rules;
const rules: readonly Rule[] = rows.map((row) => ({
  codes: row.codes && new Set(row.codes),
  pattern: row.pattern === undefined ? undefined : new RegExp(row.pattern),
  text: row.text,
  optInOnly: row.region === 'opt-in',
  class: row.class as AwsErrorClass,
  deniedBy: row.deniedBy as ClassifiedError['deniedBy'] | undefined,
}));
/**
 * The class of anything that a call threw.
 * The region comes from the call itself; give it only for errors that did not pass through a client of ours.
 */
export function classifyError(error: unknown, region = originOf(error)?.region): ClassifiedError {
  if (error instanceof VedetteError) return classifyOwn(error);
  const { code, message, status } = partsOf(error);
  const detail = bounded(message === '' ? code : message);
  const lower = message.slice(0, 20_000).toLowerCase();
  for (const rule of rules) {
    if (rule.codes?.has(code) !== true && rule.pattern?.test(code) !== true) continue;
    if (rule.text !== undefined && !lower.includes(rule.text)) continue;
    if (rule.optInOnly && (region === undefined || !isOptInRegion(region))) continue;
    const by = rule.class === 'denied' ? refuser(lower) : undefined;
    const deniedBy = by?.deniedBy ?? rule.deniedBy ?? (rule.class === 'denied' ? 'unknown' : null);
    return { class: rule.class, code, detail, deniedBy, ...(by?.explicit === true ? { explicitDeny: true } : {}) };
  }
  const unread = unreadable(error);
  if (unread !== undefined) return { class: 'failed', code: 'UnreadableAnswer', detail: unread, deniedBy: null };
  if (status === 429) return { class: 'throttled', code, detail, deniedBy: null };
  if (status === 504) return { class: 'timeout', code, detail, deniedBy: null };
  if (status === 401 || status === 403) return { class: 'denied', code, detail, deniedBy: 'unknown' };
  return { class: 'failed', code, detail, deniedBy: null };
}

/** What refuses, by AWS's words: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
function refuser(lower: string): { deniedBy: ClassifiedError['deniedBy']; explicit: boolean } | undefined {
  for (const { texts, deniedBy } of table.deniedBy) {
    const text = texts.find((candidate) => lower.includes(candidate));
    if (text !== undefined) {
      return { deniedBy: deniedBy as ClassifiedError['deniedBy'], explicit: text.startsWith('explicit deny') };
    }
  }
  return undefined;
}

function classifyOwn(error: VedetteError): ClassifiedError {
  const denied = error.code === 'assume-role-refused';
  const cause = denied && error.cause !== undefined ? classifyError(error.cause) : undefined;
  return {
    class: denied ? 'denied' : 'failed',
    code: error.code,
    detail: bounded(error.message),
    deniedBy: denied ? (cause?.deniedBy ?? 'unknown') : null,
  };
}

function partsOf(error: unknown): { code: string; message: string; status: number | undefined } {
  if (typeof error !== 'object' || error === null) return { code: 'Error', message: String(error), status: undefined };
  const { name, message, code, $metadata } = error as Record<string, unknown>;
  const status = (($metadata ?? {}) as { httpStatusCode?: unknown }).httpStatusCode;
  // Errors of Node say what happened in `code`; the SDK names a lost connection `TimeoutError` on top of it.
  const ofNode = typeof code === 'string' && /^(E[A-Z_]+|[A-Z_]*CERT[A-Z_]*|UNABLE_TO_[A-Z_]+)$/.test(code);
  return {
    code: bounded(ofNode ? code : typeof name === 'string' ? name : 'Error', 100),
    message: typeof message === 'string' ? message : '',
    status: typeof status === 'number' ? status : undefined,
  };
}

/** Says what came instead of an answer, where the SDK only says that it could not read it. */
function unreadable(error: unknown): string | undefined {
  const { $response, message } = (error ?? {}) as { $response?: unknown; message?: unknown };
  if (typeof message !== 'string' || !message.includes('Deserialization error')) return undefined;
  const { statusCode, headers } = ($response ?? {}) as { statusCode?: unknown; headers?: Record<string, unknown> };
  const type = headers?.['content-type'];
  const kind = typeof type === 'string' ? bounded(type, 100) : 'no content type';
  return `The answer could not be read (HTTP ${typeof statusCode === 'number' ? statusCode : 'unknown'}, ${kind}).`;
}

const encoded = 'Encoded authorization failure message: ';

/** Found by its words, because a search that begins with white space takes the square of a long stretch of it. */
function withoutEncoded(text: string): string {
  const at = text.indexOf(encoded);
  if (at === -1) return text;
  return text.slice(0, at).trimEnd() + text.slice(at + encoded.length).replace(/^\S+/, '');
}

/** AWS's words are foreign text: bounded, on one line, and without what EC2 encodes for its own use. */
function bounded(text: string, length = 500): string {
  const short = withoutEncoded(text.slice(0, 20_000));
  // eslint-disable-next-line no-control-regex -- control characters are what is removed
  const line = short.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').trim();
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
