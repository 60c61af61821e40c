// A CloudFormation template for a StackSet. Up to 200 accounts stand in it with their external ids; beyond that (and
// without accounts) the external id is a parameter, overridden for each stack instance.

import { stringify } from 'yaml';
import type { PermissionDocuments } from '../documents.ts';
import type { PermissionInput } from '../input.ts';

/** Keys of one mapping: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostMapped = 200;

/** Stands in the trust policy until the reference to the external id takes its place. */
const marker = 'external-id-of-this-account';

/** The template as YAML. */
export function renderCloudFormation(input: PermissionInput, documents: PermissionDocuments): string {
  const mapped = input.accounts.length > 0 && input.accounts.length <= mostMapped;
  const externalId = mapped
    ? { 'Fn::FindInMap': ['ExternalIds', { Ref: 'AWS::AccountId' }, 'Id'] }
    : { Ref: 'ExternalId' };
  const slash = input.roleName.lastIndexOf('/');
  const policies = documents.policies.map((policy, i) => [
    `ReadPolicy${i + 1}`,
    {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { Description: `What Vedette reads, part ${i + 1}`, PolicyDocument: policy },
    },
  ]);
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'The role by which Vedette reads this account. It can change nothing.',
    Parameters: {
      RoleName: {
        Type: 'String',
        Default: input.roleName.slice(slash + 1),
        Description: 'The name by which Vedette knows the role; the same in every account.',
        AllowedPattern: '[\\w+=,.@-]{1,64}',
      },
      ...(mapped
        ? {}
        : {
            ExternalId: {
              Type: 'String',
              Description: 'The external id of this account. It differs from account to account: override it for each.',
              MinLength: 16,
              AllowedPattern: '[\\w+=,.@:/-]+',
            },
          }),
    },
    ...(mapped
      ? { Mappings: { ExternalIds: Object.fromEntries(input.accounts.map(({ id, externalId: Id }) => [id, { Id }])) } }
      : {}),
    Resources: {
      ...Object.fromEntries(policies),
      ReadRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          ...(slash === -1 ? {} : { Path: `/${input.roleName.slice(0, slash)}/` }),
          Description: 'Vedette reads this account by it.',
          MaxSessionDuration: 3600,
          AssumeRolePolicyDocument: replaced(documents.trust(marker), externalId),
          ManagedPolicyArns: policies.map(([name]) => ({ Ref: name })),
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['ReadRole', 'Arn'] } } },
  };
  // Account ids and versions stay texts: both would be read as numbers or dates.
  return stringify(template, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' });
}

function replaced(value: unknown, by: object): unknown {
  if (value === marker) return by;
  if (Array.isArray(value)) return value.map((member) => replaced(member, by));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaced(member, by)]));
}
