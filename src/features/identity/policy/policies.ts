// Everything that is evaluated together for one request.

import type { ContextInput } from './context.ts';
import type { PolicyDocument } from './document.ts';
import type { Principal } from './principal.ts';

export interface AccessRequest {
  readonly principal: Principal;
  /** `service:Name`; case does not matter. */
  readonly action: string;
  /** An ARN, or `*` for an action that has no resource. */
  readonly resource: string;
  /** The account that owns the resource; where undefined, that of the ARN, else that of the principal. */
  readonly resourceAccount?: string | undefined;
  readonly context: ContextInput;
}

/** S3 Block Public Access, account and bucket together. */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** One grant of an S3 access control list. `grantee` is a predefined group, an account id or a canonical user id. */
export interface AclGrant {
  readonly grantee: string;
  readonly permission: 'READ' | 'WRITE' | 'READ_ACP' | 'WRITE_ACP' | 'FULL_CONTROL';
}

export interface S3Settings {
  readonly publicAccessBlock: PublicAccessBlock;
  /** Undefined where it is not known: ACLs then count. */
  readonly objectOwnership: 'BucketOwnerEnforced' | 'BucketOwnerPreferred' | 'ObjectWriter' | undefined;
  readonly acl: readonly AclGrant[];
  readonly accessPointPolicy: PolicyDocument | undefined;
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
export interface KmsGrant {
  readonly granteePrincipal: string;
  /** Without prefix: `Decrypt`. */
  readonly operations: readonly string[];
  readonly encryptionContextSubset: Readonly<Record<string, string>>;
  readonly encryptionContextEquals: Readonly<Record<string, string>> | undefined;
  /** The resource on whose behalf the request must be made. */
  readonly sourceArn?: string | undefined;
}

/** The policies in force. A level of a control policy is the root, an OU on the path, or the account itself. */
export interface Policies {
  readonly identity: readonly PolicyDocument[];
  readonly permissionsBoundary: PolicyDocument | undefined;
  readonly session: readonly PolicyDocument[];
  /** The policy of the resource: bucket policy, key policy, trust policy and so on. */
  readonly resource: PolicyDocument | undefined;
  readonly vpcEndpoint: PolicyDocument | undefined;
  /** Of the principal's account. No level: SCPs do not apply; a level without document denies. */
  readonly serviceControl: readonly (readonly PolicyDocument[])[];
  /** Of the resource's account. RCPFullAWSAccess is implied at every level. */
  readonly resourceControl: readonly (readonly PolicyDocument[])[];
  readonly principalInManagementAccount: boolean;
  readonly resourceInManagementAccount: boolean;
  readonly s3: S3Settings;
  readonly kmsGrants: readonly KmsGrant[];
}

/** No policy at all: what callers spread their own over. */
export const noPolicies: Policies = {
  identity: [],
  permissionsBoundary: undefined,
  session: [],
  resource: undefined,
  vpcEndpoint: undefined,
  serviceControl: [],
  resourceControl: [],
  principalInManagementAccount: false,
  resourceInManagementAccount: false,
  s3: {
    publicAccessBlock: { blockPublicAcls: false, ignorePublicAcls: false, restrictPublicBuckets: false },
    objectOwnership: undefined,
    acl: [],
    accessPointPolicy: undefined,
  },
  kmsGrants: [],
};
