// Amazon Resource Names: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html

/** The AWS partitions that Vedette supports. */
export const partitions = ['aws', 'aws-cn', 'aws-us-gov'] as const;
export type Partition = (typeof partitions)[number];

/** A parsed ARN. `region` and `account` may be empty; `resource` is everything after the fifth colon. */
export interface Arn {
  partition: string;
  service: string;
  region: string;
  account: string;
  resource: string;
}

/** Splits an ARN into its parts; undefined when the text is not an ARN. Nothing is validated beyond the shape. */
export function parseArn(text: string): Arn | undefined {
  if (!text.startsWith('arn:')) return undefined;
  const parts: string[] = [];
  let from = 4;
  for (let i = 0; i < 4; i += 1) {
    const colon = text.indexOf(':', from);
    if (colon === -1) return undefined;
    parts.push(text.slice(from, colon));
    from = colon + 1;
  }
  const [partition = '', service = '', region = '', account = ''] = parts;
  return { partition, service, region, account, resource: text.slice(from) };
}

/** Writes an ARN from its parts. */
export function formatArn(arn: Arn): string {
  return `arn:${arn.partition}:${arn.service}:${arn.region}:${arn.account}:${arn.resource}`;
}

/** True for a twelve-digit account id. */
export function isAccountId(text: string): boolean {
  return /^\d{12}$/.test(text);
}
