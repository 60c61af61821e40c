// IAM Access Analyzer: the analyzers of a region.

import { AccessAnalyzerClient, paginateListAnalyzers } from '@aws-sdk/client-accessanalyzer';
import { membersOf, resourceOf } from '../../answer.ts';
import type { CollectContext, Collector, Page } from '../../contract.ts';
import { findOne, readPages } from '../../pages.ts';

const operation = 'access-analyzer:ListAnalyzers';
const must = membersOf(operation);

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_AnalyzerSummary.html */
function readAnalyzers(context: CollectContext): AsyncGenerator<Page> {
  const client = context.client(AccessAnalyzerClient);
  return readPages(
    context,
    paginateListAnalyzers({ client }, {}, { abortSignal: context.signal }),
    (page) => ({ items: must(page.analyzers, 'analyzers') }),
    (analyzer) =>
      resourceOf(context, 'AWS::AccessAnalyzer::Analyzer', {
        arn: must(analyzer.arn, 'arn'),
        name: must(analyzer.name, 'name'),
        // AWS leaves the member out when there are none.
        tags: analyzer.tags ?? {},
        config: { analyzerType: must(analyzer.type, 'type'), status: must(analyzer.status, 'status') },
      }),
  );
}

export const collector: Collector = {
  scope: 'regional',
  types: ['AWS::AccessAnalyzer::Analyzer'],
  operations: [operation],
  events: ['access-analyzer:CreateAnalyzer', 'access-analyzer:UpdateAnalyzer', 'access-analyzer:DeleteAnalyzer'],
  collect: readAnalyzers,
  // A region has a handful of analyzers: the list is as short as a call for one.
  refresh: (context, arn) => findOne(readAnalyzers(context), arn, []),
};
