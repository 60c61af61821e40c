// What AWS asks before it answers: are the credentials good here, does a guardrail deny, may the role do this?

import { type Session, sessionArn } from './access-keys.ts';
import { type ServiceFacts, actionOf } from './answers/answers.ts';
import type { AccountModel } from './model/account-model.ts';
import { isRegionless, regionsLeftOpen } from './organization/policies.ts';
import { refuse } from './refusal.ts';

export interface Request {
  service: ServiceFacts;
  operation: string;
  region: string;
  session: Session;
  account: AccountModel;
  /** Milliseconds since 1970. */
  now: number;
  /** The name of the role whose rights may be narrowed. */
  scannerRole: string;
}

/** Refuses for want of a right, in the words of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function deny(request: Request, why: string): never {
  const { service } = request;
  const action = actionOf(service, request.operation);
  const sentence = `User: ${sessionArn(request.session)} is not authorized to perform: ${action} ${why}`;
  const message = service.name === 'ec2' ? `You are not authorized to perform this operation. ${sentence}` : sentence;
  return refuse(service.denied, message, { status: service.denied === 'AccessDeniedException' ? 400 : 403 });
}

export function throttle(request: Request): never {
  return refuse(request.service.throttled, 'Rate exceeded', {
    status: request.service.throttled === 'SlowDown' ? 503 : 400,
  });
}

/** @throws Refusal when AWS would not let the call through. */
export function guard(request: Request): void {
  const { service, session, account, region } = request;
  if (request.now >= session.expiresAt) {
    refuse(service.expired, 'The security token included in the request is expired', { status: 403 });
  }
  if (!service.global && !account.regions.includes(region)) {
    const ec2 = service.unknownCredentials === 'AuthFailure';
    const message = ec2
      ? 'AWS was not able to validate the provided access credentials'
      : 'The security token included in the request is invalid.';
    refuse(service.unknownCredentials, message, { status: ec2 ? 401 : 403 });
  }
  const action = actionOf(service, request.operation);
  const open = regionsLeftOpen(account.profile.unit);
  if (open !== undefined && !service.global && !open.includes(region) && !isRegionless(action)) {
    deny(request, 'with an explicit deny in a service control policy');
  }
  const { trouble } = account.profile;
  if (session.role !== request.scannerRole) return;
  if (trouble?.kind === 'narrow' && trouble.actions.includes(action)) {
    deny(
      request,
      trouble.how === 'explicit'
        ? 'with an explicit deny in an identity-based policy'
        : `because no identity-based policy allows the ${action} action`,
    );
  }
  if (
    trouble?.kind === 'throttled' &&
    trouble.region === region &&
    trouble.operation === `${service.name}:${request.operation}`
  ) {
    throttle(request);
  }
}
