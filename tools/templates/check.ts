// The two files of a new check. They compile and their test fails until the check is written.

export function checkTemplate(service: string, name: string): { path: string; content: string }[] {
  const folder = `src/features/checks/catalogue/${service}`;
  const id = `${service}-${name}`;
  return [
    {
      path: `${folder}/${name}.ts`,
      content: `import { fail, pass } from '../../../../domain/verdict.ts';
import { known } from '../../../../domain/evidence.ts';
import { resourceCheck } from '../../contract.ts';

/** Source of the rule: the AWS page that says what passes. */
export const check = resourceCheck({
  subject: 'AWS::S3::Bucket',
  title: '${id}: say in one sentence what is wrong when it fails',
  severity: 'medium',
  severityReason: 'Say why.',
  why: 'Say what can happen to whom.',
  fix: { text: 'Say what to do.' },
  references: ['https://docs.aws.amazon.com/'],
  controls: {},
  evaluate(bucket) {
    const encryption = known(bucket.config.encryption);
    return encryption === null ? fail('Say what was seen.') : pass('Say what was seen.');
  },
});
`,
    },
    {
      path: `${folder}/${name}.test.ts`,
      content: `import { expect, test } from 'vitest';
import { check } from './${name}.ts';

// Replace this by cases for pass, fail, not-applicable and unknown, and two at the boundary that cite AWS.
test('${id} is written', () => {
  expect(check.title).not.toContain('say in one sentence');
});
`,
    },
  ];
}
