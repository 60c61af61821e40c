// OpenSearch Service evidence.

/** https://docs.aws.amazon.com/opensearch-service/latest/APIReference/API_DomainStatus.html */
export interface DomainConfig {
  /** For example `OpenSearch_2.19` or `Elasticsearch_7.10`. */
  engineVersion: string | null;
  /** Null for a domain with an endpoint on the internet. */
  vpcId: string | null;
  /** The access policy's text; null when there is none. */
  policy: string | null;
  /** Whether the domain itself asks who one is, whatever the access policy says. */
  fineGrainedAccessControl: boolean;
  /** Whether fine-grained access control still lets in whoever does not say who he is. */
  anonymousAccess: boolean;
}
