// Requests over the policies of access.ts, each with what AWS's rules give. `{web}`, `{data}` and `{audit}` stand for
// the ids of the accounts, `{delegating}` and `{closed}` for the ARNs of the keys.

import { orders, partner } from './access.ts';

export interface Question {
  name: string;
  who: string;
  what: string;
  on: string;
  given?: readonly string[];
  is: { decision: string; wall?: string | null; sids?: readonly string[]; conditions?: RegExp };
}

const tls: readonly string[] = ['aws:SecureTransport=true'];
export const questions: readonly Question[] = [
  {
    name: 'a member of a group, by the version in force and the bucket policy of another account, over TLS',
    who: 'arn:aws:iam::{web}:user/tagged',
    what: 's3:GetObject',
    on: `${orders}/public/1`,
    given: tls,
    is: { decision: 'allowed', sids: ['PublicPart', 'Web'] },
  },
  {
    name: 'the same where nothing is known of TLS',
    who: 'arn:aws:iam::{web}:user/tagged',
    what: 's3:GetObject',
    on: `${orders}/public/1`,
    is: { decision: 'conditional', conditions: /TLS/ },
  },
  {
    name: 'the same without TLS',
    who: 'arn:aws:iam::{web}:user/tagged',
    what: 's3:GetObject',
    on: `${orders}/public/1`,
    given: ['aws:SecureTransport=false'],
    is: { decision: 'explicit-deny', wall: 'resource-policy', sids: ['TlsOnly'] },
  },
  {
    name: 'versions that are not in force give nothing',
    who: 'arn:aws:iam::{web}:user/tagged',
    what: 's3:GetObject',
    on: `${orders}/private/1`,
    given: tls,
    is: { decision: 'implicit-deny', wall: 'identity-policy' },
  },
  {
    name: 'a tag with letters that encodings change is compared as it is',
    who: 'arn:aws:iam::{web}:user/tagged',
    what: 'ec2:StartInstances',
    on: 'arn:aws:ec2:us-east-1:{web}:instance/i-0123456789abcdef0',
    is: { decision: 'allowed' },
  },
  {
    name: 'its near twin is another team',
    who: 'arn:aws:iam::{web}:user/other-team',
    what: 'ec2:StartInstances',
    on: 'arn:aws:ec2:us-east-1:{web}:instance/i-0123456789abcdef0',
    is: { decision: 'implicit-deny', wall: 'identity-policy' },
  },
  {
    name: 'an inline policy of a user allows',
    who: 'arn:aws:iam::{web}:user/other-team',
    what: 'sqs:SendMessage',
    on: 'arn:aws:sqs:us-east-1:{web}:jobs',
    is: { decision: 'allowed', sids: ['Queues'] },
  },
  {
    name: 'a boundary takes away what an inline policy gives',
    who: 'arn:aws:iam::{web}:role/fenced',
    what: 's3:ListAllMyBuckets',
    on: '*',
    is: { decision: 'implicit-deny', wall: 'permissions-boundary' },
  },
  {
    name: 'and leaves what both give',
    who: 'arn:aws:iam::{web}:role/fenced',
    what: 'sqs:SendMessage',
    on: 'arn:aws:sqs:us-east-1:{web}:jobs',
    is: { decision: 'allowed' },
  },
  {
    name: 'and gives nothing itself',
    who: 'arn:aws:iam::{web}:role/fenced',
    what: 'sns:ListTopics',
    on: '*',
    is: { decision: 'implicit-deny', wall: 'identity-policy' },
  },
  {
    name: 'an SCP two levels above denies an administrator',
    who: 'arn:aws:iam::{web}:role/administrator',
    what: 'cloudtrail:StopLogging',
    on: 'arn:aws:cloudtrail:us-east-1:{web}:trail/all',
    is: { decision: 'explicit-deny', wall: 'service-control-policy', sids: ['KeepTrails'] },
  },
  {
    name: 'and not one of another branch',
    who: 'arn:aws:iam::{audit}:role/administrator',
    what: 'cloudtrail:StopLogging',
    on: 'arn:aws:cloudtrail:us-east-1:{audit}:trail/all',
    is: { decision: 'allowed' },
  },
  {
    name: 'an SCP at the deepest unit denies',
    who: 'arn:aws:iam::{data}:role/operator',
    what: 's3:DeleteBucket',
    on: orders,
    given: tls,
    is: { decision: 'explicit-deny', wall: 'service-control-policy', sids: ['OnlyTheJanitor'] },
  },
  {
    name: 'all but whom it excepts',
    who: 'arn:aws:iam::{data}:role/janitor',
    what: 's3:DeleteBucket',
    on: orders,
    given: tls,
    is: { decision: 'allowed' },
  },
  {
    name: 'an RCP above the bucket denies an account outside that its policy allows',
    who: `arn:aws:iam::${partner}:role/reader`,
    what: 's3:GetObject',
    on: `${orders}/partner/1`,
    given: tls,
    is: { decision: 'explicit-deny', wall: 'resource-control-policy', sids: ['OnlyOurs'] },
  },
  {
    name: 'a key that leaves it to the account: the identity policy counts',
    who: 'arn:aws:iam::{data}:role/decryptor',
    what: 'kms:Decrypt',
    on: '{delegating}',
    is: { decision: 'allowed' },
  },
  {
    name: 'a key that does not: the identity policy is not enough',
    who: 'arn:aws:iam::{data}:role/decryptor',
    what: 'kms:Decrypt',
    on: '{closed}',
    is: { decision: 'implicit-deny', wall: 'key-policy' },
  },
  {
    name: 'not even that of an administrator',
    who: 'arn:aws:iam::{data}:role/operator',
    what: 'kms:Decrypt',
    on: '{closed}',
    is: { decision: 'implicit-deny', wall: 'key-policy' },
  },
  {
    name: 'a role of another account with the external id',
    who: 'arn:aws:iam::{data}:role/caller',
    what: 'sts:AssumeRole',
    on: 'arn:aws:iam::{web}:role/delivery/deployer',
    given: ['sts:ExternalId=orders-2026'],
    is: { decision: 'allowed' },
  },
  {
    name: 'without saying which',
    who: 'arn:aws:iam::{data}:role/caller',
    what: 'sts:AssumeRole',
    on: 'arn:aws:iam::{web}:role/delivery/deployer',
    is: { decision: 'conditional', conditions: /sts:ExternalId|external id/i },
  },
  {
    name: 'a principal that the trusted account gives nothing',
    who: 'arn:aws:iam::{data}:role/decryptor',
    what: 'sts:AssumeRole',
    on: 'arn:aws:iam::{web}:role/delivery/deployer',
    given: ['sts:ExternalId=orders-2026'],
    is: { decision: 'implicit-deny', wall: 'identity-policy' },
  },
  {
    name: 'a service for the topic that the queue names',
    who: 'sns.amazonaws.com',
    what: 'sqs:SendMessage',
    on: 'arn:aws:sqs:us-east-1:{data}:orders',
    given: ['aws:SourceArn=arn:aws:sns:us-east-1:{data}:orders'],
    is: { decision: 'allowed' },
  },
  {
    name: 'a service for another topic',
    who: 'sns.amazonaws.com',
    what: 'sqs:SendMessage',
    on: 'arn:aws:sqs:us-east-1:{data}:orders',
    given: ['aws:SourceArn=arn:aws:sns:us-east-1:444455556666:orders'],
    is: { decision: 'implicit-deny', wall: 'resource-policy' },
  },
  {
    name: 'a function by its permission for the bucket of one account',
    who: 's3.amazonaws.com',
    what: 'lambda:InvokeFunction',
    on: 'arn:aws:lambda:us-east-1:{web}:function:resize',
    given: [`aws:SourceArn=${orders}`, 'aws:SourceAccount={data}'],
    is: { decision: 'allowed', sids: ['OrdersMayCall'] },
  },
  {
    name: 'and not for that of another account of the same name',
    who: 's3.amazonaws.com',
    what: 'lambda:InvokeFunction',
    on: 'arn:aws:lambda:us-east-1:{web}:function:resize',
    given: [`aws:SourceArn=${orders}`, 'aws:SourceAccount=444455556666'],
    is: { decision: 'implicit-deny', wall: 'resource-policy' },
  },
  {
    name: 'publishing to a topic of another account, whose policy names the account by its id alone',
    who: 'arn:aws:iam::{web}:role/administrator',
    what: 'sns:Publish',
    on: 'arn:aws:sns:us-east-1:{data}:orders',
    is: { decision: 'allowed' },
  },
  {
    name: 'a secret, by its ARN without the random end, in its own account',
    who: 'arn:aws:iam::{data}:role/operator',
    what: 'secretsmanager:GetSecretValue',
    on: 'arn:aws:secretsmanager:us-east-1:{data}:secret:orders',
    is: { decision: 'allowed' },
  },
  {
    name: 'its description, for the role of another account that its policy names',
    who: 'arn:aws:iam::{web}:role/administrator',
    what: 'secretsmanager:DescribeSecret',
    on: 'arn:aws:secretsmanager:us-east-1:{data}:secret:orders',
    is: { decision: 'allowed', sids: ['Web'] },
  },
  {
    name: 'its value not, for its key does not admit that account',
    who: 'arn:aws:iam::{web}:role/administrator',
    what: 'secretsmanager:GetSecretValue',
    on: 'arn:aws:secretsmanager:us-east-1:{data}:secret:orders',
    is: { decision: 'implicit-deny', wall: 'kms-key', sids: ['Web'] },
  },
];
