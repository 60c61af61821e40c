// Secrets Manager evidence: what is said about a secret, never its value.

import type { Evidence } from '../evidence.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotationRulesType.html */
export interface RotationRules {
  /** Null for a schedule expression that has not led to a rotation yet. */
  automaticallyAfterDays: number | null;
  /** `rate(10 days)` or `cron(…)`; null for a schedule in days alone. */
  scheduleExpression: string | null;
  /** The length of the window, such as `3h`. */
  duration: string | null;
}

/** Times are ISO 8601. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_SecretListEntry.html */
export interface SecretConfig {
  /** Null when there is none. Unread for a secret that is scheduled for deletion: AWS shows the policy of none. */
  policy: Evidence<string | null>;
  /** Null for the key that AWS manages, `aws/secretsmanager`. */
  kmsKeyId: string | null;
  rotationEnabled: boolean;
  /** Null where nothing rotates it, or the service that owns it does. */
  rotationLambdaArn: string | null;
  rotationRules: RotationRules | null;
  createdAt: string;
  /** Null when it was never rotated. */
  lastRotatedAt: string | null;
  /** The last change of anything about it, its value or not. */
  lastChangedAt: string | null;
  /** The day of the last retrieval in this region; null when there was none. */
  lastAccessedAt: string | null;
  /** On or before when the next rotation is due; null without rotation. */
  nextRotationAt: string | null;
  /** When it was deleted: until its recovery window ends it can be restored, and not be read. */
  deletedAt: string | null;
  /** The region that a replicated secret comes from; null for one that is not replicated. */
  primaryRegion: string | null;
  /** The service that manages it, such as `rds`; null for the account's own. */
  owningService: string | null;
}
