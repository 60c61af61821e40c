import { expect, test } from 'vitest';
import type { Organization } from '../../../domain/account.ts';
import { parsePolicy } from '../policy/parse.ts';
import {
  outsideContext,
  principalContext,
  principalTagContext,
  resourceContext,
  resourceTagContext,
} from './known-context.ts';

const organization = (more: Partial<Organization> = {}): Organization => ({
  id: 'o-exampleorgid',
  partition: 'aws',
  managementAccount: '111122223333',
  reachable: true,
  rootId: 'r-ab12',
  units: [],
  policies: [],
  delegatedAdministrators: [],
  trustedServices: [],
  rootCredentialsManagement: false,
  simulated: false,
  ...more,
});
const place = { id: '444455556666', ouIds: ['r-ab12', 'ou-ab12-11111111'], ouPath: '/Workloads' };

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalorgpaths
test('requests of an account carry its organisation and its place, as far as they are known', () => {
  const path = ['o-exampleorgid/r-ab12/ou-ab12-11111111/'];
  expect(principalContext(organization(), place)).toEqual({
    'aws:PrincipalOrgID': ['o-exampleorgid'],
    'aws:PrincipalOrgPaths': path,
  });
  expect(resourceContext(organization(), place)).toEqual({
    'aws:ResourceOrgID': ['o-exampleorgid'],
    'aws:ResourceOrgPaths': path,
  });
  for (const unknown of [
    { ...place, ouPath: '?' },
    { ...place, ouIds: [] },
  ]) {
    expect(principalContext(organization(), unknown)).toEqual({ 'aws:PrincipalOrgID': ['o-exampleorgid'] });
    expect(resourceContext(organization(), unknown)).toEqual({ 'aws:ResourceOrgID': ['o-exampleorgid'] });
  }
  expect(principalContext(organization({ reachable: false }), place)).toEqual({});
  expect(resourceContext(organization({ reachable: false }), place)).toEqual({});
  expect(resourceContext(organization(), undefined)).toEqual({});
});

function asking(Condition: unknown, Resource = '*') {
  const Statement = [{ Effect: 'Allow', Action: '*', Resource, ...(Condition === undefined ? {} : { Condition }) }];
  return parsePolicy({ Version: '2012-10-17', Statement }, { name: 'p', kind: 'identity' });
}

test('a user has no other tags than those that are known; the sessions of a role may bring more', () => {
  const documents = [
    asking({
      StringEquals: {
        'aws:PrincipalTag/Team': 'red',
        'aws:PrincipalTag/Office': 'x',
        'aws:ResourceTag/x': "${aws:PrincipalTag/Cost, 'none'}",
      },
    }),
    asking(undefined, 'arn:aws:s3:::${aws:PrincipalTag/home}/*'),
  ];
  expect(principalTagContext('user', { Team: 'red' }, documents)).toEqual({
    'aws:principaltag/team': ['red'],
    'aws:principaltag/office': [],
    'aws:principaltag/cost': [],
    'aws:principaltag/home': [],
  });
  expect(principalTagContext('role', { Team: 'red' }, documents)).toEqual({ 'aws:principaltag/team': ['red'] });
  expect(principalTagContext('user', undefined, documents)).toEqual({});
  expect(resourceTagContext({ Team: 'red' })).toEqual({ 'aws:ResourceTag/Team': ['red'] });
});

const on = (operator: string, ...values: string[]) => asking({ [operator]: { 'AWS:PrincipalOrgID': values } });
const other = { 'aws:PrincipalOrgID': ['o-another0000'] };

test.each<[string, ReturnType<typeof asking>[], object]>([
  ['nothing is asked', [], other],
  ['another key is asked', [asking({ StringEqualsIfExists: { 'aws:SourceOrgID': 'o-b' } })], other],
  ['our organisation is', [on('StringEquals', 'o-exampleorgid')], other],
  [
    'any but ours is',
    [on('StringNotEquals', 'o-exampleorgid'), on('StringNotEqualsIfExists', 'o-exampleorgid')],
    other,
  ],
  ['ours is, if it is given', [on('StringEqualsIfExists', 'o-exampleorgid')], {}],
  ['another one is', [on('StringEquals', 'o-exampleorgid', 'o-otherorgid')], {}],
  ['one of several values is', [on('ForAnyValue:StringEquals', 'o-exampleorgid')], {}],
  ['it is asked for whether there is one', [on('Null', 'true')], {}],
  ['one of two documents asks for another', [on('StringEquals', 'o-exampleorgid'), on('StringLike', 'o-*')], {}],
])('outsiders are of another organisation where %s', (_, documents, expected) => {
  expect(outsideContext(organization(), documents)).toEqual(expected);
  expect(outsideContext(organization({ reachable: false }), documents)).toEqual({});
});
