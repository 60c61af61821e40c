// What a changed policy replaces: a stored policy by its ARN, and whom or what it is attached to.

import { parseArn } from '../../../domain/arn.ts';
import { UsageError } from '../../../domain/errors.ts';
import { isUnread } from '../../../domain/evidence.ts';
import type { OrganizationPolicy } from '../../../domain/account.ts';
import type { PolicyKind } from '../policy/document.ts';
import { nearestNames } from './asked.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import { resourceEvidence } from './resource-evidence.ts';
import { kindOf } from './resource-kinds.ts';

/** Where a changed document counts. */
export type Attachment =
  /** A managed policy, wherever it is attached or used as a boundary. */
  | { readonly to: 'managed-policy'; readonly arn: string; readonly accounts: readonly string[] }
  /** A user, role or group. */
  | { readonly to: 'identity'; readonly arn: string; readonly account: string }
  /** An SCP or RCP: everything under these roots, OUs and accounts. */
  | { readonly to: 'organization'; readonly arn: string | undefined; readonly targets: readonly string[] }
  /** The policy of a resource, or the trust policy of a role. */
  | { readonly to: 'resource'; readonly arn: string };

export interface StoredDocument {
  readonly text: string;
  readonly kind: PolicyKind;
  readonly attachment: Attachment;
}

const controlKinds: Readonly<Record<string, PolicyKind>> = {
  SERVICE_CONTROL_POLICY: 'service-control',
  RESOURCE_CONTROL_POLICY: 'resource-control',
};

/** True for what names a stored policy, and no file: an ARN, or the id of an SCP or RCP. */
export function namesStored(text: string): boolean {
  return text.startsWith('arn:') || /^p-[0-9a-zA-Z_]{8,}$/.test(text);
}

/**
 * The stored document of an ARN: a managed policy, an SCP or RCP (also by its id), the policy of a resource, or the
 * trust policy of a role.
 *
 * @throws UsageError when there is none, or it could not be read
 */
export async function storedDocument(reader: EvidenceReader, arn: string): Promise<StoredDocument> {
  const control = controlOf(reader, arn);
  if (control !== undefined) {
    const { content, targets, type, name } = control;
    if (isUnread(content) || isUnread(targets)) throw unreadable(`The policy ${name}`);
    const kind = controlKinds[type] ?? 'service-control';
    return { text: content, kind, attachment: { to: 'organization', arn: control.arn, targets } };
  }
  const parsed = parseArn(arn);
  if (parsed?.service === 'iam' && parsed.resource.startsWith('policy/')) {
    const rows = await reader.byArn('AWS::IAM::Policy', [arn]);
    const [row] = rows;
    if (row === undefined) throw await missing(reader, arn);
    const accounts = [...new Set(rows.map((one) => one.account))];
    return { text: row.config.document, kind: 'identity', attachment: { to: 'managed-policy', arn, accounts } };
  }
  const kind = kindOf(arn);
  if (kind === undefined || ['AWS::IAM::User', 'AWS::IAM::Group'].includes(kind.kind.type))
    throw await missing(reader, arn);
  const trust = kind.kind.type === 'AWS::IAM::Role';
  const resource = await resourceEvidence(reader, arn, trust ? 'sts:AssumeRole' : '*');
  if (resource.found !== 'found') throw await missing(reader, arn);
  if (resource.policy?.unread !== undefined) throw unreadable(`The policy of ${arn}`);
  const text = resource.accessPointPolicy?.text ?? resource.policy?.text ?? '{"Version":"2012-10-17","Statement":[]}';
  return { text, kind: trust ? 'trust' : 'resource', attachment: { to: 'resource', arn } };
}

function controlOf(reader: EvidenceReader, arn: string): OrganizationPolicy | undefined {
  const { policies } = reader.organization;
  if (isUnread(policies)) return undefined;
  return policies.find(
    (policy) => controlKinds[policy.type] !== undefined && (policy.arn === arn || policy.id === arn),
  );
}

function unreadable(what: string): UsageError {
  return new UsageError(`${what} could not be read, so there is nothing to compare with.`, {
    hint: 'Give the old document as a file.',
  });
}

async function missing(reader: EvidenceReader, arn: string): Promise<UsageError> {
  const { policies } = reader.organization;
  const kind = kindOf(arn);
  const known = [
    ...(isUnread(policies) ? [] : policies.map((policy) => policy.arn)),
    ...(await reader.arnsOf(kind === undefined ? ['AWS::IAM::Policy'] : [kind.kind.type])),
  ];
  return new UsageError(`The evidence has no policy for ${arn}.`, {
    hint: nearestNames(arn, known) ?? 'Give the ARN of a managed policy, an SCP or RCP, or a resource, or a file.',
  });
}

/**
 * Where a document would be attached: a user, role or group, a resource, or an account, OU or root for SCPs and RCPs.
 *
 * @throws UsageError when nothing of that name is known
 */
export function attachmentTo(reader: EvidenceReader, target: string, kind: PolicyKind): Attachment {
  if (kind === 'service-control' || kind === 'resource-control') {
    const known = [
      ...reader.accounts.keys(),
      ...reader.organization.units.map((unit) => unit.id),
      reader.organization.rootId,
    ];
    if (known.includes(target)) return { to: 'organization', arn: undefined, targets: [target] };
    throw new UsageError(`"${target}" is no account, OU or root of the organisation.`, {
      hint: nearestNames(target, known) ?? 'Give the id of an account, an OU (ou-…) or the root (r-…).',
    });
  }
  const arn = parseArn(target);
  if (arn === undefined)
    throw new UsageError(`"${target}" is not an ARN.`, { hint: 'Give the ARN of what the policy is attached to.' });
  const identity = arn.service === 'iam' && /^(?:user|role|group)\//.test(arn.resource) && kind !== 'trust';
  return identity ? { to: 'identity', arn: target, account: arn.account } : { to: 'resource', arn: target };
}
