// IAM Access Analyzer: the analyzers of a region.

import { AccessAnalyzerClient, paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import { membersOf, resourceOf } from '../../answer.ts';
import type { Collector } from '../../contract.ts';
import { readPages } from '../../pages.ts';

const operation = 'access-analyzer:ListAnalyzers';

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListAnalyzers.html */
export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::AccessAnalyzer::Analyzer'],
  operations: [operation],
  events: ['access-analyzer:CreateAnalyzer', 'access-analyzer:DeleteAnalyzer', 'access-analyzer:UpdateAnalyzer'],
  async *collect(context) {
    const must = membersOf(operation);
    const client = context.client(AccessAnalyzerClient);
    yield* readPages(
      context,
      paginateListAnalyzers({ client }, {}, { abortSignal: context.signal }),
      (page) => ({ items: must(page.analyzers, 'analyzers') }),
      (analyzer) =>
        resourceOf(context, 'AWS::AccessAnalyzer::Analyzer', {
          arn: must(analyzer.arn, 'arn'),
          name: must(analyzer.name, 'name'),
          tags: analyzer.tags ?? {},
          config: { analyzerType: must(analyzer.type, 'type'), status: must(analyzer.status, 'status') },
        }),
    );
  },
};
