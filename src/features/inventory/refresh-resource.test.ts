import { describe, expect, test } from 'vitest';
import type { CollectContext, Collector } from './contract.ts';
import { refreshResource } from './refresh-resource.ts';
import { collector, dependencies, emptyAfter, refusal, resource } from './testing.ts';

const never = new AbortController().signal;
const nothing = emptyAfter(() => undefined);

async function refresh(
  work: Collector['refresh'] & {},
  changes: Parameters<typeof dependencies>[0] = {},
  stop: AbortSignal = never,
) {
  const one = collector('s3/thing', nothing);
  const unit = { region: 'eu-west-1', collector: { ...one, collector: { ...one.collector, refresh: work } } };
  return await refreshResource(unit, 'arn:aws:s3:::a', dependencies(changes), stop);
}

describe('reading one resource again', () => {
  test('gives it, with the parts that could not be read as gaps', async () => {
    const found = await refresh(async (context: CollectContext, arn) => {
      await context.read('s3:GetThing', () => Promise.reject(refusal()));
      return resource(arn.slice('arn:aws:s3:::'.length));
    });
    expect(found).toMatchObject({ read: true, resource: { name: 'a' }, gaps: [{ reason: 'denied' }] });
  });

  test('tells what is gone from what could not be read', async () => {
    expect(await refresh(() => Promise.resolve(undefined))).toEqual({ resource: undefined, read: true, gaps: [] });
    const refused = await refresh(() => Promise.reject(refusal()));
    expect(refused).toMatchObject({ resource: undefined, read: false, gaps: [{ reason: 'denied' }] });
  });

  test('an error by which a service calls something absent is not the absence of the resource', async () => {
    const refused = await refresh(() => Promise.reject(refusal('NoSuchEntity', 'Not here.')));
    expect(refused).toMatchObject({ read: false, gaps: [{ reason: 'unsupported' }] });
  });

  test('ends when its time is over, whatever the collector waits for', async () => {
    const late = await refresh(() => new Promise(() => undefined), { unitTimeoutMs: 1 });
    expect(late).toMatchObject({ read: false, gaps: [{ reason: 'timeout' }] });
  });

  test('throws the reason when it is stopped, before and during', async () => {
    const reason = new Error('stopped');
    await expect(refresh(() => Promise.resolve(undefined), {}, AbortSignal.abort(reason))).rejects.toBe(reason);
    const stop = new AbortController();
    const waiting = refresh(() => new Promise(() => stop.abort(reason)), {}, stop.signal);
    await expect(waiting).rejects.toBe(reason);
  });

  test('says so where a collector can only read everything', async () => {
    const unit = { region: 'eu-west-1', collector: collector('s3/thing', nothing) };
    expect(await refreshResource(unit, 'arn:aws:s3:::a', dependencies(), never)).toBeUndefined();
  });
});
