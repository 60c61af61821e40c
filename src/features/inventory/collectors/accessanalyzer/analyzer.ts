// IAM Access Analyzer: the analyzers of a region.

import {
  AccessAnalyzerClient,
  type AnalyzerSummary,
  GetAnalyzerCommand,
  paginateListAnalyzers,
} from '@aws-sdk/client-accessanalyzer';
import type { AnyResource } from '../../../../domain/resource.ts';
import { errorName, idOf, type Members, membersOf, resourceOf } from '../../answer.ts';
import type { CollectContext, Collector } from '../../contract.ts';
import { readPages } from '../../pages.ts';

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_AnalyzerSummary.html */
function analyzerOf(context: CollectContext, must: Members, analyzer: AnalyzerSummary): AnyResource {
  return resourceOf(context, 'AWS::AccessAnalyzer::Analyzer', {
    arn: must(analyzer.arn, 'arn'),
    name: must(analyzer.name, 'name'),
    // AWS leaves the member out when there are none.
    tags: analyzer.tags ?? {},
    config: { analyzerType: must(analyzer.type, 'type'), status: must(analyzer.status, 'status') },
  });
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::AccessAnalyzer::Analyzer'],
  operations: ['access-analyzer:ListAnalyzers', 'access-analyzer:GetAnalyzer'],
  events: ['access-analyzer:CreateAnalyzer', 'access-analyzer:UpdateAnalyzer', 'access-analyzer:DeleteAnalyzer'],
  async *collect(context) {
    const client = context.client(AccessAnalyzerClient);
    const must = membersOf('access-analyzer:ListAnalyzers');
    yield* readPages(
      context,
      paginateListAnalyzers({ client }, {}, { abortSignal: context.signal }),
      (page) => ({ items: must(page.analyzers, 'analyzers') }),
      (analyzer) => analyzerOf(context, must, analyzer),
    );
  },
  async refresh(context, arn) {
    try {
      const command = new GetAnalyzerCommand({ analyzerName: idOf(arn) });
      const answer = await context.client(AccessAnalyzerClient).send(command, { abortSignal: context.signal });
      const must = membersOf('access-analyzer:GetAnalyzer');
      return analyzerOf(context, must, must(answer.analyzer, 'analyzer'));
    } catch (error) {
      if (errorName(error) === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  },
};
