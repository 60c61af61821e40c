// IAM.

import type * as sdk from '@aws-sdk/client-iam';
import type { Answers } from '../../call.ts';
import { authorizationDetails } from './authorization-details.ts';
import { credentialReport } from './credential-report.ts';
import { entities } from './entities.ts';
import { settings } from './settings.ts';

export const iam: Answers<typeof sdk> = { ...entities, ...authorizationDetails, ...credentialReport, ...settings };
