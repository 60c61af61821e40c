// The two files of a new check. They compile; the catalogue's tests fail until the check is written.

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
  references: ['https://docs.aws.amazon.com/', 'https://docs.aws.amazon.com/'],
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
      content: `import { denied, make, testCheck } from '../../testing.ts';
import { check } from './${name}.ts';

const page = 'https://docs.aws.amazon.com/';
const bucket = (encryption: Parameters<typeof make<'AWS::S3::Bucket'>>[1]) => make('AWS::S3::Bucket', encryption);

// One case for each verdict, and at least two at the boundary that cite the AWS page (\`source\`).
testCheck(
  '${id}',
  check,
  [
    { name: 'say what is safe', subject: bucket({ encryption: { algorithm: 'AES256', kmsKeyId: null, bucketKeyEnabled: false } }), expect: 'pass' },
    { name: 'say what is at the boundary', subject: bucket({ encryption: null }), expect: 'fail', source: page },
    { name: 'the setting could not be read', subject: bucket({ encryption: denied('s3:GetBucketEncryption') }), expect: 'unknown' },
  ],
  { notApplicable: 'say why every subject can be judged, or add a case' },
);
`,
    },
  ];
}
