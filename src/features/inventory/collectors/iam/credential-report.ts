// The credential report: passwords, access keys and MFA of the root user and every IAM user.

import { setTimeout } from 'node:timers/promises';
import { GenerateCredentialReportCommand, GetCredentialReportCommand, IAMClient } from '@aws-sdk/client-iam';
import { VedetteError } from '../../../../domain/errors.ts';
import { errorName, membersOf, resourceOf } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { credentialsOf, reportRows } from '../../credential-report.ts';
import { once, readPages } from '../../pages.ts';

/** Milliseconds between questions whether the report is ready, a minute in all. */
const pauses = [500, 1_000, 1_500, 2_000, 3_000, 4_000, 5_000, 5_000, 5_000, 8_000, 10_000, 15_000];

/** By these AWS says that the report has to be asked for (again). */
const notReady = [
  'CredentialReportNotPresentException',
  'CredentialReportExpiredException',
  'CredentialReportNotReadyException',
];

type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

interface Report {
  text: string;
  generatedAt: string;
}

/** Asks for a report and takes it; undefined while it is being made. AWS hands out the same one for four hours. */
async function askFor(context: CollectContext): Promise<Report | undefined> {
  const client = context.client(IAMClient);
  const options = { abortSignal: context.signal };
  const { State } = await client.send(new GenerateCredentialReportCommand({}), options);
  if (membersOf('iam:GenerateCredentialReport')(State, 'State') !== 'COMPLETE') return undefined;
  try {
    const must = membersOf('iam:GetCredentialReport');
    const answer = await client.send(new GetCredentialReportCommand({}), options);
    return {
      text: new TextDecoder().decode(must(answer.Content, 'Content')),
      generatedAt: must.time(answer.GeneratedTime, 'GeneratedTime'),
    };
  } catch (error) {
    if (notReady.includes(errorName(error))) return undefined;
    throw error;
  }
}

async function getReport(context: CollectContext, wait: Wait): Promise<Report> {
  for (const pause of pauses) {
    const report = await askFor(context);
    if (report !== undefined) return report;
    await wait(pause, context.signal);
  }
  throw new VedetteError('credential-report-not-ready', 'IAM did not finish the credential report within a minute.', {
    hint: 'Scan again in a few minutes: IAM keeps making the report meanwhile.',
    place: { account: context.account, action: 'iam:GetCredentialReport' },
  });
}

/** The collector, with a way to wait between two questions. Reports are hours old at times, so nothing is refreshed. */
export function credentialReport(wait: Wait): Collector {
  return {
    scope: 'global',
    types: ['AWS::IAM::CredentialReport'],
    operations: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
    events: [
      'CreateUser DeleteUser CreateLoginProfile UpdateLoginProfile DeleteLoginProfile ChangePassword',
      'CreateAccessKey UpdateAccessKey DeleteAccessKey EnableMFADevice DeactivateMFADevice',
      'UploadSigningCertificate UpdateSigningCertificate DeleteSigningCertificate',
    ].flatMap((names) => names.split(' ').map((name) => `iam:${name}`)),
    async *collect(context) {
      const must = membersOf('iam:GetCredentialReport');
      const { text, generatedAt } = await getReport(context, wait);
      yield* readPages(
        context,
        once(async () => reportRows(text)),
        (items) => ({ items }),
        (row) =>
          resourceOf(context, 'AWS::IAM::CredentialReport', {
            arn: must(row.get('arn'), 'arn'),
            name: must(row.get('user'), 'user'),
            region: 'global',
            tags: {},
            config: credentialsOf(row, generatedAt),
          }),
      );
    },
  };
}

export const collector = credentialReport((milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }));
