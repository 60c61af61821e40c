// The format of policy cases: a request, the policies in force, and what AWS's documentation says comes of it.
// `cases.schema.json` beside this file is the same as JSON schema; a test holds the two together.

import { z } from 'zod';

/** Policies are taken as they are: the policy parser, not this schema, says what is wrong with them. */
const policy = z.unknown();
const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** Null, like an empty list, is a key without a value. */
const context = z.record(z.string().max(512), z.union([scalar, z.array(scalar), z.null()]));

/** Objects whose keys may be written in any case, so that both AWS's answers and plain JSON fit. */
function anyCase<Shape extends z.ZodRawShape>(shape: Shape): z.ZodType<z.infer<z.ZodObject<Shape>>> {
  return z.preprocess(lowerKeys, z.object(shape));
}

function lowerKeys(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toLowerCase(), item]));
}

const publicAccessBlock = anyCase({
  blockpublicacls: z.boolean().optional(),
  ignorepublicacls: z.boolean().optional(),
  blockpublicpolicy: z.boolean().optional(),
  restrictpublicbuckets: z.boolean().optional(),
});

const permission = z.enum(['READ', 'WRITE', 'READ_ACP', 'WRITE_ACP', 'FULL_CONTROL']);

/** `{grantee, permission}`, the grantee a name or, as GetBucketAcl returns it, an object with URI or ID. */
const aclGrant = anyCase({
  grantee: z.union([z.string().min(1), anyCase({ uri: z.string().optional(), id: z.string().optional() })]),
  permission,
});

const encryptionContext = z.record(z.string(), z.string());

/** `{granteePrincipal, operations, constraints}`, as ListGrants returns it. */
const kmsGrant = anyCase({
  granteeprincipal: z.string().min(1),
  operations: z.array(z.string()),
  constraints: anyCase({
    encryptioncontextsubset: encryptionContext.optional(),
    encryptioncontextequals: encryptionContext.optional(),
  }).nullish(),
});

const settings = z.strictObject({
  publicAccessBlock: z
    .strictObject({
      account: publicAccessBlock.nullish(),
      bucket: publicAccessBlock.nullish(),
      accessPoint: publicAccessBlock.nullish(),
    })
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
    .regex(/^[A-Za-z0-9-]+:[A-Za-z0-9-]+$/, 'an action is service:Name, without wildcards'),
  resource: z.string().min(1).max(2048),
  resourceAccount: z.string().max(64).optional(),
  context: context.optional(),
  unknownContext: z.array(z.string().max(512)).optional(),
});

const expectation = z.strictObject({
  decision: z.enum(['allowed', 'implicit-deny', 'explicit-deny', 'conditional', 'denied']).optional(),
  /** Sids, alone or in a statement as results print it. */
  statements: z.array(z.union([z.string(), z.looseObject({ sid: z.string() })])).optional(),
  /** Texts, or objects of texts, that must be part of what is asked for. */
  conditions: z.array(z.union([z.string(), z.record(z.string(), z.string())])).optional(),
  wall: z.string().optional(),
});

/** Levels of a control policy; a document in the place of a level is a level of its own. */
const levels = z.array(policy).nullish();

export const policyCaseSchema = z.strictObject({
  /** Lets an editor find the schema; not read. */
  $schema: z.string().optional(),
  name: z.string().min(1),
  source: z.string().optional(),
  /** For whoever reads the file. */
  description: z.string().optional(),
  comment: z.string().optional(),
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
