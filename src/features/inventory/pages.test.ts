import { describe, expect, test } from 'vitest';
import type { AnyResource } from '../../domain/resource.ts';
import type { CollectContext, Page } from './contract.ts';
import { type Batch, readPages, resumed } from './pages.ts';

const context = (signal = new AbortController().signal): CollectContext => ({ signal }) as CollectContext;
const resource = (id: number): AnyResource => ({ arn: `arn:${id}` }) as AnyResource;

async function* batches(...list: Batch<number>[]): AsyncGenerator<Batch<number>> {
  yield* list;
}

async function all(pages: AsyncIterable<Page>): Promise<{ pages: Page[]; error?: unknown }> {
  const read: Page[] = [];
  try {
    for await (const page of pages) read.push(page);
  } catch (error) {
    return { pages: read, error };
  }
  return { pages: read };
}

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);
const same = (batch: Batch<number>): Batch<number> => batch;

describe('readPages', () => {
  test('cuts a long page into pages of 100; the cursor stands on the last of them', async () => {
    const { pages } = await all(
      readPages(context(), batches({ items: numbers(0, 250), next: 'b' }, { items: numbers(250, 3) }), same, resource),
    );
    expect(pages.map((page) => [page.resources.length, page.cursor])).toEqual([
      [100, undefined],
      [100, undefined],
      [50, 'b'],
      [3, undefined],
    ]);
  });

  test('an empty page in the middle still moves the cursor; an empty end gives none', async () => {
    const { pages } = await all(readPages(context(), batches({ items: [], next: 'b' }, { items: [] }), same, resource));
    expect(pages).toEqual([{ resources: [], cursor: 'b' }]);
  });

  test('at most five reads are under way at once', async () => {
    let running = 0;
    let most = 0;
    const read = async (id: number): Promise<AnyResource> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return resource(id);
    };
    await all(readPages(context(), batches({ items: numbers(0, 50) }), same, read));
    expect(most).toBe(5);
  });

  test('an item that fails hides no other; then no cursor is given and the first error is thrown', async () => {
    const first = new Error('first');
    const read = (id: number): AnyResource => {
      if (id === 1) throw first;
      if (id === 3) throw new Error('second');
      return resource(id);
    };
    const { pages, error } = await all(
      readPages(
        context(),
        batches({ items: [0], next: 'b' }, { items: [1, 2], next: 'c' }, { items: [3, 4] }),
        same,
        read,
      ),
    );
    expect(error).toBe(first);
    expect(pages).toEqual([
      { resources: [resource(0)], cursor: 'b' },
      { resources: [resource(2)] },
      { resources: [resource(4)] },
    ]);
  });

  test('when the first twenty items fail, the others are not tried', async () => {
    let tried = 0;
    const read = (): AnyResource => {
      tried += 1;
      throw new Error('refused');
    };
    const { error } = await all(readPages(context(), batches({ items: numbers(0, 500) }), same, read));
    expect(error).toMatchObject({ message: 'refused' });
    expect(tried).toBe(20);
  });

  test('an item that has vanished is left out', async () => {
    const { pages } = await all(
      readPages(context(), batches({ items: [0, 1] }), same, (id) => (id === 0 ? undefined : resource(id))),
    );
    expect(pages).toEqual([{ resources: [resource(1)] }]);
  });

  test('an aborted signal ends it with its reason', async () => {
    const controller = new AbortController();
    let tried = 0;
    const read = (id: number): AnyResource => {
      tried += 1;
      if (id === 2) controller.abort(new Error('stopped'));
      return resource(id);
    };
    const { error, pages } = await all(
      readPages(context(controller.signal), batches({ items: numbers(0, 50) }), same, read),
    );
    expect(error).toMatchObject({ message: 'stopped' });
    expect(pages).toEqual([]);
    expect(tried).toBeLessThan(10);
  });
});

const list = (failure: string) =>
  async function* (token: string | undefined): AsyncGenerator<string> {
    if (token !== undefined) throw Object.assign(new Error('no'), { name: failure });
    yield 'from the start';
  };

describe('resumed', () => {
  test('a token that AWS refuses is dropped', async () => {
    const pages: string[] = [];
    for await (const page of resumed('old', list('InvalidNextToken'))) pages.push(page);
    expect(pages).toEqual(['from the start']);
  });

  test('any other error is thrown', async () => {
    await expect(resumed('old', list('AccessDenied')).next()).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
