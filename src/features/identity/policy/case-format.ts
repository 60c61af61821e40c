// The format of policy cases: a request, the policies in force, and what AWS's documentation says comes of it.
// `cases.schema.json` beside this file is the same as JSON schema; a test holds the two together.

import { z } from 'zod';

/** Policies are taken as they are: the policy parser, not this schema, says what is wrong with them. */
const policy = z.unknown();
const context = z.record(
  z.string().max(512),
  z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number(), z.boolean()]))]),
);

const publicAccessBlock = z.strictObject({
  BlockPublicAcls: z.boolean().optional(),
  IgnorePublicAcls: z.boolean().optional(),
  BlockPublicPolicy: z.boolean().optional(),
  RestrictPublicBuckets: z.boolean().optional(),
  blockPublicAcls: z.boolean().optional(),
  ignorePublicAcls: z.boolean().optional(),
  blockPublicPolicy: z.boolean().optional(),
  restrictPublicBuckets: z.boolean().optional(),
});

const permission = z.enum(['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL']);

/** A grant as `{grantee, permission}`, or as GetBucketAcl returns it. */
const aclGrant = z.union([
  z.strictObject({ grantee: z.string().min(1), permission }),
  z.strictObject({
    Grantee: z.looseObject({ Type: z.string().optional(), URI: z.string().optional(), ID: z.string().optional() }),
    Permission: permission,
  }),
]);

const encryptionContext = z.record(z.string(), z.string());

/** A grant as `{granteePrincipal, operations}`, or as ListGrants returns it. */
const kmsGrant = z.union([
  z.strictObject({
    granteePrincipal: z.string().min(1),
    operations: z.array(z.string()),
    constraints: z
      .strictObject({
        encryptionContextSubset: encryptionContext.optional(),
        encryptionContextEquals: encryptionContext.optional(),
      })
      .optional(),
  }),
  z.looseObject({
    GranteePrincipal: z.string().min(1),
    Operations: z.array(z.string()),
    Constraints: z
      .looseObject({
        EncryptionContextSubset: encryptionContext.optional(),
        EncryptionContextEquals: encryptionContext.optional(),
      })
      .optional(),
  }),
]);

const settings = z.strictObject({
  publicAccessBlock: z
    .strictObject({ account: publicAccessBlock.nullish(), bucket: publicAccessBlock.nullish() })
    .nullish(),
  objectOwnership: z.enum(['', 'BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter']).nullish(),
  acl: z.array(aclGrant).nullish(),
  accessPointPolicy: policy.optional(),
  kmsGrants: z.array(kmsGrant).nullish(),
});

const request = z.strictObject({
  principal: z.string().min(1).max(2048),
  principalAccount: z.string().max(64).optional(),
  sessionName: z.string().max(256).optional(),
  action: z
    .string()
    .max(256)
    .regex(/^[A-Za-z0-9-]+:[A-Za-z0-9]+$/),
  resource: z.string().min(1).max(2048),
  resourceAccount: z.string().max(64).optional(),
  context: context.optional(),
  unknownContext: z.array(z.string().max(512)).optional(),
});

const expectation = z.strictObject({
  decision: z.enum(['allowed', 'implicit-deny', 'explicit-deny', 'conditional', 'denied']).optional(),
  statements: z.array(z.string()).optional(),
  conditions: z.array(z.string()).optional(),
  wall: z.string().optional(),
});

/** Levels of a control policy; a document in the place of a level is a level of its own. */
const levels = z.array(policy).nullish();

export const policyCaseSchema = z.strictObject({
  name: z.string().min(1),
  source: z.string().optional(),
  request,
  identityPolicies: z.array(policy).nullish(),
  permissionBoundary: policy.optional(),
  sessionPolicies: z.array(policy).nullish(),
  resourcePolicy: policy.optional(),
  vpcEndpointPolicy: policy.optional(),
  serviceControlPolicies: levels,
  resourceControlPolicies: levels,
  principalInManagementAccount: z.boolean().optional(),
  resourceInManagementAccount: z.boolean().optional(),
  completeContext: z.boolean().optional(),
  settings: settings.nullish(),
  expect: expectation.nullish(),
});

export type PolicyCase = z.infer<typeof policyCaseSchema>;

/** A file of cases: one, or a list. */
export const caseFileSchema = z.union([policyCaseSchema, z.array(policyCaseSchema)]);
