import { expect, test } from 'vitest';
import type { Organization } from '../../../domain/account.ts';
import { PolicyLibrary } from '../compiled/library.ts';
import { PolicyOrganisation, type AccountInput } from '../compiled/organisation.ts';
import { emptyOf } from '../evidence/resource-facts.ts';
import type { PolicyKind } from '../policy/document.ts';
import { answerWhoCan } from './who-can.ts';

type Part = Readonly<Record<string, unknown>>;

const [home, away, outside] = ['111122223333', '444455556666', '999900001111'] as const;
const organization: Organization = {
  id: 'o-exampleorgid',
  partition: 'aws',
  managementAccount: '123456789012',
  reachable: true,
  rootId: 'r-ab12',
  units: [],
  policies: [],
  delegatedAdministrators: [],
  trustedServices: [],
  rootCredentialsManagement: false,
  simulated: false,
};

const policyOf = (...Statement: Part[]): string => JSON.stringify({ Version: '2012-10-17', Statement });
const allow = (Action: string, more: Part = {}): Part => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const full = policyOf(allow('*'));
const tls = { Condition: { Bool: { 'aws:SecureTransport': 'true' } } };

/** Two accounts, each with an administrator, one who reads over TLS, one who may nothing, and the red reader of a tag. */
function ask(
  statements: readonly Part[],
  more: Partial<Record<string, Partial<AccountInput>>> = {},
  kind: PolicyKind = 'resource',
) {
  const organisation = new PolicyOrganisation(new PolicyLibrary());
  const red = policyOf(allow('s3:GetObject', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'red' } } }));
  for (const id of [home, away]) {
    const base = { id, serviceControl: [], resourceControl: [], isManagement: false, readable: true, context: {} };
    organisation.addAccount({ ...base, ...more[id] }, [
      { arn: `arn:aws:iam::${id}:role/admin`, identity: [full] },
      { arn: `arn:aws:iam::${id}:user/reader`, identity: [policyOf(allow('s3:GetObject', tls))] },
      { arn: `arn:aws:iam::${id}:user/nobody`, identity: [] },
      { arn: `arn:aws:iam::${id}:user/red`, identity: [red], tags: { team: 'red' } },
      { arn: `arn:aws:iam::${id}:user/unread`, identity: [red] },
      { arn: `arn:aws:iam::${id}:user/grey`, identity: [red] },
    ]);
  }
  const arn = kind === 'trust' ? `arn:aws:iam::${home}:role/target` : 'arn:aws:s3:::reports/q1';
  const text = policyOf(...statements);
  const policy = { title: 'the policy', name: 'policy', arn: undefined, kind, attachedTo: 'it', text };
  const resource = { ...emptyOf(arn), account: home, policy: statements.length === 0 ? undefined : policy };
  const [resourceAccount] = organisation.accounts;
  const action = kind === 'trust' ? 'sts:AssumeRoleWithSAML' : 's3:GetObject';
  const question = {
    organization,
    action,
    resource,
    resourceAccount: resourceAccount!,
    ownerPlace: undefined,
    context: {},
  };
  const tagsUnread = new Set([home, away].map((id) => `arn:aws:iam::${id}:user/unread`));
  return answerWhoCan(question, { organisation, unread: new Set(), tagsUnread });
}

const short = (list: readonly { principal: string; kind: string; conditions: readonly string[] }[]): string[] =>
  list.map(({ principal, kind, conditions }) =>
    [principal.replace(/^arn:aws:(iam|sts)::/, ''), kind, ...conditions].join(' '),
  );

test('those of the account by their policies, and why it depends', () => {
  const { accounts, outside: others } = ask([]);
  expect(others).toEqual([]);
  expect(accounts.map(({ account }) => account)).toEqual([home]);
  expect(short(accounts[0]?.allowed ?? [])).toEqual([
    `${home}:role/admin role`,
    `${home}:user/red user`,
    `${home}:root root`,
  ]);
  expect(short(accounts[0]?.conditional ?? [])).toEqual([
    `${home}:user/reader user the request is sent over TLS`,
    `${home}:user/unread user the caller's tag "team" is red`,
  ]);
});

test('those of other accounts, sorted by account, within what their SCPs allow', () => {
  const open = [allow('s3:GetObject', { Principal: { AWS: [home, away] } })];
  const of = (more?: Parameters<typeof ask>[1]) =>
    ask(open, more).accounts.map(({ account, allowed, conditional }) => [account, allowed.length, conditional.length]);
  expect(of()).toEqual([
    [home, 3, 2],
    [away, 3, 2],
  ]);
  const serviceControl = [[policyOf(allow('ec2:*'))]];
  expect(of({ [away]: { serviceControl } })).toEqual([[home, 3, 2]]);
  expect(of({ [away]: { serviceControl, isManagement: true } })).toEqual([
    [home, 3, 2],
    [away, 3, 2],
  ]);
});

test('whoever else is named, each as what he is', () => {
  const federated = [home, away, outside].map((id) => `arn:aws:sts::${id}:federated-user/bob`);
  const AWS = [outside, `arn:aws:iam::${outside}:role/app`, `arn:aws:iam::${outside}:user/eve`, ...federated];
  const found = ask([
    allow('s3:GetObject', { Principal: { AWS, Service: 'logging.s3.amazonaws.com' } }),
    allow('s3:Get*', { Principal: '*', ...tls }),
  ]);
  expect(short(found.outside)).toEqual([
    `${outside}:root account`,
    `${outside}:role/app role`,
    `${outside}:user/eve user`,
    `${outside}:federated-user/bob federated-user`,
    'logging.s3.amazonaws.com service',
    '* anybody the request is sent over TLS',
  ]);
  for (const { account, allowed } of found.accounts) {
    expect(short(allowed)).toContain(`${account}:federated-user/bob federated-user`);
  }
});

test('an identity provider of the account, whose users assume the role', () => {
  const Federated = `arn:aws:iam::${home}:saml-provider/idp`;
  const trust = { Effect: 'Allow', Action: 'sts:AssumeRoleWithSAML', Principal: { Federated } };
  expect(short(ask([trust], {}, 'trust').outside)).toEqual([`${home}:saml-provider/idp federated`]);
});

const denyWhere = (value: string) => ({
  Effect: 'Deny',
  Action: '*',
  Principal: '*',
  Resource: '*',
  Condition: { Null: { 'aws:SourceVpce': value } },
});

test('what conditions that exclude each other leave is nobody', () => {
  expect(ask([denyWhere('true'), denyWhere('false')])).toEqual({ accounts: [], outside: [] });
});
