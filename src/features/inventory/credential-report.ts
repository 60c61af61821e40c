// The credential report's text: comma-separated values, with the ways in which real and imitated reports differ.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html

import type { AccessKey, CredentialReportConfig } from '../../domain/resources/iam.ts';
import { MalformedAnswer } from './answer.ts';

const operation = 'iam:GetCredentialReport';

/** A user's row: values by column name. */
export type ReportRow = ReadonlyMap<string, string>;

/** The records of comma-separated values, quoted as in RFC 4180 or not at all. */
function* recordsOf(text: string): Generator<string[]> {
  let record: string[] = [];
  let field = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quoted && character === '"' && text.charAt(at + 1) === '"') {
      field += '"';
      at += 1;
    } else if (quoted && character === '"') quoted = false;
    else if (quoted) field += character;
    else if (character === '"' && field === '') quoted = true;
    else if (character === ',') {
      record.push(field);
      field = '';
    } else if (character === '\n') {
      record.push(field.endsWith('\r') ? field.slice(0, -1) : field);
      yield record;
      record = [];
      field = '';
    } else field += character;
  }
  if (field !== '' || record.length > 0) yield [...record, field];
}

/**
 * Puts a record together again whose user name or path holds commas that were not quoted: a user name has no colon,
 * so the ARN begins at the first `,arn:`, and after it comes a time. Further columns have no commas but the last one.
 */
function rejoined(record: readonly string[], columns: number): readonly string[] {
  if (record.length <= columns) return record;
  const text = record.join(',');
  const arnAt = text.indexOf(',arn:');
  const rest = /,(?=\d{4}-\d\d-\d\dT)/.exec(text.slice(arnAt + 1));
  if (arnAt === -1 || rest === null) return [];
  const arn = text.slice(arnAt + 1, arnAt + 1 + rest.index);
  const others = text.slice(arnAt + 1 + rest.index + 1).split(',');
  const last = columns - 3;
  return [text.slice(0, arnAt), arn, ...others.slice(0, last), others.slice(last).join(',')];
}

/**
 * The rows of a report. The root user's row is not there in every report.
 * @throws MalformedAnswer when the text is no credential report.
 */
export function reportRows(text: string): ReportRow[] {
  const [header = [], ...records] = recordsOf(text);
  if (header[0] !== 'user' || header[1] !== 'arn' || header[2] !== 'user_creation_time')
    throw new MalformedAnswer(operation, 'its columns');
  return records
    .filter((record) => record.some((field) => field !== ''))
    .map((record) => {
      const values = rejoined(record, header.length);
      return new Map(header.map((column, index) => [column, values[index] ?? '']));
    });
}

/** What the report writes where there is nothing to say. */
const nothing = new Set(['', 'n/a', 'no_information', 'not_supported']);

function timeOf(row: ReportRow, column: string): string | null {
  const value = row.get(column) ?? '';
  if (nothing.has(value.toLowerCase())) return null;
  const time = new Date(value);
  if (!/^\d{4}-\d\d-\d\dT/.test(value) || Number.isNaN(time.getTime())) throw new MalformedAnswer(operation, column);
  return time.toISOString();
}

/** True or false; null for `not_supported` and `N/A`. */
function flagOf(row: ReportRow, column: string): boolean | null {
  const value = (row.get(column) ?? '').toLowerCase();
  if (value === 'true' || value === 'false') return value === 'true';
  if (value === 'not_supported' || value === 'n/a') return null;
  throw new MalformedAnswer(operation, column);
}

function accessKeyOf(row: ReportRow, number: 1 | 2): AccessKey {
  return {
    active: flagOf(row, `access_key_${number}_active`) ?? false,
    lastRotated: timeOf(row, `access_key_${number}_last_rotated`),
    lastUsed: timeOf(row, `access_key_${number}_last_used_date`),
  };
}

/**
 * One row as evidence.
 * @throws MalformedAnswer for a value that is missing or in no form that the documentation knows.
 */
export function credentialsOf(row: ReportRow, generatedAt: string): CredentialReportConfig {
  const createdAt = timeOf(row, 'user_creation_time');
  const mfaActive = flagOf(row, 'mfa_active');
  if (createdAt === null) throw new MalformedAnswer(operation, 'user_creation_time');
  if (mfaActive === null) throw new MalformedAnswer(operation, 'mfa_active');
  return {
    isRoot: (row.get('arn') ?? '').endsWith(':root'),
    createdAt,
    passwordEnabled: flagOf(row, 'password_enabled'),
    passwordLastUsed: timeOf(row, 'password_last_used'),
    passwordLastChanged: timeOf(row, 'password_last_changed'),
    mfaActive,
    accessKeys: [accessKeyOf(row, 1), accessKeyOf(row, 2)],
    certificatesActive: [flagOf(row, 'cert_1_active') ?? false, flagOf(row, 'cert_2_active') ?? false],
    generatedAt,
  };
}
