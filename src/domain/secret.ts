// A secret that was found: which detector, where, and a keyed fingerprint. The value itself is never kept.

export interface SecretMatch {
  /** The detector's id, for example `aws-secret-access-key`. */
  detector: string;
  /** Where inside the resource, for example `Environment.DB_PASSWORD` or `line 12`. */
  location: string;
  /** HMAC-SHA-256 with the installation's key, first 16 hexadecimal digits: equal secrets can be recognised, none recovered. */
  fingerprint: string;
}
