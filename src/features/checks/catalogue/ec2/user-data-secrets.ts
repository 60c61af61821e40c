import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { placesOf } from '../../facts/secrets.ts';

/** Fails when a detector recognises a secret in the user data, which is not protected: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html */
export const check = resourceCheck({
  subject: 'AWS::EC2::Instance',
  title: 'User data of EC2 instances should hold no secrets',
  severity: 'critical',
  severityReason: 'Every process on the instance and everybody who may describe it reads the secret in the clear.',
  why: 'User data is not encrypted and is served by the metadata service to whoever asks on the instance. Keys in it open whatever they belong to.',
  fix: {
    text: 'Replace the secret at once, then let the instance fetch it from Secrets Manager or Parameter Store with its role.',
    cli: `base64 without-secrets.txt > without-secrets.base64
aws ec2 modify-instance-attribute --instance-id <stopped instance> --attribute userData --value file://without-secrets.base64`,
  },
  references: [
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html',
    'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/intro.html',
  ],
  controls: { attack: ['T1552.005', 'T1552.001'], prowler: ['ec2_instance_secrets_user_data'] },
  evaluate({ config }) {
    if (config.state === 'terminated' || config.state === 'shutting-down')
      return notApplicable('The instance is gone.');
    const secrets = known(config.userDataSecrets);
    if (secrets === null) return notApplicable('The instance has no user data.');
    return secrets.length === 0
      ? pass('No secret was recognised in the user data.')
      : fail(`Secrets in the user data: ${placesOf(secrets)}.`);
  },
});
