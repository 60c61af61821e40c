// EC2.

import type * as sdk from '@aws-sdk/client-ec2';
import type { Answers } from '../../call.ts';
import { compute } from './compute.ts';
import { network } from './network.ts';
import { securityGroups } from './security-groups.ts';

export const ec2: Answers<typeof sdk> = { ...securityGroups, ...network, ...compute };
