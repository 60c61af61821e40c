// What is asked about the exposure of a resource, and what is answered.

import type { ContextInput } from '../policy/context.ts';
import type { PolicyDocument } from '../policy/document.ts';
import type { KmsGrant, S3Settings } from '../policy/policies.ts';

export type ExposedKind =
  | 'bucket'
  | 'access-point'
  | 'domain'
  | 'key'
  | 'function'
  | 'topic'
  | 'queue'
  | 'repository'
  | 'secret'
  | 'role';

/**
 * What access is good for: `read` takes data out or looks at settings, `write` puts data in, changes, uses or deletes,
 * `administer` changes who may do what, `assume` becomes the role.
 */
export const accessClasses = ['read', 'write', 'administer', 'assume'] as const;
export type AccessClass = (typeof accessClasses)[number];

/** A resource with the policies that bear on requests from outside. Everything given here is known. */
export interface ExposedResource {
  readonly kind: ExposedKind;
  readonly arn: string;
  readonly account: string;
  /** The resource policy's text as AWS gave it (for a role its trust policy); null when there is none. */
  readonly policy: string | null;
  /** The organisation of the account; undefined when there is none or it is not known. */
  readonly organization?: OrganizationFacts | undefined;
  /** Resource control policies that apply to the account, from the root down to the account. */
  readonly resourceControl?: readonly (readonly PolicyDocument[])[] | undefined;
  readonly inManagementAccount?: boolean;
  /**
   * Buckets and access points only: access control list, object ownership, and Block Public Access of access point,
   * bucket and account together.
   */
  readonly s3?: Omit<S3Settings, 'accessPointPolicy'> & {
    /** The owner's canonical user id: grants to it are no grants to others. */
    readonly owner?: string | undefined;
  };
  /** Access points only: the bucket behind it, with its policy. What it grants, both policies must grant. */
  readonly bucket?: { readonly arn: string; readonly policy: string | null };
  /** Keys only: their grants. A grant to a service is made where the service is used, and opens the key to nobody else. */
  readonly kmsGrants?: readonly KmsGrant[];
  /** Condition keys that hold for every request, such as `lambda:FunctionUrlAuthType`. */
  readonly context?: ContextInput['values'];
}

export interface OrganizationFacts {
  readonly id: string;
  /** Ids of its accounts; undefined when not all of them are known. */
  readonly accounts: ReadonlySet<string> | undefined;
}

/** Whether an account belongs to the organisation of the resource's account. */
export type Membership = 'member' | 'outside' | 'unknown';

/** To whom access is open. The account that owns the resource is never among them. */
export type Audience =
  /** Everybody, signed or not, or everybody who has some AWS account. */
  | { readonly kind: 'public'; readonly who: 'anonymous' | 'any-aws-account' }
  /** Whoever meets conditions that fix where a request comes from: a network, a VPC endpoint, a source resource. */
  | { readonly kind: 'narrowed' }
  | { readonly kind: 'organisation'; readonly id: string; readonly own: boolean }
  /** An account other than the resource's own, or some of its principals; `id` may be a canonical user id. */
  | { readonly kind: 'account'; readonly id: string; readonly membership: Membership }
  /** An AWS service; `forAnyone` when it may act on behalf of any customer. */
  | { readonly kind: 'service'; readonly name: string; readonly forAnyone: boolean }
  /** Whoever an identity provider vouches for. */
  | { readonly kind: 'federated'; readonly provider: string };

/** What a caller must hold beside being whom a policy names: a role's external id, or a subject that a provider knows. */
export type Secret = 'external-id' | 'subject';

/** One kind of access that one audience has. */
export interface Access {
  readonly audience: Audience;
  readonly access: AccessClass;
  /** `service:Name`, sorted. */
  readonly actions: readonly string[];
  /** Under which conditions, one line each, any of them sufficing for some action; empty: without condition. */
  readonly conditions: readonly string[];
  /** The statements that grant it: their `Sid`, or their place in the policy; empty for access control lists and grants. */
  readonly statements: readonly string[];
  /** What every way asks for; empty for anything but roles. */
  readonly secrets: readonly Secret[];
}

export interface Exposure {
  /** Sorted by audience and class. */
  readonly accesses: readonly Access[];
  /**
   * Why the policy could not be read in full, as a sentence; undefined when it could. What `accesses` says holds all
   * the same, but more may be open.
   */
  readonly unreadable: string | undefined;
}
