import { known } from '../../../../domain/evidence.ts';
import { fail, pass } from '../../../../domain/verdict.ts';
import { resourceCheck } from '../../contract.ts';

/**
 * Fails when images are scanned by hand alone or not at all. It judges how ECR scans the repository in effect, as the
 * Config rule does: the filters of the registry can scan a repository whose own setting is off, and with enhanced
 * scanning leave out one whose own setting is on.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
 */
export const check = resourceCheck({
  subject: 'AWS::ECR::Repository',
  title: 'Images in ECR should be scanned when they are pushed',
  severity: 'high',
  severityReason: 'Known holes in the images go into service unseen.',
  why: 'Most of what runs in a container was written by others, and holes in it become known every day. Scanning at each push says so before the image is used; scanning by hand is forgotten.',
  fix: {
    text: 'Set a scan filter for all repositories of the registry, with basic scanning on push or, better, enhanced scanning, which goes on looking as new holes become known. The command replaces what the registry has: where scanning is enhanced already, keep its type and add a filter.',
    cli: `aws ecr put-registry-scanning-configuration --scan-type BASIC --rules '[{"scanFrequency":"SCAN_ON_PUSH","repositoryFilters":[{"filter":"*","filterType":"WILDCARD"}]}]'`,
    terraform: `resource "aws_ecr_registry_scanning_configuration" "all" {
  scan_type = "BASIC"
  rule {
    scan_frequency = "SCAN_ON_PUSH"
    repository_filter {
      filter      = "*"
      filter_type = "WILDCARD"
    }
  }
}`,
  },
  references: [
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html',
    'https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html',
    'https://docs.aws.amazon.com/config/latest/developerguide/ecr-private-image-scanning-enabled.html',
    'https://docs.aws.amazon.com/securityhub/latest/userguide/ecr-controls.html#ecr-1',
  ],
  controls: {
    securityHub: ['ECR.1'],
    configRules: ['ecr-private-image-scanning-enabled'],
    attack: ['T1525'],
    prowler: ['ecr_registry_scan_images_on_push_enabled', 'ecr_repositories_scan_images_on_push_enabled'],
  },
  evaluate({ config }) {
    const own = `its own setting is ${config.scanOnPush ? 'on' : 'off'}`;
    const frequency = known(config.scanFrequency);
    if (frequency === 'SCAN_ON_PUSH') return pass(`Images are scanned when they are pushed (${own}).`);
    if (frequency === 'CONTINUOUS_SCAN') return pass('Images are scanned when they are pushed, and from then on.');
    const filters = config.scanOnPush ? ', but no scan filter of the registry takes the repository in' : '';
    return fail(`Images are not scanned when they are pushed: ${own}${filters}.`);
  },
});
