import { denied, make, testCheck } from '../../testing.ts';
import { check } from './default-encryption.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/ec2-ebs-encryption-by-default.html';
const defaults = 'https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html';

testCheck(
  'ebs-default-encryption',
  check,
  [
    { name: 'on', subject: make('AWS::EC2::EBSDefaults'), expect: 'pass', source: defaults },
    {
      name: 'off',
      subject: make('AWS::EC2::EBSDefaults', { encryptionByDefault: false }),
      expect: 'fail',
      source: rule,
    },
    {
      name: 'off, with a default key chosen',
      subject: make('AWS::EC2::EBSDefaults', {
        encryptionByDefault: false,
        defaultKmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1',
      }),
      expect: 'fail',
    },
    {
      name: 'the setting could not be read',
      subject: make('AWS::EC2::EBSDefaults', { encryptionByDefault: denied('ec2:GetEbsEncryptionByDefault') }),
      expect: 'unknown',
    },
  ],
  { notApplicable: 'every region has this setting' },
);
