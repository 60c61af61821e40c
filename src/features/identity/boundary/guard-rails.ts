// The rules of a boundary on where and when it may be used.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-currenttime

import { globalServiceActions } from './global-services.ts';
import type { BoundaryOptions } from './options.ts';
import type { ExplainedStatement } from './statement.ts';
import { oneOrMany } from './statement.ts';

export function regionStatements({ regions }: BoundaryOptions): readonly ExplainedStatement[] {
  if (regions.length === 0) return [];
  return [
    {
      statement: {
        Sid: 'ApprovedRegions',
        Effect: 'Deny',
        NotAction: globalServiceActions,
        Resource: '*',
        Condition: { StringNotEquals: { 'aws:RequestedRegion': oneOrMany(regions) } },
      },
      why: `Only requests to ${regions.join(', ')}; services with one endpoint for the partition are excepted.`,
    },
  ];
}

export function expiryStatements({ expires }: BoundaryOptions): readonly ExplainedStatement[] {
  if (expires === undefined) return [];
  const moment = new Date(expires).toISOString().replace('.000Z', 'Z');
  return [
    {
      statement: {
        Sid: 'Expiry',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateGreaterThanEquals: { 'aws:CurrentTime': moment } },
      },
      why: `Nothing is allowed from ${moment} on.`,
    },
  ];
}
