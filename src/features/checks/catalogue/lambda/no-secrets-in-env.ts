import { known } from '../../../../domain/evidence.ts';
import { fail, notApplicable, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';
import { placesOf } from '../../facts/secrets.ts';

/** Fails when a detector recognises a secret in an environment variable: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const check = resourceCheck({
  subject: 'AWS::Lambda::Function',
  title: 'Environment variables of Lambda functions should hold no secrets',
  severity: 'critical',
  severityReason: 'Everybody who may read the function’s configuration reads the secret, as most read-only roles may.',
  why: 'Environment variables are shown by the console, the API and many tools. A secret there spreads to every role that may look at functions.',
  fix: {
    text: 'Replace the secret at once, keep the new one in Secrets Manager or Parameter Store, and let the function fetch it with its role. The second command replaces all variables: name those that stay as well.',
    cli: `aws secretsmanager create-secret --name <name> --secret-string <value>
aws lambda update-function-configuration --function-name <function> --environment 'Variables={SECRET_ARN=<secret arn>}'`,
  },
  references: [
    'https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/with-secrets-manager.html',
  ],
  controls: { attack: ['T1552.001'], prowler: ['awslambda_function_no_secrets_in_variables'] },
  evaluate({ config }) {
    const secrets = known(config.environmentSecrets);
    if (secrets.length > 0) return fail(`Secrets in environment variables: ${placesOf(secrets)}.`);
    if (known(config.environmentNames).length === 0) return notApplicable('The function has no environment variables.');
    return pass('No secret was recognised in the environment variables.');
  },
});
