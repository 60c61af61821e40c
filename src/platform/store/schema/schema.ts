// All tables in one value, for the query builder.

import * as findings from './findings.ts';
import * as inventory from './inventory.ts';
import * as organization from './organization.ts';
import * as program from './program.ts';
import * as scan from './scan.ts';

export const schema = {
  meta: program.meta,
  organization: organization.organization,
  account: organization.account,
  accountEvent: organization.accountEvent,
  externalId: organization.externalId,
  relationship: organization.relationship,
  scan: scan.scan,
  scanAccount: scan.scanAccount,
  unit: scan.unit,
  resourceVersion: inventory.resourceVersion,
  resource: inventory.resource,
  manifest: inventory.manifest,
  gap: inventory.gap,
  verdictCount: findings.verdictCount,
  scopeJudged: findings.scopeJudged,
  finding: findings.finding,
  findingTransition: findings.findingTransition,
  suppression: findings.suppression,
};

export type Schema = typeof schema;
