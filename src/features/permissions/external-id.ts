// External ids: random for each installation and account, made by us and never chosen by the other side.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html

/**
 * A new external id with 192 random bits.
 * @param random gives that many random bytes
 */
export function createExternalId(random: (bytes: number) => Uint8Array): string {
  return `vedette-${Buffer.from(random(24)).toString('base64url')}`;
}
