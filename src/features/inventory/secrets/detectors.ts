// The detectors of secrets, as data. A new one is an entry here and a line in the table of the test.

/**
 * Recognises one kind of secret. Patterns are in RE2's syntax, so that they run in linear time on any engine, and every
 * repetition in them is bounded or of one character class. The first group that matched is the secret, else the whole match.
 */
export interface Detector {
  /** Kebab-case and stable: findings and fingerprints carry it. */
  id: string;
  patterns: readonly string[];
  ignoreCase?: true;
  /** Lower-case texts, one of which must occur somewhere: a cheap test before any pattern runs. */
  keywords: readonly string[];
  /** Shannon entropy of the secret in bits per character, at least. */
  minEntropy?: number;
  /** How many of lower case, upper case and digits the secret must mix, at least. */
  minClasses?: 2 | 3;
  /** A value that names a secret kept elsewhere, or stands for one, does not count. */
  notReference?: true;
  /** A value of hexadecimal digits alone is a hash, not this secret. */
  notHex?: true;
}

/**
 * An assignment's value: in quotes (escaped ones where JSON stands in JSON), or up to white space and the characters that
 * end a value in shells and URLs.
 */
const assigned = (least: number): string =>
  `(?:\\\\{0,3}["'])?\\s{0,5}(?:=>|:=|=|:)\\s{0,5}(?:\\\\{1,3}"([^"\\\\\\r\\n]{${least},512})\\\\{1,3}"|"([^"\\r\\n]{${least},512})"|'([^'\\r\\n]{${least},512})'|([^\\s"',;&|<>()]{${least},512}))`;

/** Numbered or suffixed names, for example `PASSWORD_2` or `SECRET_KEY_BASE`. */
const suffix = '(?:[_.-]?(?:base|value|plain|text|[0-9]{1,3}))?';

/** Most specific first: where two find the same characters, the first one counts. */
export const detectors: readonly Detector[] = [
  {
    id: 'private-key',
    patterns: [
      '-----BEGIN[A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----[^-]{32,}',
      'PuTTY-User-Key-File-[23]:[^\\r\\n]{1,80}',
      // "-----BEGIN … PRIVATE KEY" in base64
      'LS0tLS1CRUdJTi(?:BSU0EgUFJJVkFURSBLRVkt|BQUklWQVRFIEtFWS0t|BFQyBQUklWQVRFIEtFWS0t|BPUEVOU1NIIFBSSVZBVEUgS0VZLS|BFTkNSWVBURUQgUFJJVkFURSBLRVkt)[A-Za-z0-9+/=]{20,}',
    ],
    keywords: ['private key', 'putty-user-key-file', 'ls0tls1crudjti'],
  },
  {
    id: 'aws-secret-access-key',
    patterns: [
      '(?:secret|aws)[A-Za-z0-9_ .-]{0,40}["\']?\\s{0,5}(?:=>|:=|=|:)\\s{0,5}["\']?([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)',
      '(?:AKIA|ASIA)[A-Z0-9]{16}[^A-Za-z0-9/+]{1,20}([A-Za-z0-9/+]{40})(?:[^A-Za-z0-9/+=]|$)',
    ],
    ignoreCase: true,
    keywords: ['secret', 'aws', 'akia', 'asia'],
    minEntropy: 3.5,
    minClasses: 2,
    notHex: true,
  },
  {
    id: 'aws-access-key-id',
    patterns: ['(?:^|[^A-Z0-9])((?:AKIA|ASIA)[A-Z0-9]{16})(?:[^A-Z0-9]|$)'],
    keywords: ['akia', 'asia'],
  },
  {
    id: 'github-token',
    patterns: ['(gh[pousr]_[A-Za-z0-9]{36,255})', '(github_pat_[A-Za-z0-9_]{22,255})'],
    keywords: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
  },
  {
    id: 'gitlab-token',
    patterns: ['(gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_-]{20,64})'],
    keywords: ['glpat-', 'gldt-', 'glrt-', 'glcbt-', 'glptt-', 'glft-', 'glsoat-'],
  },
  {
    id: 'slack-token',
    patterns: ['(xox[abeoprs]-[A-Za-z0-9-]{10,250})', '(xapp-[0-9]-[A-Za-z0-9-]{10,250})'],
    keywords: ['xox', 'xapp-'],
  },
  {
    id: 'slack-webhook',
    patterns: ['(https://hooks\\.slack\\.com/(?:services|workflows|triggers)/[A-Za-z0-9_/+-]{20,200})'],
    keywords: ['hooks.slack.com'],
  },
  {
    id: 'stripe-key',
    patterns: ['((?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,247})', '(whsec_[A-Za-z0-9+/]{24,100})'],
    keywords: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'],
  },
  {
    id: 'json-web-token',
    patterns: ['(ey[A-Za-z0-9_-]{15,1000}\\.ey[A-Za-z0-9_-]{15,1000}\\.[A-Za-z0-9_-]{10,1000})'],
    keywords: ['ey'],
  },
  { id: 'google-api-key', patterns: ['(AIza[A-Za-z0-9_-]{35})'], keywords: ['aiza'] },
  { id: 'google-oauth-secret', patterns: ['(GOCSPX-[A-Za-z0-9_-]{28})'], keywords: ['gocspx-'] },
  {
    id: 'openai-key',
    patterns: ['(sk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{20,250})', '(sk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20})'],
    keywords: ['sk-'],
  },
  { id: 'anthropic-key', patterns: ['(sk-ant-[a-z0-9]{3,10}-[A-Za-z0-9_-]{20,250})'], keywords: ['sk-ant-'] },
  { id: 'npm-token', patterns: ['(npm_[A-Za-z0-9]{36})'], keywords: ['npm_'] },
  { id: 'pypi-token', patterns: ['(pypi-AgE[A-Za-z0-9_-]{50,1000})'], keywords: ['pypi-age'] },
  { id: 'docker-token', patterns: ['(dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,100})'], keywords: ['dckr_'] },
  { id: 'sendgrid-key', patterns: ['(SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64})'], keywords: ['sg.'] },
  {
    id: 'twilio-key',
    patterns: ['(?:^|[^A-Za-z0-9])(SK[0-9a-f]{32})(?:[^A-Za-z0-9]|$)'],
    keywords: ['sk'],
    minEntropy: 2.5,
  },
  { id: 'vault-token', patterns: ['(hv[sbr]\\.[A-Za-z0-9_-]{24,300})'], keywords: ['hvs.', 'hvb.', 'hvr.'] },
  { id: 'terraform-token', patterns: ['([A-Za-z0-9]{14}\\.atlasv1\\.[A-Za-z0-9_-]{60,70})'], keywords: ['.atlasv1.'] },
  { id: 'digitalocean-token', patterns: ['(do[opr]_v1_[a-f0-9]{64})'], keywords: ['_v1_'] },
  {
    id: 'databricks-token',
    patterns: ['(?:^|[^A-Za-z0-9])(dapi[a-f0-9]{32}(?:-[0-9])?)(?:[^A-Za-z0-9]|$)'],
    keywords: ['dapi'],
  },
  { id: 'new-relic-key', patterns: ['(NRAK-[A-Z0-9]{27})'], keywords: ['nrak-'] },
  { id: 'grafana-token', patterns: ['(glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8})'], keywords: ['glsa_'] },
  { id: 'atlassian-token', patterns: ['(ATATT3[A-Za-z0-9_=-]{50,250})'], keywords: ['atatt3'] },
  {
    id: 'shopify-token',
    patterns: ['(shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32})'],
    keywords: ['shpat_', 'shpca_', 'shppa_', 'shpss_'],
  },
  {
    id: 'azure-storage-key',
    patterns: ['AccountKey=([A-Za-z0-9+/]{80,100}={0,2})'],
    ignoreCase: true,
    keywords: ['accountkey='],
    minEntropy: 3.5,
  },
  {
    id: 'connection-string-password',
    patterns: ['[a-z][a-z0-9+.-]{1,30}://[^\\s:@/\'"]{0,128}:([^\\s@/\'"]{3,256})@[^\\s\'"]'],
    ignoreCase: true,
    keywords: ['://'],
    notReference: true,
  },
  {
    id: 'generic-password',
    patterns: [
      `(?:passwords?|passwd|passphrase|passwort|pwd|[_-]pass|dbpass|userpass)${suffix}${assigned(6)}`,
      '--(?:password|passwd)\\s{1,5}["\']?([^\\s"\']{6,256})',
    ],
    ignoreCase: true,
    keywords: ['pass', 'pwd'],
    minEntropy: 1.5,
    notReference: true,
  },
  {
    id: 'generic-token',
    patterns: [
      `(?:secret|token|(?:api|access|secret|private|auth|signing|encryption|master|account|service|app|client)[_.-]?keys?|credentials?|bearer|_auth)${suffix}${assigned(12)}`,
      'authorization["\']?\\s{0,5}[:=]\\s{0,5}["\']?(?:bearer|basic|token)\\s{1,5}([A-Za-z0-9._~+/=-]{12,1000})',
      '--(?:token|api-key|secret|client-secret)\\s{1,5}["\']?([^\\s"\']{12,256})',
    ],
    ignoreCase: true,
    keywords: ['secret', 'token', 'key', 'credential', 'bearer', '_auth', 'authorization'],
    minEntropy: 3,
    minClasses: 2,
    notReference: true,
  },
];
