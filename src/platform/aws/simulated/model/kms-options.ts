// How a key of the simulated organisation may differ from others.

import type { GrantListEntry, KeySpec, KeyState, KeyUsageType, OriginType } from '@aws-sdk/client-kms';

export type Grant = Pick<GrantListEntry, 'GranteePrincipal' | 'GranteeServicePrincipal' | 'Operations' | 'Constraints'>;

export interface KeyOptions {
  manager?: 'AWS' | 'CUSTOMER';
  state?: KeyState;
  spec?: KeySpec;
  usage?: KeyUsageType;
  origin?: OriginType;
  rotates?: boolean | undefined;
  statements?: readonly Readonly<Record<string, unknown>>[];
  description?: string;
  alias?: string;
  grants?: readonly Grant[];
}
