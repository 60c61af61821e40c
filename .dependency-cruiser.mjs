// The layers of the house: apps → features → platform → domain. See docs/architecture.md.

const io = '^(node:)?(fs|fs/promises|net|http|https|http2|child_process|dgram|dns|tls|worker_threads)$';
const tests = '[.]test[.]ts$|/testing[.]ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one file, or need a third.',
      severity: 'error',
      from: {},
      to: { circular: true, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'domain-is-pure',
      comment: 'src/domain imports itself, generated tables, zod and node:crypto, and nothing else.',
      severity: 'error',
      from: { path: '^src/domain/', pathNot: tests },
      to: { pathNot: ['^src/domain/', '^src/generated/', 'node_modules/zod/', '^(node:)?crypto$'] },
    },
    {
      name: 'platform-knows-only-domain',
      comment: 'src/platform imports domain, generated tables and libraries, never a feature or an app.',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/(features|apps)/' },
    },
    {
      name: 'features-through-index',
      comment: 'A feature is entered by its index.ts alone.',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/[^/]+/', pathNot: ['^src/features/$1/', '^src/features/[^/]+/index[.]ts$'] },
    },
    {
      name: 'apps-enter-features-by-a-door',
      comment: 'Apps mount index, commands, routes, tools and jobs of a feature, never its insides.',
      severity: 'error',
      from: { path: '^src/apps/' },
      to: { path: '^src/features/', pathNot: '^src/features/[^/]+/(index|commands|routes|tools|jobs)[.]ts$' },
    },
    {
      name: 'nobody-imports-an-app',
      comment: 'Apps are composition only.',
      severity: 'error',
      from: { pathNot: '^src/apps/' },
      to: { path: '^src/apps/' },
    },
    {
      name: 'checks-do-no-io',
      comment: 'A check is data and a pure function: it sees its contract and the domain.',
      severity: 'error',
      from: { path: '^src/features/checks/catalogue/', pathNot: tests },
      to: { path: ['^src/(platform|apps|generated)/', 'node_modules/@aws-sdk/', io] },
    },
    {
      name: 'checks-know-no-sibling',
      comment: 'A check imports its contract and pure functions beside the catalogue, never another check.',
      severity: 'error',
      from: { path: '^src/features/checks/catalogue/([^/]+)/([^/]+)[.]ts$', pathNot: tests },
      to: { path: '^src/features/checks/catalogue/' },
    },
    {
      name: 'collectors-know-no-sibling',
      comment: 'A collector imports its contract, the domain and the SDK, never another collector.',
      severity: 'error',
      from: { path: '^src/features/inventory/collectors/([^/]+)/([^/]+)[.]ts$', pathNot: tests },
      to: { path: '^src/features/inventory/collectors/', pathNot: tests },
    },
    {
      name: 'policy-engine-is-pure',
      comment: 'The policy engine needs the domain alone.',
      severity: 'error',
      from: { path: '^src/features/identity/(policy|compiled)/', pathNot: tests },
      to: { path: ['^src/(platform|apps)/', 'node_modules/@aws-sdk/', io] },
    },
    {
      name: 'sdk-where-aws-is-read',
      comment: 'The AWS SDK is imported where AWS is called: platform/aws, collectors, discovery.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: ['^src/platform/aws/', '^src/features/inventory/collectors/', '^src/features/discovery/', tests],
      },
      to: { path: 'node_modules/@aws-sdk/' },
    },
    {
      name: 'network-where-aws-is-reached',
      comment: 'Connections are opened by the one HTTP handler of platform/aws and by the store, and nowhere else.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          '^src/platform/aws/http-handler[.]ts$',
          '^src/platform/store/(embedded/|pool[.]ts$|open[.]ts$)',
          tests,
        ],
      },
      to: {
        path: ['^(node:)?(net|http|https|http2|dgram|dns|dns/promises|tls)$', 'node_modules/(undici|ws|pg)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'programs-where-the-server-is',
      comment: 'Other programs are started for the embedded server alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/platform/store/embedded/', tests] },
      to: { path: '^(node:)?(child_process|worker_threads|cluster)$' },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    parser: 'swc',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'default', 'types'],
    },
    doNotFollow: { path: 'node_modules' },
  },
};
