// Policies that could not be read, each beside a twin that was: an answer that they could overturn is open, others stand.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OrganizationPolicy } from '../../../domain/account.ts';
import { unread } from '../../../domain/evidence.ts';
import { type TestStore, testStore } from '../../../platform/store/testing.ts';
import { simulate, type SimulateAnswer } from '../questions/simulate.ts';
import { askWhoCan } from './ask-who-can.ts';
import { askedPrincipal, askedResource } from './asked.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import { allow, bucket, control, fullAccess, lambdaFunction, openAccount, plant, policyText, role } from './testing.ts';

const [plain, sealedScp, looseScp, sealedRcp] = ['111122223333', '222233334444', '333344445555', '444455556666'];
const all = [plain, sealedScp, looseScp, sealedRcp].map(String);
const denied = unread('organizations:DescribePolicy', 'denied');
const full = policyText(allow('*'));

function sealed(policy: OrganizationPolicy, of: Partial<OrganizationPolicy>): OrganizationPolicy {
  return { ...policy, ...of };
}

const scp = (name: string, ...targets: string[]): OrganizationPolicy =>
  control('SERVICE_CONTROL_POLICY', name, targets, allow('*'));

let store: TestStore;
let reader: EvidenceReader;
beforeAll(async () => {
  store = await testStore();
  reader = await plant(store, {
    accounts: all.map((id) => ({ id })),
    policies: [
      fullAccess(plain ?? '', sealedRcp ?? ''),
      sealed(scp('Sealed', sealedScp ?? ''), { content: denied }),
      sealed(scp('Loose'), { targets: unread('organizations:ListTargetsForPolicy', 'denied') }),
      sealed(control('RESOURCE_CONTROL_POLICY', 'Perimeter', [sealedRcp ?? '']), { content: denied }),
    ],
    resources: all.flatMap((id) => [
      openAccount(id),
      role(id, 'admin', { inline: { full } }),
      role(id, 'nobody'),
      role(id, 'bound', { inline: { full }, boundary: `arn:aws:iam::${id}:policy/lost` }),
      role(id, 'bound-nobody', { boundary: `arn:aws:iam::${id}:policy/lost` }),
      bucket(id, `data-${id}`),
      bucket(id, `sealed-${id}`, { policy: unread('s3:GetBucketPolicy', 'denied') }),
      lambdaFunction(id, 'work', { live: unread('lambda:GetPolicy', 'denied'), beta: null }),
    ]),
  });
});
afterAll(async () => await store.close());

async function ask(account: string, name: string, what: string, on: string): Promise<SimulateAnswer> {
  const who = `arn:aws:iam::${account}:role/${name}`;
  const asked = await askedPrincipal(reader, who);
  const resource = await askedResource(reader, on, what);
  return simulate({
    organization: reader.organization,
    principal: asked.principal,
    principalText: who,
    evidence: asked.evidence,
    principalAccount: asked.account,
    action: what,
    resource,
    resourceAccount: reader.accounts.get(resource.account ?? account),
    context: {},
    completeContext: false,
  });
}

const data = (id = plain): string => `arn:aws:s3:::data-${id}/x`;
const work = (qualifier: string): string => `arn:aws:lambda:eu-west-1:${plain}:function:work${qualifier}`;
type Asked = readonly [name: string, account: string | undefined, who: string, what: string, on: string];
/** The last is what the answer names. */
const open: readonly (readonly [...Asked, named: RegExp])[] = [
  [
    'a boundary',
    plain,
    'bound',
    's3:GetObject',
    data(),
    /lost \(permissions boundary of role bound\).*not in the evidence/,
  ],
  [
    'a level of SCPs',
    sealedScp,
    'admin',
    's3:ListAllMyBuckets',
    '*',
    /Sealed at account 222233334444.*DescribePolicy was denied/,
  ],
  [
    'what SCPs are attached to',
    looseScp,
    'admin',
    's3:ListAllMyBuckets',
    '*',
    /Loose at .*ListTargetsForPolicy was denied/,
  ],
  [
    'an RCP',
    sealedRcp,
    'admin',
    's3:GetObject',
    data(sealedRcp),
    /Perimeter at account 444455556666.*DescribePolicy was denied/,
  ],
  [
    'a bucket policy',
    plain,
    'nobody',
    's3:GetObject',
    `arn:aws:s3:::sealed-${plain}/x`,
    /policy of bucket sealed-111122223333/,
  ],
  [
    'the policy of an alias',
    plain,
    'nobody',
    'lambda:InvokeFunction',
    work(':live'),
    /function work:live.*lambda:GetPolicy was denied/,
  ],
  ['the policy of a version', plain, 'nobody', 'lambda:InvokeFunction', work(':7'), /function work:7.*not collected/],
];
const settled: readonly Asked[] = [
  ['a boundary of somebody without permissions', plain, 'bound-nobody', 's3:GetObject', data()],
  ['a level of SCPs, for somebody without permissions', sealedScp, 'nobody', 's3:ListAllMyBuckets', '*'],
  ['an RCP, where it does not count', sealedRcp, 'nobody', 's3:GetObject', data(sealedRcp)],
  ['the policy of another alias', plain, 'nobody', 'lambda:InvokeFunction', work(':beta')],
];

test.each(open)('%s that could not be read leaves it open', async (_, account, who, what, on, expected) => {
  const answer = await ask(account ?? '', who, what, on);
  expect(answer.decision).toBe('conditional');
  expect(answer.conditions.join('; ')).toContain('which could not be read');
  expect(answer.unknown.join(' ')).toMatch(expected);
  const found = await askWhoCan(reader, what, await askedResource(reader, on, what));
  const arn = `arn:aws:iam::${account}:role/${who}`;
  const theirs = found.accounts.flatMap((group) => group.conditional).filter(({ principal }) => principal === arn);
  expect(theirs).toMatchObject([{ conditions: answer.conditions }]);
});

test.each(settled)('%s does not', async (_, account, who, what, on) => {
  expect(await ask(account ?? '', who, what, on)).toMatchObject({ decision: 'implicit-deny', conditions: [] });
});
