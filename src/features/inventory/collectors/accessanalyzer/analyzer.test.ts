import { describe, expect, test } from 'vitest';
import { keepsItsPromises } from '../promises.ts';
import { type Answers, collected, collectedUntilError, refreshed } from '../testing.ts';
import { collector } from './analyzer.ts';

const arnOf = (name: string): string => `arn:aws:access-analyzer:eu-west-1:111122223333:analyzer/${name}`;
const analyzer = (name: string, more: object = {}): object => ({
  arn: arnOf(name),
  name,
  type: 'ORGANIZATION',
  status: 'ACTIVE',
  tags: { owner: 'security' },
  ...more,
});

const answers: Answers = {
  'access-analyzer:ListAnalyzers': ({ input }) =>
    input['nextToken'] === undefined
      ? { analyzers: [analyzer('one')], nextToken: 'second' }
      : { analyzers: [analyzer('two')] },
};

keepsItsPromises('accessanalyzer/analyzer', { collector, answers });

describe('accessanalyzer/analyzer', () => {
  test('reads every page', async () => {
    const { resources } = await collected(collector, answers);
    expect(resources).toMatchObject([
      {
        arn: arnOf('one'),
        name: 'one',
        tags: { owner: 'security' },
        config: { analyzerType: 'ORGANIZATION', status: 'ACTIVE' },
      },
      { name: 'two' },
    ]);
  });

  test('one without tags', async () => {
    const { resources } = await collected(collector, {
      ...answers,
      'access-analyzer:ListAnalyzers': { analyzers: [analyzer('one', { tags: undefined })] },
    });
    expect(resources).toMatchObject([{ tags: {} }]);
  });

  test.each(['type', 'status'])('its %s is not guessed', async (name) => {
    const { error } = await collectedUntilError(collector, {
      ...answers,
      'access-analyzer:ListAnalyzers': { analyzers: [analyzer('one', { [name]: undefined })] },
    });
    expect(error).toMatchObject({ code: 'malformed-answer' });
  });

  test('one that is gone is not found', async () => {
    expect(await refreshed(collector, answers, arnOf('three'))).toBeUndefined();
  });
});
