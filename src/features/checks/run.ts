// Runs checks over the evidence of one account. Pure: the same evidence, time and parameters give the same judgements.

import { EvidenceUnread, type Unread } from '../../domain/evidence.ts';
import { messageOf } from '../../domain/errors.ts';
import type { AnyResource, Resource, ResourceType } from '../../domain/resource.ts';
import type { Severity } from '../../domain/severity.ts';
import { type Judgement, unknown } from '../../domain/verdict.ts';
import type { AccountEvidence } from './account-evidence.ts';
import { contextOf, distinct, type Judging } from './context.ts';
import type { CheckContext, ResourceCheck } from './contract.ts';
import type { CheckEntry } from './registry.ts';

/** One judgement about one subject. */
export interface CheckJudgement extends Judgement {
  check: string;
  severity: Severity;
  title: string;
  account: string;
  /** The region of the subject: a bucket's own region; `global` for an account as a whole. */
  region: string;
  /** The subject's ARN; `AWS::::Account:<id>` for an account or one of its regions, as in Security Hub. */
  resource: string;
  resourceType: string;
}

/** What one check says of one scope of an account. */
export interface CheckResult {
  check: string;
  /** A region's code, `global` or `account`. */
  scope: string;
  /**
   * Whether every subject of the scope was read: only then is a subject that does not appear absent. A scope `global`
   * or `account` covers all findings of the check in the account, whatever region they carry.
   */
  complete: boolean;
  judgements: readonly CheckJudgement[];
}

const reasonLimit = 1000;

/** The scopes in which an account is judged, in order: `account` last, because it looks at all regions. */
export function scopesOf(regions: readonly string[]): readonly string[] {
  return ['global', ...regions, 'account'];
}

/** True when a check is judged in a scope. */
export function appliesTo(entry: CheckEntry, scope: string, isGlobal: (type: ResourceType) => boolean): boolean {
  const { subject } = entry.check;
  if (subject === 'account') return scope === 'account';
  if (subject === 'region') return scope !== 'account' && scope !== 'global';
  return isGlobal(subject) ? scope === 'global' : scope !== 'account' && scope !== 'global';
}

/**
 * Judges one scope of an account with the checks that apply to it, one result for each check.
 * @param scope a region's code, `global`, or `account` when all regions were read
 */
export function* judge(entries: Iterable<CheckEntry>, scope: string, judging: Judging): Generator<CheckResult> {
  for (const entry of entries) {
    if (appliesTo(entry, scope, judging.evidence.isGlobal)) yield judgeScope(entry, scope, judging);
  }
}

function judgeScope(entry: CheckEntry, scope: string, judging: Judging): CheckResult {
  const { check, id } = entry;
  const { evidence } = judging;
  const context = contextOf(entry, scope, judging);
  const accountSubject = {
    arn: `AWS::::Account:${evidence.account.id}`,
    type: 'AWS::::Account',
    region: context.region,
  };
  const result = (complete: boolean, judgements: readonly CheckJudgement[]): CheckResult => ({
    check: id,
    scope,
    complete,
    judgements,
  });

  if (check.subject === 'account' || check.subject === 'region') {
    const judgement = attempt(() => check.evaluate(context));
    return result(judgement.verdict !== 'unknown', [describe(entry, accountSubject, evidence, judgement)]);
  }

  const { resources, unread } = subjects(evidence, scope, check.subject);
  const judgements = resources.map((resource) =>
    describe(entry, resource, evidence, judgeResource(entry, resource, context)),
  );
  if (unread === undefined) return result(true, judgements);
  const reason = unread.length === 0 ? `${check.subject} was not collected.` : unreadReason(unread);
  return result(false, [...judgements, describe(entry, accountSubject, evidence, unknown(reason, unread))]);
}

/** What was read of a type; `unread` is undefined when all of it was, and empty when it was not collected at all. */
function subjects(
  evidence: AccountEvidence,
  scope: string,
  type: ResourceType,
): { resources: readonly AnyResource[]; unread: readonly Unread[] | undefined } {
  const read = evidence.byRegion.get(scope)?.get(type);
  if (read === undefined) return { resources: [], unread: [] };
  return { resources: read.resources, unread: read.unread.length === 0 ? undefined : distinct(read.unread) };
}

/** Judges one resource in a context; never throws. */
function judgeResource(entry: CheckEntry, resource: AnyResource, context: CheckContext): Judgement {
  // The subject is of the check's own type: the caller took it from the evidence of that type.
  const check = entry.check as ResourceCheck;
  return attempt(() => check.evaluate(resource as Resource, context));
}

/** A failure of the check itself is `unknown` as well: a defect never reads as a pass. */
function attempt(evaluate: () => Judgement): Judgement {
  try {
    return evaluate();
  } catch (error) {
    if (error instanceof EvidenceUnread) {
      return unknown(error.parts.length === 0 ? error.message : unreadReason(error.parts), error.parts);
    }
    return unknown(`The check failed: ${messageOf(error)}`);
  }
}

function unreadReason(parts: readonly Unread[]): string {
  const list = parts.map(({ $unread }) => `${$unread.operation} (${$unread.reason})`).join(', ');
  return `Not readable: ${list}.`;
}

function describe(
  entry: CheckEntry,
  subject: { arn: string; type: string; region: string },
  evidence: AccountEvidence,
  judgement: Judgement,
): CheckJudgement {
  return {
    ...judgement,
    reason: judgement.reason.slice(0, reasonLimit),
    check: entry.id,
    severity: entry.check.severity,
    title: entry.check.title,
    account: evidence.account.id,
    region: subject.region,
    resource: subject.arn,
    resourceType: subject.type,
  };
}
