// A boundary, a session policy or an endpoint policy is a ceiling: without an Allow it lets nothing through.

import type { Rule } from '../contract.ts';
import { samplePrincipal } from '../samples.ts';

const ceilings = new Set(['permissions-boundary', 'session', 'vpc-endpoint']);
const probes = ['s3:ListAllMyBuckets', 'ec2:DescribeInstances', 'sns:ListTopics', 'iam:GetUser', 'sqs:ListQueues'];

export const onlyDenies: Rule = function* ({ document, ask }) {
  if (!ceilings.has(document.kind) || document.statements.some(({ effect }) => effect === 'Allow')) return;
  for (const action of probes) {
    const context = { 'aws:RequestedRegion': ['us-east-1'], 'aws:SecureTransport': ['true'] };
    const question = { principal: samplePrincipal, sessionName: 'example', action, resource: '*', context };
    const evidence = ask('no statement denies this, and it is denied all the same', question);
    if (evidence.decision !== 'implicit-deny') continue;
    const message = 'The document only denies. It is a ceiling, so that nothing at all is allowed.';
    yield { code: 'only-denies', place: '/Statement', message, evidence: [evidence] };
    return;
  }
};
