import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { credentialsOf, reportRows } from './credential-report.ts';

const columns = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
];
const header = columns.join(',');
const created = '2025-05-01T10:00:00+00:00';
const others = [
  created,
  'true',
  'no_information',
  '2025-06-01T10:00:00+00:00',
  'N/A',
  'false',
  'true',
  '2025-07-01T10:00:00+00:00',
  'N/A',
  'N/A',
  'N/A',
  'false',
  'N/A',
  'N/A',
  'N/A',
  'N/A',
  'false',
  'N/A',
  'true',
  '2025-08-01T10:00:00Z',
];
const arnOf = (name: string, path = '/'): string => `arn:aws:iam::111122223333:user${path}${name}`;
const line = (user: string, arn: string): string => [user, arn, ...others].join(',');
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;
const names = (text: string): unknown[] =>
  reportRows(text).map((row) => [row.get('user'), row.get('arn'), row.get('cert_2_active')]);

describe('reportRows', () => {
  test.each([
    ['with a line end', `${header}\n${line('alice', arnOf('alice'))}\n`],
    ['without one', `${header}\n${line('alice', arnOf('alice'))}`],
    ['with Windows line ends', `${header}\r\n${line('alice', arnOf('alice'))}\r\n`],
    ['with an empty line', `${header}\n\n${line('alice', arnOf('alice'))}\n\n`],
    [
      'with everything quoted',
      `${header}\n${[quoted('alice'), quoted(arnOf('alice')), ...others.map(quoted)].join(',')}`,
    ],
    [
      'with a column more',
      `${header},additional_credentials_info\n${line('alice', arnOf('alice'))},"1 access key, see ListAccessKeys"`,
    ],
  ])('reads a report %s', (_name, text) => {
    expect(names(text)).toEqual([['alice', arnOf('alice'), 'true']]);
  });

  test.each([
    ['in the name', 'a,b', arnOf('a,b')],
    ['in the path', 'alice', arnOf('alice', '/x,y/')],
    ['in both', 'a,b,c', arnOf('a,b,c', '/x,y/')],
  ])('puts a record together whose comma %s is not quoted', (_name, user, arn) => {
    expect(names(`${header}\n${line(user, arn)}\n${line('bob', arnOf('bob'))}`)).toEqual([
      [user, arn, 'true'],
      ['bob', arnOf('bob'), 'true'],
    ]);
    expect(names(`${header}\n${line(quoted(user), quoted(arn))}`)).toEqual([[user, arn, 'true']]);
  });

  test.each(['', 'user\nalice', '<html></html>', 'arn,user,user_creation_time\n'])('%j is no report', (text) => {
    expect(() => reportRows(text)).toThrowError(/lacks its columns/);
  });

  test('names and paths of every character come back, quoted or not', () => {
    const name = fc.stringMatching(/^[\w+=,.@-]{1,64}$/);
    const path = fc.stringMatching(/^\/([!-+\--~]{1,20}\/)?$/).filter((text) => !/,arn:|,\d{4}-/.test(text));
    fc.assert(
      fc.property(name, path, fc.boolean(), (user, folder, quote) => {
        const arn = arnOf(user, folder);
        const text = quote ? line(quoted(user), quoted(arn)) : line(user, arn);
        expect(names(`${header}\n${text}\n`)).toEqual([[user, arn, 'true']]);
      }),
      { numRuns: 300 },
    );
  });
});

const rowOf = (values: Record<string, string>): ReadonlyMap<string, string> => {
  const [row = new Map<string, string>()] = reportRows(`${header}\n${line('alice', arnOf('alice'))}`);
  return new Map([...row, ...Object.entries(values)]);
};

describe('credentialsOf', () => {
  test('reads a user', () => {
    expect(credentialsOf(rowOf({}), 'now')).toEqual({
      isRoot: false,
      createdAt: '2025-05-01T10:00:00.000Z',
      passwordEnabled: true,
      passwordLastUsed: null,
      passwordLastChanged: '2025-06-01T10:00:00.000Z',
      mfaActive: false,
      accessKeys: [
        { active: true, lastRotated: '2025-07-01T10:00:00.000Z', lastUsed: null },
        { active: false, lastRotated: null, lastUsed: null },
      ],
      certificatesActive: [false, true],
      generatedAt: 'now',
    });
  });

  test('reads the root user, of whose password AWS does not tell', () => {
    const root = rowOf({
      user: '<root_account>',
      arn: 'arn:aws:iam::111122223333:root',
      password_enabled: 'not_supported',
    });
    expect(credentialsOf(root, 'now')).toMatchObject({ isRoot: true, passwordEnabled: null });
  });

  test('takes capital letters too', () => {
    expect(credentialsOf(rowOf({ mfa_active: 'TRUE' }), 'now')).toMatchObject({ mfaActive: true });
  });

  test.each([
    ['mfa_active', ''],
    ['mfa_active', 'N/A'],
    ['mfa_active', 'maybe'],
    ['password_enabled', ''],
    ['access_key_1_active', ''],
    ['user_creation_time', 'N/A'],
    ['access_key_1_last_rotated', 'yesterday'],
    ['password_last_used', '2025-13-01T10:00:00Z'],
  ])('does not guess %s from %j', (column, value) => {
    expect(() => credentialsOf(rowOf({ [column]: value }), 'now')).toThrowError(new RegExp(`lacks ${column}`));
  });
});
