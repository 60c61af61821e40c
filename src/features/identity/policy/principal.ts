// Who makes a request.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html

import { isAccountId, parseArn } from '../../../domain/arn.ts';

interface InAccount {
  readonly partition: string;
  readonly account: string;
}

export interface UserPrincipal extends InAccount {
  readonly kind: 'user';
  readonly arn: string;
  readonly name: string;
}

export interface RolePrincipal extends InAccount {
  readonly kind: 'role';
  /** The role's ARN; without its path where only the session's ARN is known. */
  readonly arn: string;
  readonly name: string;
  readonly pathKnown: boolean;
  /** The session's name; undefined for a session of the role whose name is not known. */
  readonly session: string | undefined;
  readonly serviceLinked: boolean;
}

export interface FederatedUserPrincipal extends InAccount {
  readonly kind: 'federated-user';
  readonly arn: string;
  readonly name: string;
}

export interface RootPrincipal extends InAccount {
  readonly kind: 'root';
  readonly arn: string;
}

/** Principals that live in an account and are limited by its policies. */
export type AccountPrincipal = UserPrincipal | RolePrincipal | FederatedUserPrincipal | RootPrincipal;

export type Principal =
  | AccountPrincipal
  /** An AWS service (`lambda.amazonaws.com`), or a CloudFront origin access identity, by its ARN. */
  | { readonly kind: 'service'; readonly name: string }
  /** Somebody signed in at an identity provider who is about to assume a role: the provider's ARN or name. */
  | { readonly kind: 'federated'; readonly provider: string; readonly account: string | undefined }
  | { readonly kind: 'anonymous' };

/** Web identity providers that are named by their host instead of an ARN. */
const webProviders = new Set([
  'accounts.google.com',
  'cognito-identity.amazonaws.com',
  'graph.facebook.com',
  'www.amazon.com',
]);

/**
 * Reads a principal: `*`, an account id, a service name, an identity provider, or an ARN of a root user, user, role,
 * assumed-role session or federated user. A role without a session name is a session of unknown name.
 *
 * @returns undefined when the text names nobody
 */
export function parsePrincipal(text: string, sessionName?: string): Principal | undefined {
  if (text === '*') return { kind: 'anonymous' };
  if (isAccountId(text)) return { kind: 'root', partition: 'aws', account: text, arn: `arn:aws:iam::${text}:root` };
  if (webProviders.has(text)) return { kind: 'federated', provider: text, account: undefined };
  const arn = parseArn(text);
  if (arn === undefined) return parseHost(text);
  if (arn.service === 'iam' && arn.account === 'cloudfront') return { kind: 'service', name: text };
  const place = { partition: arn.partition, account: arn.account };
  if (!isAccountId(arn.account)) return undefined;
  if (arn.service === 'iam' && arn.resource === 'root') return { kind: 'root', ...place, arn: text };
  const [type = '', ...steps] = arn.resource.split('/');
  const name = steps.at(-1) ?? '';
  if (name === '') return undefined;
  if (arn.service === 'sts') return parseSession(text, type, steps, place);
  if (arn.service !== 'iam') return undefined;
  if (type === 'oidc-provider' || type === 'saml-provider') {
    return { kind: 'federated', provider: text, account: arn.account };
  }
  if (type === 'user') return { kind: 'user', ...place, arn: text, name };
  if (type !== 'role') return undefined;
  const serviceLinked = arn.resource.startsWith('role/aws-service-role/');
  const session = sessionName === undefined || sessionName === '' ? undefined : sessionName;
  return { kind: 'role', ...place, arn: text, name, pathKnown: true, session, serviceLinked };
}

function parseSession(text: string, type: string, steps: readonly string[], place: InAccount): Principal | undefined {
  if (type === 'federated-user') return { kind: 'federated-user', ...place, arn: text, name: steps.join('/') };
  const [name = '', session = ''] = steps;
  if (type !== 'assumed-role' || steps.length !== 2 || name === '' || session === '') return undefined;
  const arn = `arn:${place.partition}:iam::${place.account}:role/${name}`;
  const serviceLinked = name.startsWith('AWSServiceRoleFor');
  return { kind: 'role', ...place, arn, name, pathKnown: false, session, serviceLinked };
}

function parseHost(text: string): Principal | undefined {
  // Alexa's services have names such as alexa-appkit.amazon.com.
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.com(?:\.cn)?|amazon\.com)$/i.test(text)) {
    return { kind: 'service', name: text };
  }
  if (/^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\/[\w./-]*)?$/i.test(text)) {
    return { kind: 'federated', provider: text, account: undefined };
  }
  return undefined;
}

/** True for principals that have identity policies, boundaries and SCPs of an account. */
export function isInAccount(principal: Principal): principal is AccountPrincipal {
  return 'account' in principal && principal.kind !== 'federated';
}

/** The account the principal belongs to, if any. */
export function accountOf(principal: Principal): string | undefined {
  return isInAccount(principal) ? principal.account : undefined;
}
