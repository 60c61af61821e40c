// Server certificates that are kept in IAM.

import {
  IAMClient,
  ListServerCertificateTagsCommand,
  paginateListServerCertificates,
  type ServerCertificateMetadata,
} from '@aws-sdk/client-iam';
import type { AnyResource } from '../../../../domain/resource.ts';
import { membersOf, resourceOf, tagsOf, timeOrNull } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { partsOf } from '../../parts.ts';
import { findOne, readPages } from '../../pages.ts';

async function readCertificate(
  context: CollectContext,
  certificate: ServerCertificateMetadata,
): Promise<AnyResource | undefined> {
  const must = membersOf('iam:ListServerCertificates');
  const ServerCertificateName = must(certificate.ServerCertificateName, 'ServerCertificateName');
  const parts = partsOf(context, ['NoSuchEntityException', 'NoSuchEntity']);
  const tags = await parts.always('iam:ListServerCertificateTags', async () => {
    const command = new ListServerCertificateTagsCommand({ ServerCertificateName });
    const answer = await context.client(IAMClient).send(command, { abortSignal: context.signal });
    return tagsOf(membersOf('iam:ListServerCertificateTags')(answer.Tags, 'Tags'));
  });
  if (parts.vanished) return undefined;
  return resourceOf(context, 'AWS::IAM::ServerCertificate', {
    arn: must(certificate.Arn, 'Arn'),
    name: ServerCertificateName,
    region: 'global',
    tags,
    config: {
      path: must(certificate.Path, 'Path'),
      uploadedAt: must.time(certificate.UploadDate, 'UploadDate'),
      expiresAt: timeOrNull(certificate.Expiration),
    },
  });
}

async function* collect(context: CollectContext): AsyncGenerator<Page> {
  const client = context.client(IAMClient);
  const list = paginateListServerCertificates({ client }, {}, { abortSignal: context.signal });
  const must = membersOf('iam:ListServerCertificates');
  yield* readPages(
    context,
    list,
    (page) => ({ items: must(page.ServerCertificateMetadataList, 'ServerCertificateMetadataList') }),
    (certificate) => readCertificate(context, certificate),
  );
}

export const collector: Collector = {
  scope: 'global',
  types: ['AWS::IAM::ServerCertificate'],
  operations: ['iam:ListServerCertificates', 'iam:ListServerCertificateTags'],
  events: ['iam:UploadServerCertificate', 'iam:UpdateServerCertificate', 'iam:DeleteServerCertificate'],
  collect,
  refresh: (context, arn) => findOne(collect(context), arn, []),
};
