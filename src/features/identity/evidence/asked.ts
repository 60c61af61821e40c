// What a person asked about, found in the evidence; what is not there is an error with the nearest names.

import { isAccountId, parseArn } from '../../../domain/arn.ts';
import { UsageError } from '../../../domain/errors.ts';
import { canonicalAction, iamServices, serviceActions } from '../../../domain/iam/actions.ts';
import { nearestName } from '../../../platform/terminal/nearest.ts';
import { isInAccount, parsePrincipal, type Principal } from '../policy/principal.ts';
import type { AccountEvidence, EvidenceReader } from './evidence-reader.ts';
import { principalEvidence, type PrincipalEvidence } from './principal-evidence.ts';
import { resourceEvidence } from './resource-evidence.ts';
import type { ResourceEvidence } from './resource-facts.ts';
import { kindOf } from './resource-kinds.ts';

/** Up to three names near to what was typed, the nearest first. */
function nearest(typed: string, candidates: readonly string[]): readonly string[] {
  const left = new Set(candidates);
  const found: string[] = [];
  while (found.length < 3) {
    const name = nearestName(typed, left);
    if (name === undefined) break;
    found.push(name);
    left.delete(name);
  }
  return found;
}

function didYouMean(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : `Did you mean ${names.join(' or ')}?`;
}

/** Up to three names near to what was typed, as a hint; undefined when none is near. */
export function nearestNames(typed: string, candidates: readonly string[]): string | undefined {
  return didYouMean(nearest(typed, candidates));
}

/**
 * A service by its IAM prefix, in lower case.
 *
 * @throws UsageError when AWS lists no such service
 */
export function askedService(text: string): string {
  const prefix = text.toLowerCase();
  if (iamServices().includes(prefix)) return prefix;
  const hint = nearestNames(text, iamServices()) ?? 'Services are named by their IAM prefix, like s3 or ec2.';
  throw new UsageError(`AWS lists no service "${text}".`, { hint });
}

/**
 * The action as AWS writes it.
 *
 * @throws UsageError when AWS lists no such action
 */
export function askedAction(text: string): string {
  const known = canonicalAction(text);
  if (known !== undefined) return known;
  const [service = '', name = ''] = text.split(':');
  if (name === '') {
    throw new UsageError(`"${text}" is not an action.`, { hint: 'Write it as <service>:<Action>, like s3:GetObject.' });
  }
  const prefix = askedService(service);
  if (/[*?]/.test(name)) {
    throw new UsageError(`"${text}" is more than one action.`, {
      hint: `Ask for one action at a time; "principal-can" lists those of a service.`,
    });
  }
  const actions = serviceActions(prefix) ?? { service: prefix, names: [] };
  const near = nearestNames(name, actions.names);
  throw new UsageError(`AWS lists no action "${text}".`, {
    hint:
      near?.replaceAll(/(?<=mean |or )/g, `${actions.service}:`) ??
      `None of the ${actions.names.length} actions of ${prefix} has a name like it.`,
  });
}

export interface AskedPrincipal {
  readonly principal: Principal;
  /** Undefined for whoever has no policies in the evidence: root, services, outsiders, unread accounts. */
  readonly evidence: PrincipalEvidence | undefined;
  readonly account: AccountEvidence | undefined;
}

/**
 * Finds a principal. Of accounts outside of the organisation, and of those that were not read, nothing is known, which
 * is an answer and no error.
 *
 * @throws UsageError when the text names nobody, or nobody of a wholly read account
 */
export async function askedPrincipal(
  reader: EvidenceReader,
  text: string,
  sessionName?: string,
): Promise<AskedPrincipal> {
  const written = parsePrincipal(text, sessionName);
  if (written === undefined && /^arn:[^:]*:iam::\d{12}:group\//.test(text)) {
    throw new UsageError(`"${text}" is a group, and a group makes no requests.`, {
      hint: 'Ask for one of its members: each has the policies of the group.',
    });
  }
  if (written === undefined) {
    throw new UsageError(`"${text}" names no principal.`, {
      hint: 'Give the ARN of a user, role, assumed-role session or root user, a service like lambda.amazonaws.com, or *.',
    });
  }
  const account = isInAccount(written) ? reader.accounts.get(written.account) : undefined;
  if (account === undefined || (written.kind !== 'user' && written.kind !== 'role')) {
    return { principal: written, evidence: undefined, account };
  }
  const found = await reader.principal(text);
  if (found === undefined) {
    if (account.reading.identities === 'read') throw await nobody(reader, text, account.account.id);
    return { principal: written, evidence: undefined, account };
  }
  const evidence = principalEvidence(found.row, found.rows);
  // The evidence knows the path of a role that a session's ARN leaves out.
  const session = written.kind === 'role' ? written.session : undefined;
  const principal = parsePrincipal(evidence.arn, session) ?? written;
  return { principal, evidence, account };
}

const lastPart = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);

async function nobody(reader: EvidenceReader, text: string, account: string): Promise<UsageError> {
  const types = ['AWS::IAM::User', 'AWS::IAM::Role'] as const;
  const here = await reader.arnsOf(types, account);
  // All ARNs of an account begin alike: what was mistyped is found by the name.
  const alike = nearest(lastPart(text), here.map(lastPart));
  const near = didYouMean(here.filter((arn) => alike.includes(lastPart(arn))).slice(0, 3));
  return new UsageError(`Account ${account} has no user or role ${text}.`, {
    hint: near ?? `It has ${here.length} users and roles.`,
  });
}

/**
 * Finds a resource. One of an account that was not read, and one of a type that is not collected, is not an error: its
 * policy is unknown.
 *
 * @param owner the account that owns it, where the asker says so
 * @throws UsageError when the text is no ARN, or names a resource that a wholly read account does not have
 */
export async function askedResource(
  reader: EvidenceReader,
  text: string,
  action: string,
  owner?: string,
): Promise<ResourceEvidence> {
  if (owner !== undefined && !isAccountId(owner)) {
    throw new UsageError(`"${owner}" is not an account id.`, { hint: 'An account id has twelve digits.' });
  }
  const arn = parseArn(text);
  if (text !== '*' && (arn === undefined || arn.service === '' || arn.resource === '')) {
    throw new UsageError(`"${text}" is not a resource.`, {
      hint: 'Give its ARN, such as arn:aws:s3:::bucket/key, or * for actions without a resource.',
    });
  }
  const kind = kindOf(text);
  if (kind !== undefined && /[*?]/.test(kind.keptAs)) {
    throw new UsageError(`"${text}" is more than one ${kind.kind.word}.`, { hint: 'Ask for one resource at a time.' });
  }
  const resource = await resourceEvidence(reader, text, action, owner);
  if (resource.found !== 'missing' || kind?.kind.madeBy?.includes(action) === true) return resource;
  if (kind?.kind.type === 'AWS::S3::Bucket' && owner !== undefined) return resource;
  const known = kind === undefined ? [] : await reader.arnsOf([kind.kind.type], resource.account);
  const near = nearestNames(kind?.keptAs ?? text, known);
  const place = resource.account === undefined ? 'The organisation' : `Account ${resource.account}`;
  throw new UsageError(`${place} has no ${kind?.kind.word ?? 'resource'} ${kind?.keptAs ?? text} in the evidence.`, {
    hint:
      near ??
      (kind?.kind.type === 'AWS::S3::Bucket'
        ? 'If it belongs to somebody else, say whom: --resource-account <id>.'
        : 'It may be newer than the last scan.'),
  });
}
