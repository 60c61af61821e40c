// Names of the services behind IAM prefixes, and which of them resource control policies reach.

import table from '../../generated/iam/services.json' with { type: 'json' };

const names = new Map(Object.entries(table.names));
const rcp = new Set(table.rcp);

/** The service's name as AWS prints it (`s3` → `Amazon S3`); undefined for a prefix that AWS does not list. */
export function serviceName(service: string): string | undefined {
  return names.get(service.toLowerCase());
}

/**
 * True when resource control policies apply to the service's actions, by AWS's list:
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#rcp-supported-services
 * (62 prefixes; Control Tower's five are only those for which it offers ready-made controls).
 */
export function supportsRcp(service: string): boolean {
  return rcp.has(service.toLowerCase());
}

/** All prefixes that resource control policies reach, sorted. */
export function rcpServices(): readonly string[] {
  return [...rcp];
}
