// From what was read again to what is committed: each check's word on one subject.

import type { Account } from '../../../domain/account.ts';
import { findingId } from '../../../domain/finding.ts';
import { isUnread } from '../../../domain/evidence.ts';
import type { Resource } from '../../../domain/resource.ts';
import { type CheckEntry, type CheckJudgement, type ParameterValues, judge } from '../../checks/index.ts';
import type { VerifiedFinding } from '../../findings/index.ts';
import type { VerifyDependencies } from './contract.ts';
import type { ReadSubject, Subject } from './read-again.ts';

/** One check's word. `judgement` is undefined when the subject is gone; a check that had nothing to say has no entry. */
export interface Word {
  committed: VerifiedFinding;
  judgement: Pick<CheckJudgement, 'verdict' | 'reason'> | undefined;
}

const isStuck = (verdict: CheckJudgement['verdict']): boolean => verdict === 'fail' || verdict === 'manual';

/**
 * A credential report may be older than the fix: AWS makes a new one when the last is four hours old.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
 */
function ageOf({ check }: CheckEntry, { resources }: ReadSubject): string {
  const type = 'AWS::IAM::CredentialReport';
  if (check.subject !== type && check.needs?.includes(type) !== true) return '';
  const rows = resources.filter((one): one is Resource<typeof type> => one.type === type);
  const made = rows[0]?.config.generatedAt;
  return made === undefined ? '' : ` By the credential report of ${made}: AWS makes a new one every four hours.`;
}

/**
 * Judges a subject by several checks.
 * @param ids the finding of each check, where it is known; others get the id that a scan would give them
 */
export function judgeAgain(
  account: Account,
  subject: Subject,
  read: ReadSubject,
  entries: readonly CheckEntry[],
  ids: ReadonlyMap<string, string>,
  rules: { parameters: ParameterValues; now: Date },
  { organization, catalogue }: Pick<VerifyDependencies, 'organization' | 'catalogue'>,
): Word[] {
  const { evidence } = read;
  const judging = {
    evidence: {
      account,
      partition: organization.partition,
      organization,
      byRegion: evidence.byRegion,
      regions: read.regions,
      everyRegion: true,
      isGlobal: evidence.isGlobal,
    },
    ...rules,
  };
  const tags = read.resources.find((one) => one.arn === subject.arn)?.tags;
  return entries.flatMap((entry): Word[] => {
    const check = {
      id: entry.id,
      severity: entry.check.severity,
      rule: catalogue.ruleVersion(entry, rules.parameters),
      // Of the subject: it was read to its end, whatever else was not.
      complete: true,
    };
    const known = ids.get(entry.id);
    const idOf = (region: string): string =>
      findingId({
        rule: entry.id,
        partition: organization.partition,
        account: account.id,
        region,
        subject: subject.arn,
      });
    const judgements = [...judge([entry], subject.scope, judging)].flatMap((result) => result.judgements);
    const found = judgements.filter((one) => one.resource === subject.arn);
    const judgement = found.find((one) => known === undefined || idOf(one.region) === known);
    if (judgement === undefined) {
      // Gone, or there in another place: then it is another finding.
      const elsewhere = read.resources.some((one) => one.arn === subject.arn);
      if (known === undefined || !(read.gone || elsewhere)) return [];
      return [{ committed: { finding: known, check, verdict: undefined }, judgement: undefined }];
    }
    const { verdict, reason, region, resource, resourceType, title } = judgement;
    const age = isStuck(verdict) ? ageOf(entry, read) : '';
    return [
      {
        judgement: { verdict, reason: `${reason}${age}` },
        committed: {
          finding: idOf(region),
          check,
          verdict: {
            check: entry.id,
            verdict,
            findingId: idOf(region),
            resource,
            resourceType,
            region,
            title,
            reason,
            tags: tags === undefined || isUnread(tags) ? undefined : tags,
          },
        },
      },
    ];
  });
}
