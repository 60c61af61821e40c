import { describe, expect, test } from 'vitest';
import { isUnread } from '../../domain/evidence.ts';
import { awsError, fakeContext } from './collectors/testing.ts';
import type { Collector } from './contract.ts';
import { memberOf, partsOf } from './parts.ts';

const collector: Collector = {
  scope: 'regional',
  types: [],
  operations: [],
  events: [],
  async *collect() {},
};

const throwing = (name: string) => () => Promise.reject(awsError(name));

const refusedAcl = (): Promise<{ owner: string }> => throwing('AccessDenied')();

describe('partsOf', () => {
  test('absence that the caller named is null', async () => {
    const parts = partsOf(fakeContext(collector, {}), ['NoSuchBucket']);
    expect(
      await parts.optional('s3:GetBucketPolicy', throwing('NoSuchBucketPolicy'), ['NoSuchBucketPolicy']),
    ).toBeNull();
    expect(parts.vanished).toBe(false);
  });

  test('a vanished resource is no absent part: nothing more is asked and nothing is a gap', async () => {
    const context = fakeContext(collector, {});
    const parts = partsOf(context, ['NoSuchBucket']);
    await parts.optional('s3:GetBucketPolicy', throwing('NoSuchBucket'));
    expect(parts.vanished).toBe(true);
    let asked = false;
    const always = await parts.always('s3:GetBucketAcl', async () => {
      asked = true;
    });
    expect(asked).toBe(false);
    expect(isUnread(always)).toBe(true);
    expect(context.gaps).toEqual([]);
  });

  test('what is always there and is said to be absent is unread and a gap', async () => {
    const context = fakeContext(collector, {});
    const parts = partsOf(context, ['NoSuchBucket']);
    const acl = await parts.always('s3:GetBucketAcl', throwing('NoSuchAcl'));
    expect(acl).toEqual({ $unread: { operation: 's3:GetBucketAcl', reason: 'failed' } });
    expect(context.gaps).toMatchObject([{ operation: 's3:GetBucketAcl', reason: 'failed' }]);
  });

  test('a refusal is unread with its reason', async () => {
    const context = fakeContext(collector, {});
    const acl = await partsOf(context, []).always('s3:GetBucketAcl', refusedAcl);
    expect(acl).toEqual({ $unread: { operation: 's3:GetBucketAcl', reason: 'denied' } });
    expect(memberOf(acl, 'owner')).toBe(acl);
    expect(memberOf({ owner: 'a' }, 'owner')).toBe('a');
  });

  test('a resource of which no part could be read throws why the first could not', async () => {
    const parts = partsOf(fakeContext(collector, {}), []);
    expect(() => parts.throwIfNothingRead()).not.toThrow();
    await parts.always('s3:GetBucketAcl', throwing('AccessDenied'));
    await parts.optional('s3:GetBucketPolicy', throwing('ThrottlingException'));
    expect(() => parts.throwIfNothingRead()).toThrow('AccessDenied');
    await parts.optional('s3:GetBucketTagging', throwing('NoSuchTagSet'), ['NoSuchTagSet']);
    expect(() => parts.throwIfNothingRead()).not.toThrow();
  });
});
