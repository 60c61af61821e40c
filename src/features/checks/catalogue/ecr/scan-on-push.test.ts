import { denied, make, testCheck } from '../../testing.ts';
import { check } from './scan-on-push.ts';

const filters = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html';
const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/ecr-private-image-scanning-enabled.html';

const repository = (config: Parameters<typeof make<'AWS::ECR::Repository'>>[1]) => make('AWS::ECR::Repository', config);

testCheck(
  'ecr-scan-on-push',
  check,
  [
    {
      name: 'scanned on push by its own setting',
      subject: repository({ scanOnPush: true, scanFrequency: 'SCAN_ON_PUSH' }),
      expect: 'pass',
      reason: 'its own setting is on',
    },
    {
      name: 'scanned on push by a filter of the registry, its own setting off',
      subject: repository({ scanOnPush: false, scanFrequency: 'SCAN_ON_PUSH' }),
      expect: 'pass',
      reason: 'its own setting is off',
      source: filters,
    },
    {
      name: 'scanned continuously',
      subject: repository({ scanOnPush: false, scanFrequency: 'CONTINUOUS_SCAN' }),
      expect: 'pass',
      source: rule,
    },
    {
      name: 'by hand alone',
      subject: repository({ scanOnPush: false, scanFrequency: 'MANUAL' }),
      expect: 'fail',
      reason: 'its own setting is off.',
      source: rule,
    },
    {
      name: 'left out by the filters of enhanced scanning, its own setting on',
      subject: repository({ scanOnPush: true, scanFrequency: 'MANUAL' }),
      expect: 'fail',
      reason: 'no scan filter of the registry takes the repository in',
      source: filters,
    },
    {
      name: 'how it is scanned could not be read, its own setting on',
      subject: repository({
        scanOnPush: true,
        scanFrequency: denied('ecr:BatchGetRepositoryScanningConfiguration'),
      }),
      expect: 'unknown',
    },
  ],
  { notApplicable: 'Every private repository is scanned somehow or not at all.' },
);
