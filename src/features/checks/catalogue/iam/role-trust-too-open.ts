import { fail, notApplicable, pass, unknown } from '../../../../domain/verdict.ts';
import type { Access } from '../../../identity/index.ts';
import { resourceCheck } from '../../contract.ts';
import { audienceName, describeOthers, isPublic, openAccesses } from '../../facts/exposure.ts';

/**
 * Fails when a trust policy admits anyone, an outside account without external id, an OpenID Connect provider whatever
 * the subject, or a service on behalf of any customer where AWS recommends to say whose. Accounts of the organisation
 * are no outsiders. https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export const check = resourceCheck({
  subject: 'AWS::IAM::Role',
  version: 2,
  title: 'Role trust policies should admit none but those who are meant',
  severity: 'high',
  severityReason: 'Strangers can become the role and use everything that it may do.',
  why: 'The trust policy is the door of the role. Without external id a third party can be led to use it for another customer of its own; without a subject any repository or workload of a provider comes in; without source account a service comes in for anybody.',
  fix: {
    text: 'Name the principals; ask outside accounts for sts:ExternalId, the own organisation for aws:PrincipalOrgID, OpenID Connect providers for the subject (sub) up to its owner, and services for aws:SourceAccount or aws:SourceArn.',
    cli: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://trust.json',
    terraform: `data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "AWS"
      identifiers = ["<vendor-account-arn>"]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = ["<external-id>"]
    }
  }
}`,
  },
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
  ],
  controls: {
    attack: ['T1199', 'T1078.004'],
    prowler: ['iam_role_cross_service_confused_deputy_prevention'],
  },
  parameters: {
    services: {
      type: 'strings',
      default: [
        'bedrock.amazonaws.com',
        'cloudformation.amazonaws.com',
        'ecs-tasks.amazonaws.com',
        'firehose.amazonaws.com',
        'frauddetector.amazonaws.com',
        'iot.amazonaws.com',
        'personalize.amazonaws.com',
        'sagemaker.amazonaws.com',
        'scheduler.amazonaws.com',
        'sms-voice.amazonaws.com',
        'sns.amazonaws.com',
        'states.amazonaws.com',
        'transfer.amazonaws.com',
        'vpc-flow-logs.amazonaws.com',
      ],
      description: 'Services that must be asked for whom they act, by their principals.',
    },
  },
  evaluate(role, context) {
    const { path, trustPolicy } = role.config;
    if (path.startsWith('/aws-service-role/')) return notApplicable('AWS manages the trust of service-linked roles.');
    const given = context.parameter('services');
    const services = Array.isArray(given) ? (given as readonly string[]) : [];
    const exposed = { kind: 'role', arn: role.arn, policy: trustPolicy } as const;
    const found = openAccesses(exposed, context, (access) => faultOf(access, services) !== undefined);
    const unsure = found.controlsKnown ? '' : ' Whether a resource control policy stops it could not be read.';
    const faults = [...new Set(found.open.map((access) => faultOf(access, services) ?? ''))];
    if (faults.length > 0) return fail(`The role admits ${faults.slice(0, 5).join('; ')}.${unsure}`);
    if (found.stopped) return pass('The role would admit too many, but a resource control policy keeps them out.');
    const unplaced = found.all.find(isUnplaced);
    if (unplaced !== undefined) {
      return unknown(`Whether ${audienceName(unplaced)}, which it admits, belongs to the organisation is not known.`);
    }
    return pass(`The role admits none but those who are named.${describeOthers(found.all)}`);
  },
});

/** What is wrong with an audience, as the end of "the role admits …"; undefined when nothing is. */
function faultOf(access: Access, services: readonly string[]): string | undefined {
  const { audience, secrets, conditions } = access;
  const who = audienceName(access);
  const condition = conditions[0] === undefined ? '' : ` (if ${conditions[0].slice(0, 200)})`;
  if (isPublic(access)) return `${who}${condition}`;
  const known = secrets.includes('external-id');
  if (audience.kind === 'organisation' && !audience.own && !known) return `${who} without an external id`;
  if (audience.kind === 'account' && audience.membership === 'outside' && !known) {
    return `${who} without an external id`;
  }
  if (audience.kind === 'service' && audience.forAnyone && services.includes(audience.name.toLowerCase())) return who;
  if (audience.kind === 'federated' && isOpenId(audience.provider) && !secrets.includes('subject')) {
    return `${who} whatever the subject`;
  }
  return undefined;
}

function isOpenId(provider: string): boolean {
  return !provider.includes(':saml-provider/');
}

function isUnplaced({ audience, secrets }: Access): boolean {
  return audience.kind === 'account' && audience.membership === 'unknown' && !secrets.includes('external-id');
}
