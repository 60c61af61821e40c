import { describe, expect, test } from 'vitest';
import { operationTable, readSources } from './operations.ts';

describe('the generation fails', () => {
  test.each<[string, (sources: Awaited<ReturnType<typeof readSources>>) => void, string]>([
    [
      'on an operation that it cannot resolve',
      (sources) =>
        void (sources.exceptions.exceptions = sources.exceptions.exceptions.filter(
          ({ operation }) => operation !== 's3:ListBuckets',
        )),
      's3:ListBuckets names no IAM action',
    ],
    [
      'on an action that does not exist',
      (sources) =>
        sources.exceptions.exceptions.push({
          operation: 's3:GetBucketAcl',
          actions: ['s3:GetAcl'],
          url: 'https://docs.aws.amazon.com/',
        }),
      's3:GetBucketAcl: AWS lists no action s3:GetAcl',
    ],
    [
      'on an exception for no operation',
      (sources) =>
        sources.exceptions.exceptions.push({
          operation: 's3:NoSuch',
          actions: ['s3:GetObject'],
          url: 'https://docs.aws.amazon.com/',
        }),
      's3:NoSuch in exceptions.json is no SDK operation',
    ],
    [
      'on an unlisted operation that AWS lists now',
      (sources) => void (sources.exceptions.unlisted = { ...sources.exceptions.unlisted, s3: ['GetBucketAcl'] }),
      's3:GetBucketAcl is unlisted in exceptions.json, but AWS lists s3:GetBucketAcl now',
    ],
    [
      'on a reading operation with an unusual name that nobody reviewed',
      (sources) => void (sources.purposes.read.reviewed = []),
      'iam:GenerateCredentialReport is classed as Read but is not named so',
    ],
    [
      'on a review of no operation',
      (sources) =>
        sources.purposes.run.push({ operations: ['s3:NoSuch'], why: 'x', url: 'https://docs.aws.amazon.com/' }),
      's3:NoSuch in purposes.json is no SDK operation',
    ],
  ])('%s', async (_, change, message) => {
    const sources = await readSources();
    change(sources);
    expect(() => operationTable(sources)).toThrow(message);
  });
});
