import { expect, test } from 'vitest';
import { PolicyLibrary } from './library.ts';
import { PolicyOrganisation, type AccountInput, type PrincipalInput } from './organisation.ts';
import { whoCan, type AccessQuestion } from './who-can.ts';

const [home, away, closed] = ['111122223333', '444455556666', '777788889999'] as const;
const nothingKnown = { values: {}, complete: false };

const policy = (...Statement: Record<string, unknown>[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (
  Action: string,
  Resource: unknown = '*',
  more: Record<string, unknown> = {},
): Record<string, unknown> => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});

function account(id: string, more: Partial<AccountInput> = {}): AccountInput {
  return { id, serviceControl: [], resourceControl: [], isManagement: false, readable: true, context: {}, ...more };
}

function person(
  id: string,
  name: string,
  identity: readonly string[],
  more: Partial<PrincipalInput> = {},
): PrincipalInput {
  return { arn: `arn:aws:iam::${id}:${name}`, identity, ...more };
}

function organisation(): PolicyOrganisation {
  const made = new PolicyOrganisation(new PolicyLibrary());
  const read = policy(allow('s3:GetObject', 'arn:aws:s3:::reports/*'));
  const own = (id: string): string => policy(allow('s3:*', [`arn:aws:s3:::logs-${id}`, `arn:aws:s3:::logs-${id}/*`]));
  const tagged = policy(
    allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }),
  );
  made.addAccount(account(home), [
    person(home, 'role/reader', [read]),
    person(home, 'role/writer', [policy(allow('s3:PutObject'))]),
    person(home, 'user/red', [tagged], { tags: { team: 'red' } }),
    person(home, 'user/blue', [tagged], { tags: { team: 'blue' } }),
    person(home, 'user/grey', [tagged]),
    person(home, 'role/fenced', [read], { permissionsBoundary: policy(allow('ec2:*')) }),
    person(home, 'role/logs', [own(home)]),
  ]);
  made.addAccount(account(away, { serviceControl: [[policy(allow('*'))]] }), [
    person(away, 'role/reader', [read]),
    person(away, 'role/named', [read]),
    person(away, 'role/logs', [own(away)]),
  ]);
  made.addAccount(account(closed, { readable: false }), []);
  return made;
}

function names(made: PolicyOrganisation, numbers: readonly number[]): string[] {
  return numbers.map((number) => made.arnOf(number).slice('arn:aws:iam::'.length));
}

function ask(made: PolicyOrganisation, more: Partial<AccessQuestion> & { bucketPolicy?: string } = {}) {
  const { bucketPolicy, ...rest } = more;
  const question = { action: 's3:GetObject', resource: 'arn:aws:s3:::reports/q1', resourceAccount: home, ...rest };
  const resourcePolicy =
    bucketPolicy === undefined ? undefined : made.library.intern(bucketPolicy, 'resource', question.resourceAccount);
  return whoCan(made, { ...question, resourcePolicy, context: nothingKnown });
}

test('within the account identity policies decide, with tags, boundaries and what is not known', () => {
  const made = organisation();
  const found = ask(made);
  expect(names(made, found.allowed)).toEqual([`${home}:role/reader`, `${home}:user/red`]);
  expect(names(made, found.conditional)).toEqual([`${home}:user/grey`]);
  expect(found.others).toEqual([{ principal: `arn:aws:iam::${home}:root`, decision: 'allowed' }]);
  expect(found.unknownAccounts).toEqual([closed]);
});

test('other accounts come in where the bucket policy admits them', () => {
  const made = organisation();
  const principal = { Principal: { AWS: [away, '999900001111', `arn:aws:iam::${away}:role/named`] } };
  const found = ask(made, { bucketPolicy: policy(allow('s3:GetObject', 'arn:aws:s3:::reports/*', principal)) });
  expect(names(made, found.allowed)).toEqual([
    `${home}:role/reader`,
    `${home}:user/red`,
    `${away}:role/reader`,
    `${away}:role/named`,
  ]);
  expect(found.others.map((one) => one.principal)).toEqual([
    `arn:aws:iam::${home}:root`,
    `arn:aws:iam::${away}:root`,
    'arn:aws:iam::999900001111:root',
  ]);
});

test('a public bucket is open to everyone, and to services that are named', () => {
  const made = organisation();
  const open = allow('s3:GetObject', '*', { Principal: '*' });
  const logging = allow('s3:GetObject', '*', { Principal: { Service: 'logging.s3.amazonaws.com' } });
  const found = ask(made, { bucketPolicy: policy(open, logging) });
  expect(found.others).toContainEqual({ principal: '*', decision: 'allowed' });
  expect(found.others).toContainEqual({ principal: 'logging.s3.amazonaws.com', decision: 'allowed' });
  expect(names(made, found.allowed)).toContain(`${home}:role/fenced`);
});

test('a service control policy stops its account, the resource control policy everybody', () => {
  const made = organisation();
  const bucketPolicy = policy(allow('s3:GetObject', '*', { Principal: { AWS: [home, away] } }));
  const fenced = new PolicyOrganisation(made.library);
  const deny = policy({ Effect: 'Deny', Action: 's3:Get*', Resource: '*' });
  const full = policy(allow('*'));
  fenced.addAccount(account(home), [person(home, 'role/admin', [full])]);
  fenced.addAccount(account(away, { serviceControl: [[full], [full, deny]] }), [person(away, 'role/admin', [full])]);
  expect(names(fenced, ask(fenced, { bucketPolicy }).allowed)).toEqual([`${home}:role/admin`]);
  const controlled = new PolicyOrganisation(made.library);
  const rcp = policy({ Effect: 'Deny', Principal: '*', Action: 's3:Get*', Resource: '*' });
  controlled.addAccount(account(home, { resourceControl: [[rcp]] }), [person(home, 'role/admin', [full])]);
  expect(ask(controlled, { bucketPolicy })).toMatchObject({ allowed: [], conditional: [], others: [] });
});

test('a policy rolled out to two accounts is one document, and speaks of each account apart', () => {
  const made = organisation();
  const found = ask(made, { resource: `arn:aws:s3:::logs-${home}/x` });
  expect(names(made, found.allowed)).toEqual([`${home}:user/red`, `${home}:role/logs`]);
  expect(made.attachmentsOf(6)).toBe(made.attachmentsOf(9));
});

test('an action that needs no permission is allowed to all, and needs no search', () => {
  const made = organisation();
  const found = ask(made, { action: 'sts:GetCallerIdentity', resource: '*' });
  expect(found.allowed.length).toBe(made.size);
});

test('principals of another account, or none, are refused', () => {
  const made = new PolicyOrganisation(new PolicyLibrary());
  for (const arn of [`arn:aws:iam::${away}:role/x`, `arn:aws:iam::${home}:root`, 'lambda.amazonaws.com', 'nobody']) {
    expect(() => made.addAccount(account(home), [{ arn, identity: [] }])).toThrow('is not a user or role');
  }
});

test('a role of another account is found by its ARN alone, by a session of it, or by a grant of the key', () => {
  const made = organisation();
  const bucketPolicy = (AWS: string): string => policy(allow('s3:GetObject', '*', { Principal: { AWS } }));
  const own = ask(made, { bucketPolicy: bucketPolicy(`arn:aws:iam::${away}:role/named`) });
  expect(names(made, own.allowed)).toContain(`${away}:role/named`);
  expect(names(made, own.allowed)).not.toContain(`${away}:role/reader`);
  const session = ask(made, { bucketPolicy: bucketPolicy(`arn:aws:sts::${away}:assumed-role/named/run`) });
  expect(names(made, session.conditional)).toContain(`${away}:role/named`);
  expect(names(made, session.conditional)).not.toContain(`${away}:role/reader`);

  const keys = new PolicyOrganisation(made.library);
  const use = [policy(allow('kms:*'))];
  keys.addAccount(account(home), [person(home, 'role/app', use), person(home, 'role/idle', [])]);
  keys.addAccount(account(away), [person(away, 'role/named', []), person(away, 'role/app', use)]);
  const granted = {
    granteePrincipal: `arn:aws:iam::${away}:role/named`,
    operations: ['Decrypt'],
    encryptionContextSubset: {},
    encryptionContextEquals: undefined,
  };
  const found = ask(keys, {
    action: 'kms:Decrypt',
    resource: `arn:aws:kms:eu-west-1:${home}:key/k`,
    bucketPolicy: policy(allow('kms:*', '*', { Principal: { AWS: `arn:aws:iam::${home}:root` } })),
    kmsGrants: [granted],
  });
  expect(names(keys, found.allowed)).toContain(`${home}:role/app`);
  expect(names(keys, [...found.allowed, ...found.conditional])).not.toContain(`${away}:role/app`);
  expect(names(keys, [...found.allowed, ...found.conditional])).toContain(`${away}:role/named`);
});

const memberOf = (id: string): Partial<AccountInput> => ({ context: { 'aws:PrincipalOrgID': [id] } });

test('a document that several accounts share is asked again where the account decides', () => {
  const made = new PolicyOrganisation(new PolicyLibrary());
  const logs = (id: string): string => policy(allow('ec2:*'), allow('s3:GetObject', `arn:aws:s3:::logs-${id}/*`));
  const inside = policy(
    allow('ec2:*'),
    allow('s3:GetObject', '*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-exampleorgid' } } }),
  );
  made.addAccount(account(home, memberOf('o-exampleorgid')), [
    person(home, 'role/logs', [logs(home)]),
    person(home, 'role/inside', [inside]),
  ]);
  made.addAccount(account(away, memberOf('o-otherorgid11')), [
    person(away, 'role/logs', [logs(away)]),
    person(away, 'role/inside', [inside]),
  ]);
  const bucketPolicy = policy(allow('s3:GetObject', '*', { Principal: { AWS: [home, away] } }));
  const found = ask(made, { resource: `arn:aws:s3:::logs-${home}/x`, bucketPolicy });
  expect(names(made, found.allowed)).toEqual([`${home}:role/logs`, `${home}:role/inside`]);
  expect(found.conditional).toEqual([]);
});

test('everybody of the own account, by two conditions of which one names it', () => {
  const made = organisation();
  const Condition = { StringEquals: { 'aws:PrincipalAccount': home, 'aws:PrincipalType': 'AssumedRole' } };
  const found = ask(made, { bucketPolicy: policy(allow('s3:GetObject', '*', { Principal: '*', Condition })) });
  expect(names(made, found.allowed)).toContain(`${home}:role/writer`);
  expect(names(made, found.allowed).filter((name) => name.startsWith(away))).toEqual([]);
});

test('resource control policies do not reach the management account, nor service control policies linked roles', () => {
  const full = policy(allow('*'));
  const library = new PolicyLibrary();
  const managed = new PolicyOrganisation(library);
  const rcp = policy({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' });
  managed.addAccount(account(home, { isManagement: true, resourceControl: [[rcp]] }), [
    person(home, 'role/admin', [full]),
  ]);
  expect(names(managed, ask(managed).allowed)).toEqual([`${home}:role/admin`]);
  const linked = new PolicyOrganisation(library);
  const scp = policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' });
  const service = 'role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX';
  linked.addAccount(account(home, { serviceControl: [[full, scp]] }), [
    person(home, 'role/admin', [full]),
    person(home, service, [full]),
  ]);
  expect(names(linked, ask(linked).allowed)).toEqual([`${home}:${service}`]);
});

test('whom no policy can name as a principal is left out, identity providers and services are named', () => {
  const made = organisation();
  const trust = policy(
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithSAML',
      Principal: { Federated: `arn:aws:iam::${home}:saml-provider/idp` },
    },
    {
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithSAML',
      Principal: { AWS: ['AROADBQP57FF2AEXAMPLE', `arn:aws:iam::${home}:role/reader`], Service: 'ec2.amazonaws.com' },
    },
  );
  const found = whoCan(made, {
    action: 'sts:AssumeRoleWithSAML',
    resource: `arn:aws:iam::${home}:role/app`,
    resourceAccount: home,
    resourcePolicy: made.library.intern(trust, 'trust', home),
    context: nothingKnown,
  });
  expect(found.others.map((one) => one.principal)).toEqual([
    `arn:aws:iam::${home}:saml-provider/idp`,
    'ec2.amazonaws.com',
  ]);
});

test('those whom tags or the policies of the resource pick out are decided singly, the others as one of their kind', () => {
  const made = organisation();
  expect(ask(made, { action: 's3:PutObject' }).decidedSingly).toBe(0);
  expect(ask(made, { action: 's3:PutObject', resource: 'arn:aws:s3:::other/x' }).allowed.length).toBe(1);
  expect(ask(made).decidedSingly).toBe(3);
  const named = { Principal: { AWS: `arn:aws:iam::${away}:role/named` } };
  expect(ask(made, { bucketPolicy: policy(allow('s3:GetObject', '*', named)) }).decidedSingly).toBe(4);
});

test('a bucket of an account that is not of the organisation has no resource control policies', () => {
  const made = organisation();
  const bucketPolicy = policy(allow('s3:GetObject', '*', { Principal: { AWS: home } }));
  const found = ask(made, { bucketPolicy, resourceAccount: '999900001111' });
  expect(names(made, found.allowed)).toEqual([`${home}:role/reader`, `${home}:user/red`]);
  expect(found.others).toEqual([{ principal: `arn:aws:iam::${home}:root`, decision: 'allowed' }]);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
test('a federated user whom the bucket policy names is told, and stopped by the SCPs of his account', () => {
  const made = organisation();
  const AWS = [home, away, '999900001111'].map((id) => `arn:aws:sts::${id}:federated-user/bob`);
  const open = { bucketPolicy: policy(allow('s3:GetObject', '*', { Principal: { AWS } })) };
  const others = (asked: PolicyOrganisation): string[] => ask(asked, open).others.map((one) => one.principal);
  expect(others(made)).toEqual([`arn:aws:iam::${home}:root`, ...AWS]);
  const fenced = new PolicyOrganisation(made.library);
  fenced.addAccount(account(home), []);
  fenced.addAccount(account(away, { serviceControl: [[policy(allow('ec2:*'))]] }), []);
  expect(others(fenced)).toEqual([`arn:aws:iam::${home}:root`, AWS[0], AWS[2]]);
});
