// What a changed policy means across the organisation: every principal that it touches, with the old and the new version.

import { UsageError } from '../../../domain/errors.ts';
import { isWildcardOnly, resourceTypesOf } from '../actions/resource-types.ts';
import { matchesWildcard } from '../actions/wildcard.ts';
import type { PolicyKind } from '../policy/document.ts';
import { parsePolicy } from '../policy/parse.ts';
import { parsePrincipal } from '../policy/principal.ts';
import { diffDocuments, type DiffRow } from '../questions/policy-diff.ts';
import { impactOf, type Impact } from '../questions/policy-impact.ts';
import { PrincipalAnalysis, type PrincipalLayers } from '../questions/principal-actions.ts';
import { askWhoCan, type OrganisationCache, type UnknownAccount, type WhoCanReport } from './ask-who-can.ts';
import { layersOf } from './ask-principal-can.ts';
import { attachmentTo, type Attachment, type StoredDocument } from './changed-policy.ts';
import type { ControlLevel } from './control-levels.ts';
import type { EvidenceReader } from './evidence-reader.ts';
import type { StoredResource } from './identity-rows.ts';
import { withUnreadGrants } from './key-grants.ts';
import { withKey } from './secret-key.ts';
import { principalEvidence } from './principal-evidence.ts';
import { resourceEvidence } from './resource-evidence.ts';
import type { SourcePolicy } from './source-policy.ts';

export interface PrincipalImpact extends Impact {
  readonly principal: string;
  readonly account: string;
}

/** Who gains or loses an action on the resource whose policy changes. */
export interface ActionImpact {
  readonly action: string;
  readonly resource: string;
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Could only under conditions, and now can without, and the other way round. */
  readonly widened: readonly string[];
  readonly narrowed: readonly string[];
}

export interface PolicyDiffReport {
  readonly kind: PolicyKind;
  readonly same: boolean;
  readonly changes: readonly DiffRow[];
  /** Undefined when the document is not attached to anything that is known. */
  readonly impact:
    | {
        /** How many principals the policy reaches, changed or not. */
        readonly reached: number;
        readonly principals: readonly PrincipalImpact[];
        readonly actions: readonly ActionImpact[];
      }
    | undefined;
  readonly unknown: { readonly accounts: readonly UnknownAccount[]; readonly notes: readonly string[] };
  readonly problems: readonly string[];
}

export interface PolicyDiffQuestion {
  /** The old document: a stored one, or a text. */
  readonly before: StoredDocument | { readonly text: string };
  readonly after: string;
  readonly kind: PolicyKind | undefined;
  readonly attachTo: string | undefined;
}

/** Compares two versions. Without an attachment nothing is read of the evidence: `reader` may be undefined then. */
export async function askPolicyDiff(
  reader: EvidenceReader | undefined,
  question: PolicyDiffQuestion,
): Promise<PolicyDiffReport> {
  const stored = 'kind' in question.before ? question.before : undefined;
  const kind = question.kind ?? stored?.kind ?? 'identity';
  const before = parsePolicy(question.before.text, { name: 'the old version', kind });
  const after = parsePolicy(question.after, { name: 'the new version', kind });
  const changes = diffDocuments(before, after);
  const base = {
    kind,
    same: changes.length === 0,
    changes,
    problems: [before, after].flatMap(({ name, problems }) =>
      problems.map(({ place, message }) => `${name} ${place}: ${message}`.trim()),
    ),
  };
  const attachment =
    question.attachTo !== undefined && reader !== undefined
      ? attachmentTo(reader, question.attachTo, kind)
      : stored?.attachment;
  if (reader === undefined || attachment === undefined) {
    return { ...base, impact: undefined, unknown: { accounts: [], notes: [] } };
  }
  const change = { kind, before: question.before.text, after: question.after, attachment };
  if (attachment.to === 'resource')
    return { ...base, ...(await resourceImpact(reader, change, attachment.arn, changes)) };
  if (kind === 'resource-control') {
    const notes = [
      'A resource control policy counts for the resources of its accounts, whoever asks: ask "who-can" about a resource.',
    ];
    return { ...base, impact: undefined, unknown: { accounts: [], notes } };
  }
  return { ...base, ...(await principalImpacts(reader, change)) };
}

interface Change {
  readonly kind: PolicyKind;
  readonly before: string;
  readonly after: string;
  readonly attachment: Attachment;
}

type Found = Pick<PolicyDiffReport, 'impact' | 'unknown'>;

/** Every principal that the policy reaches, account by account. */
async function principalImpacts(reader: EvidenceReader, change: Change): Promise<Found> {
  const { attachment } = change;
  const analysis = new PrincipalAnalysis();
  const principals: PrincipalImpact[] = [];
  const unknown: UnknownAccount[] = [];
  let reached = 0;
  for (const known of reader.accounts.values()) {
    const { account, reading, controls } = known;
    if (!touches(attachment, account.id, controls.serviceControl)) continue;
    if (reading.identities !== 'read') {
      unknown.push({ account: account.id, name: account.name, reason: reading.why, possible: true });
    }
    if (reading.identities === 'unread') continue;
    const rows = await reader.identities(account.id);
    for (const row of rows.principals) {
      const members = row.type === 'AWS::IAM::User' ? (row as StoredResource<'AWS::IAM::User'>).config.groups : [];
      const groupArns = members.flatMap((name) => rows.groups.get(name)?.arn ?? []);
      const principal = parsePrincipal(row.arn);
      if (principal === undefined) continue;
      const now = layersOf(reader, { principal, evidence: principalEvidence(row, rows), account: known });
      const versions = swapped(now, change, [row.arn, ...groupArns]);
      if (versions === undefined) continue;
      reached += 1;
      const impact = impactOf(analysis, versions.before, versions.after);
      if (impact !== undefined) principals.push({ principal: row.arn, account: account.id, ...impact });
    }
  }
  if (reached === 0 && unknown.length === 0 && attachment.to === 'identity') {
    throw new UsageError(`Nobody of the evidence is ${attachment.arn} or one of its members.`, {
      hint: 'Give --attach-to the ARN of a user, role or group.',
    });
  }
  return { impact: { reached, principals, actions: [] }, unknown: { accounts: unknown, notes: [] } };
}

function touches(attachment: Attachment, account: string, levels: readonly ControlLevel[]): boolean {
  if (attachment.to === 'managed-policy') return attachment.accounts.includes(account);
  if (attachment.to === 'identity') return attachment.account === account;
  return attachment.to === 'organization' && levels.some((level) => attachment.targets.includes(level.target));
}

/** A principal's layers with the old and with the new version; undefined when the policy does not reach it. */
function swapped(
  now: PrincipalLayers,
  change: Change,
  arns: readonly string[],
): { before: PrincipalLayers; after: PrincipalLayers } | undefined {
  const { attachment, kind } = change;
  const version = (text: string): SourcePolicy => ({
    title: 'the changed policy',
    name: 'the changed policy',
    arn: undefined,
    kind,
    attachedTo: '',
    text,
  });
  const both = (make: (text: string) => PrincipalLayers) => ({
    before: make(change.before),
    after: make(change.after),
  });
  if (attachment.to === 'identity') {
    if (!arns.includes(attachment.arn)) return undefined;
    if (kind === 'permissions-boundary') return both((text) => ({ ...now, permissionsBoundary: version(text) }));
    const others = now.identity.filter((source) => source.text !== change.before);
    return both((text) => ({ ...now, identity: [...others, version(text)] }));
  }
  if (attachment.to === 'managed-policy') {
    const held = now.identity.some((source) => source.arn === attachment.arn);
    const bound = now.permissionsBoundary?.arn === attachment.arn;
    if (!held && !bound) return undefined;
    const swap = (source: SourcePolicy, text: string): SourcePolicy =>
      source.arn === attachment.arn ? { ...source, text } : source;
    return both((text) => ({
      ...now,
      identity: now.identity.map((source) => swap(source, text)),
      permissionsBoundary: now.permissionsBoundary && swap(now.permissionsBoundary, text),
    }));
  }
  if (attachment.to !== 'organization') return undefined;
  return both((text) => ({
    ...now,
    serviceControl: now.serviceControl.map((level) => {
      if (!attachment.targets.includes(level.target)) return level;
      const others = level.policies.filter((source) => attachment.arn === undefined || source.arn !== attachment.arn);
      return { ...level, policies: [...others, version(text)] };
    }),
  }));
}

/** How many changed actions are asked about one by one. */
const mostActions = 60;

/** Who gains or loses the changed actions on a resource. */
async function resourceImpact(
  reader: EvidenceReader,
  change: Change,
  arn: string,
  changes: readonly DiffRow[],
): Promise<Found> {
  const every = [...new Set(changes.flatMap((row) => row.actions))];
  const targets = every.flatMap((action) => targetsOf(action, arn).map((resource) => ({ action, resource })));
  const asked = targets.slice(0, mostActions);
  const actions: ActionImpact[] = [];
  const notes = new Set<string>();
  const accounts = new Map<string, UnknownAccount>();
  const reached = new Set<string>();
  const loaded: OrganisationCache = new Map();
  for (const { action, resource } of asked) {
    const stored = await resourceEvidence(reader, resource, action);
    const ask = async (text: string): Promise<ReadonlyMap<string, 'allowed' | 'conditional'>> => {
      const about = { title: 'the policy', name: 'the policy', arn: undefined, kind: change.kind, attachedTo: arn };
      const { beside: grants, key } = stored.policy ?? {};
      const granted = grants === undefined ? { ...about, text } : withUnreadGrants({ ...about, text }, grants);
      const policy = key === undefined ? granted : withKey(granted, key);
      const report = await askWhoCan(reader, action, { ...stored, policy }, {}, loaded);
      for (const one of report.unknown.accounts) if (one.possible) accounts.set(one.account, one);
      for (const note of report.unknown.notes) notes.add(note);
      return decisionsOf(report);
    };
    const [old, fresh] = [await ask(change.before), await ask(change.after)];
    for (const who of [...old.keys(), ...fresh.keys()]) reached.add(who);
    const impact = compared(old, fresh);
    if (Object.values(impact).some((list) => list.length > 0)) actions.push({ action, resource, ...impact });
  }
  if (targets.length > asked.length) {
    notes.add(`${targets.length - asked.length} more changed actions were not asked about one by one.`);
  }
  return {
    impact: { reached: reached.size, principals: [], actions },
    unknown: { accounts: [...accounts.values()], notes: [...notes] },
  };
}

/** The resource, or what lies in it, as the action names it. */
function targetsOf(action: string, arn: string): readonly string[] {
  if (isWildcardOnly(action) === true) return [];
  const patterns = (resourceTypesOf(action) ?? []).flatMap((type) =>
    type.arns.map((one) => one.replaceAll(/\$\{[^}]*\}/g, '*')),
  );
  const inside = `${arn}/*`;
  const object = patterns.some((pattern) => pattern.includes('/') && matchesWildcard(pattern, inside));
  const whole = patterns.some((pattern) => matchesWildcard(pattern, arn));
  if (arn.startsWith('arn:aws:s3:::') && object && !arn.includes('/')) {
    return patterns.every((pattern) => pattern.includes('/')) ? [inside] : [arn];
  }
  return whole ? [arn] : [];
}

function decisionsOf({ accounts, outside }: WhoCanReport): ReadonlyMap<string, 'allowed' | 'conditional'> {
  const found = new Map<string, 'allowed' | 'conditional'>();
  for (const { allowed, conditional } of accounts) {
    for (const { principal } of allowed) found.set(principal, 'allowed');
    for (const { principal } of conditional) found.set(principal, 'conditional');
  }
  for (const { principal, decision } of outside)
    found.set(principal, decision === 'allowed' ? 'allowed' : 'conditional');
  return found;
}

function among(list: Iterable<string>, holds: (who: string) => boolean): string[] {
  return [...list].filter(holds);
}

function compared(
  old: ReadonlyMap<string, string>,
  fresh: ReadonlyMap<string, string>,
): Omit<ActionImpact, 'action' | 'resource'> {
  return {
    gained: among(fresh.keys(), (who) => !old.has(who)),
    lost: among(old.keys(), (who) => !fresh.has(who)),
    widened: among(fresh.keys(), (who) => old.get(who) === 'conditional' && fresh.get(who) === 'allowed'),
    narrowed: among(fresh.keys(), (who) => old.get(who) === 'allowed' && fresh.get(who) === 'conditional'),
  };
}
