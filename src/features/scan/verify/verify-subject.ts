// Verifies the findings of one subject: it is read again, judged by the rules of the scan that found it, and committed.

import type { Account } from '../../../domain/account.ts';
import type { CheckEntry } from '../../checks/index.ts';
import { type StoredFinding, activeStates, commitVerification, listFindings } from '../../findings/index.ts';
import { saveResources } from '../resource-versions.ts';
import type { Verification, VerifyDependencies } from './contract.ts';
import { type Word, judgeAgain } from './judge-again.ts';
import { type AccountReader, type ReadSubject, type Subject, readSubject } from './read-again.ts';
import { type ScanRules, scanRules } from './scan-rules.ts';

/** A finding of which nothing new is known. */
export const unverified = (finding: StoredFinding, reason: string): Verification => ({
  finding,
  before: finding.state,
  verdict: 'unknown',
  reason,
  asked: true,
});

/** Why a finding cannot be verified at all; undefined when it can. */
function obstacleTo({ check }: StoredFinding, catalogue: VerifyDependencies['catalogue']): string | undefined {
  const entry = catalogue.entries.find((one) => one.id === check);
  if (entry === undefined) return `The check ${check} is no longer in the catalogue.`;
  const { subject, needs = [] } = entry.check;
  const byDiscovery = (subject === 'account' || subject === 'region') && needs.length === 0;
  return byDiscovery ? 'What decides it is read by discovery, at the beginning of a scan: scan again.' : undefined;
}

interface SubjectFindings {
  asked: readonly StoredFinding[];
  /** Other findings of the same subject that need somebody. */
  others: readonly StoredFinding[];
}

/** What a subject is judged by. */
interface Chosen {
  /** The checks of the findings that were asked for. */
  asked: readonly CheckEntry[];
  /** Others that the scan judged and that look at nothing more than those: they cost no call. */
  alike: readonly CheckEntry[];
}

function chosenChecks(
  { asked }: SubjectFindings,
  type: string,
  rules: ScanRules,
  { catalogue }: VerifyDependencies,
): Chosen {
  const names = new Set(asked.map((one) => one.check));
  const chosen = catalogue.entries.filter((entry) => names.has(entry.id));
  const needs = new Set(chosen.flatMap((entry) => entry.check.needs ?? []));
  const alike = catalogue.entries.filter(
    ({ id, check }) =>
      !names.has(id) &&
      check.subject === type &&
      rules.checks.has(id) &&
      (check.needs ?? []).every((need) => needs.has(need)),
  );
  return { asked: chosen, alike };
}

/** Reads and judges a subject; a second time with everything of its type when a check cannot tell without. */
async function readAndJudge(
  account: Account,
  subject: Subject,
  findings: SubjectFindings,
  reader: AccountReader,
  dependencies: VerifyDependencies,
): Promise<{ read: ReadSubject; words: Word[] }> {
  const { catalogue, clock } = dependencies;
  const all = [...findings.asked, ...findings.others];
  const rules = await scanRules(all[0], dependencies);
  const chosen = chosenChecks(findings, subject.type, rules, dependencies);
  const ids = new Map(all.map((one) => [one.check, one.id]));
  const attempt = async (whole: boolean): Promise<{ read: ReadSubject; words: Word[] }> => {
    const read = await readSubject(subject, chosen.asked, reader, dependencies, whole);
    const by = { parameters: rules.parameters, now: clock.now() };
    // What is gone fails no check any more, whatever else the check looks at.
    const entries = read.gone
      ? catalogue.entries.filter((entry) => ids.has(entry.id))
      : [...chosen.asked, ...chosen.alike];
    return { read, words: judgeAgain(account, subject, read, entries, ids, by, dependencies) };
  };
  const alone = await attempt(false);
  const asked = new Set(findings.asked.map((one) => one.id));
  const open = alone.words.some((one) => one.judgement?.verdict === 'unknown' && asked.has(one.committed.finding));
  return open ? await attempt(true) : alone;
}

/**
 * Verifies findings of one subject in one scope.
 * @throws what the signal was aborted with; errors of the store
 */
export async function verifySubject(
  account: Account,
  given: readonly StoredFinding[],
  reader: AccountReader,
  dependencies: VerifyDependencies,
): Promise<Verification[]> {
  const { store, organization, catalogue, clock } = dependencies;
  const obstacles = new Map(given.map((one) => [one, obstacleTo(one, catalogue)]));
  const asked = given.filter((one) => obstacles.get(one) === undefined);
  const unknown = given.flatMap((one) => {
    const why = obstacles.get(one);
    return why === undefined ? [] : [unverified(one, why)];
  });
  const [first] = asked;
  if (first === undefined) return unknown;
  const { resource: arn, resourceType: type, scopeRegion: scope } = first;
  const { findings } = await listFindings(
    store,
    { organization: organization.id },
    { accounts: [account.id], resource: arn, states: [...activeStates, 'muted'] },
    { limit: 1000 },
  );
  const others = findings.filter((one) => {
    return one.scopeRegion === scope && one.resourceType === type && !given.some(({ id }) => id === one.id);
  });

  const at = clock.now().toISOString();
  const subject: Subject = { type, arn, scope };
  const { read, words } = await readAndJudge(account, subject, { asked, others }, reader, dependencies);
  const committed = await store.transaction(async (client) => {
    const gone = read.gone ? [{ account: account.id, region: first.region, type, arn }] : [];
    await saveResources(client, organization.id, first.lastScan ?? '', read.resources, gone, at);
    return await commitVerification(client, {
      organization: organization.id,
      account: account.id,
      region: scope,
      at,
      scan: first.lastScan,
      findings: words.map((word) => word.committed),
    });
  });

  const askedFor = asked.map((one): Verification => {
    const word = words.find(({ committed: { finding } }) => finding === one.id);
    const { before = one, after = one } = committed.get(one.id) ?? {};
    if (word === undefined) return unverified(after, read.unread ?? 'It was not judged again.');
    const { verdict, reason } = word.judgement ?? { verdict: 'absent', reason: 'AWS says that it is no more.' };
    return { finding: after, before: before.state, verdict, reason, asked: true };
  });
  const cameAlong = words.flatMap(({ committed: { finding: id }, judgement }): Verification[] => {
    const change = committed.get(id);
    if (change === undefined || asked.some((one) => one.id === id)) return [];
    const { before, after } = change;
    if (before?.state === after.state) return [];
    const { verdict, reason } = judgement ?? { verdict: 'absent', reason: 'AWS says that it is no more.' };
    return [{ finding: after, before: before?.state, verdict, reason, asked: false }];
  });
  return [...askedFor, ...cameAlong, ...unknown];
}
