import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checks } from '../../generated/checks.ts';
import { UsageError } from '../../domain/errors.ts';
import { createCatalogue } from './catalogue.ts';
import type { CheckEntry } from './registry.ts';

const catalogue = createCatalogue(checks);
const idsOf = (name: string): string[] => catalogue.find(name).map((entry) => entry.id);

function sample(id: string): CheckEntry {
  const [entry] = catalogue.find(id);
  if (entry === undefined) throw new Error(`There is no check ${id}.`);
  return entry;
}

describe('every check', () => {
  test.each(checks)('$id says what it must', ({ id, check }) => {
    const sentence = /^[A-Z<][\s\S]{15,}[.!?]$/;
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
    expect(check.title).toMatch(/^[A-Z][^.]{15,90}$/);
    for (const text of [check.severityReason, check.why, check.fix.text]) expect(text).toMatch(sentence);
    expect(check.references.length).toBeGreaterThanOrEqual(2);
    expect(new Set(check.references).size).toBe(check.references.length);
    for (const page of check.references) expect(page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/[\w./#-]+$/);
    for (const { description } of Object.values(check.parameters ?? {})) expect(description).toMatch(sentence);
  });

  test.each(checks)('$id names controls in their own form', ({ check: { controls } }) => {
    const forms = {
      securityHub: /^[A-Z][A-Za-z0-9]+\.\d+$/,
      configRules: /^[a-z0-9]+(-[a-z0-9]+)+$/,
      cis30: /^\d(\.\d+)+$/,
      cis50: /^\d(\.\d+)+$/,
      attack: /^T\d{4}(\.\d{3})?$/,
      prowler: /^[a-z0-9]+(_[a-z0-9]+)+$/,
    };
    for (const [list, form] of Object.entries(forms)) {
      for (const name of controls[list as keyof typeof forms] ?? []) expect(name).toMatch(form);
    }
  });

  test.each(checks)('$id has a table of cases beside it', ({ id, service }) => {
    const path = `src/features/checks/catalogue/${service}/${id.slice(service.length + 1)}.test.ts`;
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, 'utf8').replaceAll(/\s/g, '')).toContain(`testCheck('${id}',check,`);
  });

  test('titles differ', () => {
    expect(new Set(checks.map(({ check }) => check.title)).size).toBe(checks.length);
  });
});

// AWS Config rule names by which people ask for checks; each is one rule.
const configRules = [
  'iam-user-mfa-enabled',
  'iam-root-access-key-check',
  'iam-policy-no-statements-with-admin-access',
  'iam-password-policy',
  'access-keys-rotated',
  's3-bucket-ssl-requests-only',
  'rds-encrypted-db-cluster',
  'rds-storage-encrypted',
  'iam-policy-in-use',
  'ec2-security-group-attached-to-eni',
  'ec2-security-group-attached-to-eni-periodic',
  's3-bucket-server-side-encryption-enabled',
  'cloudtrail-enabled',
  'multi-region-cloudtrail-enabled',
];

// Short names that the documentation uses for checks whose id is longer.
const shortNames = {
  'access-keys-rotated': 'iam-access-keys-rotated',
  'multi-region-cloudtrail-enabled': 'cloudtrail-multi-region-enabled',
  'sg-no-public-ssh': 'ec2-sg-no-public-ssh',
  'sg-no-public-rdp': 'ec2-sg-no-public-rdp',
  'sg-no-public-high-risk-ports': 'ec2-sg-no-public-high-risk-ports',
  'sg-no-public-all-ports': 'ec2-sg-no-public-all-ports',
  'nacl-no-public-admin-ports': 'ec2-nacl-no-public-admin-ports',
  'subnet-no-auto-public-ip': 'ec2-subnet-no-auto-public-ip',
  'rds-encrypted': 'rds-storage-encrypted',
};

describe('names', () => {
  test.each(configRules)('%s is one check', (name) => {
    expect(idsOf(name)).toHaveLength(1);
    expect(idsOf(name.toUpperCase())).toEqual(idsOf(name));
  });

  test.each(Object.entries(shortNames))('%s is %s', (name, id) => {
    expect(idsOf(name)).toEqual([id]);
  });

  test('a check is found by every name that it has', () => {
    for (const entry of checks) {
      expect(catalogue.find(entry.id)[0]).toBe(entry);
      for (const name of catalogue.aliasesOf(entry)) expect(catalogue.find(` ${name} `)).toContain(entry);
    }
  });

  test('aliases are all names but the id', () => {
    expect(catalogue.aliasesOf(sample('iam-access-keys-rotated'))).toEqual([
      'IAM.3',
      'access-keys-rotated',
      'iam_rotate_access_key_90_days',
    ]);
    expect(catalogue.aliasesOf(sample('rds-cluster-snapshot-encrypted'))).toEqual([
      'Neptune.6',
      'RDS.4',
      'neptune-cluster-snapshot-encrypted',
      'neptune_cluster_snapshot_encrypted',
      'rds-snapshot-encrypted',
      'rds_snapshots_encrypted',
    ]);
    expect(catalogue.aliasesOf(sample('iam-password-policy'))).not.toContain('iam-password-policy');
  });

  test('a control over several kinds of resource is one check for each', () => {
    expect(idsOf('RDS.1')).toEqual(['rds-cluster-snapshot-not-public', 'rds-snapshot-not-public']);
    expect(idsOf('vpc-sg-port-restriction-check')).toEqual(['ec2-sg-no-public-rdp', 'ec2-sg-no-public-ssh']);
    expect(idsOf('rds-snapshot-encrypted')).toEqual(['rds-snapshot-encrypted', 'rds-cluster-snapshot-encrypted']);
  });

  // Clusters of Neptune and DocumentDB answer through the API of RDS, their snapshots too.
  test.each([
    ['Neptune.1', 'rds-cluster-encrypted'],
    ['DocumentDB.1', 'rds-cluster-encrypted'],
    ['Neptune.3', 'rds-cluster-snapshot-not-public'],
    ['DocumentDB.3', 'rds-cluster-snapshot-not-public'],
    ['Neptune.6', 'rds-cluster-snapshot-encrypted'],
  ])('%s is %s', (control, id) => {
    expect(idsOf(control)).toEqual([id]);
  });

  test('an unknown name is nothing, and is answered with the nearest', () => {
    expect(catalogue.find('no-such-check')).toEqual([]);
    expect(catalogue.find('constructor')).toEqual([]);
    const attempt = (): unknown => catalogue.select(['s3-bucket-versioning', 's3-bucket-ssl-request-only']);
    expect(attempt).toThrow(UsageError);
    expect(attempt).toThrow(
      expect.objectContaining({
        message: 'There is no check "s3-bucket-ssl-request-only".',
        hint: expect.stringContaining('s3-bucket-ssl-requests-only'),
      }),
    );
    expect(() => catalogue.select(['qqqqqqqqqqqqqq'])).toThrow(
      expect.objectContaining({ hint: 'Run "vedette checks list" to see them all.' }),
    );
  });

  test('several names select each check once, by id', () => {
    const selected = catalogue.select(['S3.14', 'iam-password-policy', 's3-bucket-versioning', 'IAM.7']);
    expect(selected.map((entry) => entry.id)).toEqual(['iam-password-policy', 's3-bucket-versioning']);
  });

  test('two checks that share an id or alias are refused', () => {
    const one = sample('s3-bucket-versioning');
    const other = sample('s3-bucket-mfa-delete');
    const clash = { ...other, check: { ...other.check, aliases: ['S3-Bucket-Versioning'] } } as CheckEntry;
    expect(() => createCatalogue([one, one])).toThrow('s3-bucket-versioning');
    expect(() => createCatalogue([one, clash])).toThrow('names both');
  });
});

describe('services', () => {
  test('are those of the folders, sorted', () => {
    expect(catalogue.services).toContain('access-analyzer');
    expect(catalogue.services).toEqual([...catalogue.services].sort());
    expect(catalogue.entries.map((entry) => entry.id)).toEqual(checks.map((entry) => entry.id).sort());
  });

  test('select their checks', () => {
    const found = catalogue.ofServices(['KMS ']);
    expect(found.map((entry) => entry.id)).toContain('kms-key-rotation');
    expect(found).toEqual(catalogue.entries.filter((entry) => entry.service === 'kms'));
    expect(() => catalogue.ofServices(['s4'])).toThrow(
      expect.objectContaining({ message: 'There is no service "s4".', hint: expect.stringContaining('s3') }),
    );
  });
});

function changed(change: Partial<CheckEntry['check']>): string {
  const entry = sample('iam-access-keys-rotated');
  return createCatalogue([{ ...entry, check: { ...entry.check, ...change } } as CheckEntry]).version();
}

describe('versions', () => {
  const original = changed({});

  test('stay the same while the rules do', () => {
    expect(createCatalogue([...checks].reverse()).version()).toBe(catalogue.version());
    expect(catalogue.version()).toMatch(/^[0-9a-f]{16}$/);
    expect(changed({ why: 'In other words.', title: 'Another title' })).toBe(original);
    expect(changed({ version: 1 })).toBe(original);
  });

  test('change with the rule, its severity and its parameters', () => {
    expect(changed({ version: 2 })).not.toBe(original);
    expect(changed({ severity: 'critical' })).not.toBe(original);
    expect(changed({ parameters: {} })).not.toBe(original);
    const values = catalogue.parameters({ 'access-keys-rotated': { maxAgeDays: 30 } });
    expect(catalogue.version(values)).not.toBe(catalogue.version());
    expect(catalogue.ruleVersion(sample('iam-access-keys-rotated'), values)).not.toBe(
      catalogue.ruleVersion(sample('iam-access-keys-rotated')),
    );
    expect(catalogue.ruleVersion(sample('iam-password-policy'), values)).toBe(
      catalogue.ruleVersion(sample('iam-password-policy')),
    );
  });
});

describe('parameters', () => {
  test('are set by any name of the check', () => {
    const values = catalogue.parameters({ 'IAM.3': { maxAgeDays: '30' }, 'iam-policy-in-use': { policyArn: 'arn:x' } });
    expect(values('iam-access-keys-rotated', 'maxAgeDays')).toBe(30);
    expect(values('iam-policy-in-use', 'policyArn')).toBe('arn:x');
    expect(catalogue.parameters()('iam-policy-in-use', 'policyArn')).toBe(
      'arn:<partition>:iam::aws:policy/AWSSupportAccess',
    );
  });

  test('of an unknown check are refused', () => {
    expect(() => catalogue.parameters({ 'iam-pasword-policy': {} })).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('iam-password-policy') }),
    );
  });
});
