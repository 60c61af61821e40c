import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, refuse } from '../testing.ts';
import { collector } from './server-certificate.ts';

const certificate = (name: string, more: object = {}): object => ({
  ServerCertificateName: name,
  Arn: `arn:aws:iam::111122223333:server-certificate/${name}`,
  Path: '/',
  UploadDate: new Date('2025-05-01T10:00:00Z'),
  Expiration: new Date('2026-05-01T10:00:00Z'),
  ...more,
});

const answers: Answers = {
  'iam:ListServerCertificates': ({ input }) =>
    input['Marker'] === undefined
      ? { ServerCertificateMetadataList: [certificate('one')], IsTruncated: true, Marker: 'second' }
      : { ServerCertificateMetadataList: [certificate('two', { Expiration: undefined })] },
  'iam:ListServerCertificateTags': { Tags: [{ Key: 'owner', Value: 'web' }] },
};

keepsItsPromises('iam/server-certificate', {
  collector,
  answers,
  parts: { 'iam:ListServerCertificateTags': ['tags'] },
});

describe('iam/server-certificate', () => {
  test('reads every page', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        name: 'one',
        region: 'global',
        tags: { owner: 'web' },
        config: { path: '/', uploadedAt: '2025-05-01T10:00:00.000Z', expiresAt: '2026-05-01T10:00:00.000Z' },
      },
      { name: 'two', config: { expiresAt: null } },
    ]);
  });

  test('one that is gone is left out', async () => {
    const { resources, context } = await collected(collector, {
      ...answers,
      'iam:ListServerCertificateTags': refuse('NoSuchEntityException'),
    });
    expect(resources).toEqual([]);
    expect(context.gaps).toEqual([]);
  });
});
