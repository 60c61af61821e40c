import * as fc from 'fast-check';
import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { findSecrets } from './detect.ts';
import { detectors } from './detectors.ts';

const key = 'key of the test';

/** Tokens are put together here, so that no scanner takes this file for a leak. */
const token = (...parts: string[]): string => parts.join('');
const awsKeyId = token('AKIA', 'IOSFODNN7EXAMPLE');
const awsSecret = token('wJalrXUtnFEMI/K7MDENG', '/bPxRfiCYEXAMPLEKEY');
const pem = (kind: string): string =>
  token(
    '-----BEGIN ',
    kind,
    'PRIVATE KEY',
    '-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7\n-----END KEY-----',
  );
const letters = 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7bC0eF3hJ6kL9nP2rS5uX8';

/** What is found: detector and text. Add a line for a new detector. */
const found: readonly [detector: string, text: string][] = [
  ['aws-access-key-id', `key = ${awsKeyId}`],
  ['aws-access-key-id', `key = ${awsKeyId.replace('AKIA', 'ASIA')};`],
  ['aws-secret-access-key', `AWS_SECRET_ACCESS_KEY=${awsSecret}`],
  ['aws-secret-access-key', `"SecretAccessKey": "${awsSecret}"`],
  ['private-key', pem('RSA ')],
  ['private-key', pem('')],
  ['private-key', pem('OPENSSH ').replaceAll('\n', '\\n')],
  ['private-key', `PEM=${Buffer.from(pem('EC ')).toString('base64')}`],
  ['private-key', token('PuTTY-User-Key-File-', '3: ssh-ed25519')],
  ['github-token', token('ghp', '_', letters.slice(0, 36))],
  ['github-token', token('github', '_pat_', letters)],
  ['gitlab-token', token('glpat', '-', letters.slice(0, 20))],
  ['slack-token', token('xoxb', '-123456789012-', letters.slice(0, 24))],
  ['slack-webhook', token('https://hooks.slack', '.com/services/T00000000/B00000000/', letters.slice(0, 24))],
  ['stripe-key', token('sk_', 'live_', letters.slice(0, 24))],
  ['json-web-token', token('eyJhbGciOiJIUzI1NiJ9', '.eyJzdWIiOiIxMjM0NTY3ODkwIn0.', letters)],
  ['google-api-key', token('AIza', letters.slice(0, 35))],
  ['google-oauth-secret', token('GOCSPX', '-', letters.slice(0, 28))],
  ['openai-key', token('sk-', 'proj-', letters)],
  ['anthropic-key', token('sk-', 'ant-api03-', letters)],
  ['npm-token', token('npm', '_', letters.slice(0, 36))],
  ['pypi-token', token('pypi', '-AgE', letters, letters)],
  ['docker-token', token('dckr', '_pat_', letters.slice(0, 27))],
  ['sendgrid-key', token('SG', '.', letters.slice(0, 22), '.', letters.slice(0, 43))],
  ['twilio-key', token('SK', '0123456789abcdef0123456789abcdef')],
  ['vault-token', token('hvs', '.', letters)],
  ['terraform-token', token(letters.slice(0, 14), '.atlasv1.', letters, letters.slice(0, 16))],
  ['digitalocean-token', token('dop', '_v1_', '0123456789abcdef'.repeat(4))],
  ['databricks-token', token('dapi', '0123456789abcdef0123456789abcdef')],
  ['new-relic-key', token('NRAK', '-', 'ABCDEFGHIJ0123456789ABCDEFG')],
  ['grafana-token', token('glsa', '_', letters.slice(0, 32), '_0123abcd')],
  ['atlassian-token', token('ATATT3', letters, letters)],
  ['shopify-token', token('shpat', '_', '0123456789abcdef0123456789abcdef')],
  ['azure-storage-key', token('AccountName=x;AccountKey=', letters, letters.slice(0, 40), '==;')],
  ['connection-string-password', 'DATABASE_URL=postgres://app:s3cr3t-pw@db.internal:5432/app'],
  ['connection-string-password', 'redis://:123456@cache:6379'],
  ['generic-password', 'DB_PASSWORD=hunter22'],
  ['generic-password', 'DB_PASSWORD=123456'],
  ['generic-password', 'dbPassword: "correct horse battery"'],
  ['generic-password', '{"db_password":"Tr0ub4dor&3"}'],
  ['generic-password', String.raw`{"config":"{\"db_password\": \"Tr0ub4dor&3\"}"}`],
  ['generic-password', String.raw`{"config":"{\"inner\":\"{\\\"db_password\\\":\\\"Tr0ub4dor&3\\\"}\"}"}`],
  ['generic-password', 'Server=db;Uid=sa;Pwd=Sup3rSecret;'],
  ['generic-password', 'mysql --password hunter22 -e "select 1"'],
  ['generic-password', 'PASSWORD_2=hunter22'],
  ['generic-token', `API_KEY=${letters.slice(0, 32)}`],
  ['generic-token', `"clientSecret": "${letters.slice(0, 24)}"`],
  ['generic-token', `Authorization: Bearer ${letters}`],
  ['generic-token', 'ROLE=arn:aws:iam::111122223333:role/app,TOKEN=0aZ9bY8cX7dW6eV5'],
  ['generic-token', `SECRET_KEY_BASE=${'0123456789abcdef'.repeat(4)}`],
];

/** What is not: references, names, switches, hashes. */
const notFound: readonly string[] = [
  '',
  'LOG_LEVEL=debug',
  'PASSWORD_MIN_LENGTH=14',
  'DB_PASSWORD=${DB_PASSWORD}',
  'DB_PASSWORD=$(aws ssm get-parameter --name /app/password)',
  'DB_PASSWORD={{resolve:secretsmanager:app:SecretString:password}}',
  'DB_PASSWORD=arn:aws:secretsmanager:eu-west-1:111122223333:secret:app-AbCdEf',
  'DB_SECRET_ARN=arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/database-AbCdEf',
  '{"secretArn": "arn:aws-us-gov:secretsmanager:us-gov-west-1:111122223333:secret:app/database-AbCdEf"}',
  'DB_PASSWORD=/app/prod/password',
  'DB_PASSWORD=<password>',
  'DB_PASSWORD=********',
  'DB_PASSWORD=your-password-here',
  'password = get_secret("app")',
  'password = os.environ["DB_PASSWORD"]',
  'PASSWORD_AUTH=enabled',
  'SECRET_NAME=prod/database',
  'DB_SECRET=my-app-secret',
  'TOKEN_TTL_SECONDS=3600',
  'MAX_TOKENS=100000000000',
  'TOKEN_URL=https://login.example.com/oauth2/token',
  'GOOGLE_APPLICATION_CREDENTIALS=/opt/App/key.json',
  'ENDPOINT=https://api.example.com:8443/v1',
  'ENDPOINT=postgres://app:${DB_PASSWORD}@db/app',
  `GIT_COMMIT=${'0123456789abcdef0123456789abcdef01234567'}`,
  `AWS_LAMBDA_IMAGE=${'0123456789abcdef0123456789abcdef01234567'}`,
  token('-----BEGIN ', 'PUBLIC KEY', '-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END PUBLIC KEY-----'),
  token('-----BEGIN ', 'CERTIFICATE', '-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA\n-----END CERTIFICATE-----'),
  token('grep "-----BEGIN ', 'PRIVATE KEY-----" file'),
];

describe('findSecrets', () => {
  test.each(found)('finds %s', (detector, text) => {
    expect(findSecrets(text, 'here', key).map((match) => match.detector)).toContain(detector);
  });

  test.each(notFound)('finds nothing in %s', (text) => {
    expect(findSecrets(text, 'here', key)).toEqual([]);
  });

  test('every detector has a text in which it is found', () => {
    expect([...new Set(found.map(([detector]) => detector))].sort()).toEqual(detectors.map(({ id }) => id).sort());
  });

  test('a stretch of text counts once, for the most specific detector', () => {
    expect(findSecrets(`GITHUB_TOKEN=${token('ghp', '_', letters.slice(0, 36))}`, 'here', key)).toMatchObject([
      { detector: 'github-token', location: 'here' },
    ]);
  });

  test('locations carry the line where there are several', () => {
    const text = `#!/bin/sh\nexport DB_PASSWORD=hunter22\n\necho done\nexport OTHER_PASSWORD=hunter23\n`;
    expect(findSecrets(text, 'user data', key).map(({ location }) => location)).toEqual([
      'user data line 2',
      'user data line 5',
    ]);
    expect(findSecrets('DB_PASSWORD=hunter22\n', 'Environment.DB_PASSWORD', key)[0]?.location).toBe(
      'Environment.DB_PASSWORD',
    );
    expect(findSecrets('\nDB_PASSWORD=hunter22', '', key)[0]?.location).toBe('line 2');
  });

  test('the fingerprint tells equal secrets, depends on the key and does not hold the value', () => {
    const [a] = findSecrets('DB_PASSWORD=hunter22', 'a', key);
    const [b] = findSecrets('ADMIN_PWD="hunter22"', 'b', key);
    const [c] = findSecrets('DB_PASSWORD=hunter22', 'a', 'another key');
    expect(a?.fingerprint).toMatch(/^[0-9a-f]{16}$/);
    expect(b?.fingerprint).toBe(a?.fingerprint);
    expect(c?.fingerprint).not.toBe(a?.fingerprint);
    expect(JSON.stringify([a, b, c])).not.toContain('hunter');
  });

  test('a text full of secrets gives a bounded number of matches', () => {
    const text = Array.from({ length: 500 }, (_, index) => `PASSWORD=hunter${index}x`).join('\n');
    expect(findSecrets(text, 'here', key)).toHaveLength(100);
  });

  test('a hostile text is gone through all the same', () => {
    for (const piece of ['ey', 'secret ', 'password=', '-----BEGIN PRIVATE KEY', 'a://', 'aws_', '"', '\n', 'AKIA'])
      expect(findSecrets(piece.repeat(5_000), 'here', key).length).toBeLessThanOrEqual(100);
  });

  test('no value leaves, whatever the text', () => {
    const value = fc.stringMatching(/^[A-Za-z0-9]{12,40}$/);
    fc.assert(
      fc.property(value, fc.string(), (secret, around) => {
        const matches = findSecrets(`${around}\nDB_PASSWORD="${secret}"\n${around}`, 'here', key);
        expect(JSON.stringify(matches)).not.toContain(secret);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the patterns', () => {
  test.each(detectors.map((detector) => [detector.id, detector] as const))(
    '%s are in the syntax of RE2 and mean the same there',
    (id, detector) => {
      for (const pattern of detector.patterns) {
        const ignoreCase = detector.ignoreCase === true;
        const re2 = RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
        const native = new RegExp(pattern, ignoreCase ? 'i' : '');
        for (const [, text] of found.filter(([one]) => one === id))
          expect(re2.matcher(text).find()).toBe(native.test(text));
      }
    },
  );
});
