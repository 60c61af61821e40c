// What a trail records, by its event selectors.
// https://docs.aws.amazon.com/awscloudtrail/latest/userguide/filtering-data-events.html

import type { EventSelectors } from '../../../domain/resources/cloudtrail.ts';

type AdvancedSelector = EventSelectors['advanced'][number];
type FieldSelector = AdvancedSelector['fieldSelectors'][number];

/**
 * True when management events are recorded, read and write, with no event source left out.
 * Basic selectors: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_EventSelector.html
 */
export function recordsAllManagementEvents(selectors: EventSelectors): boolean {
  const whole = selectors.basic.filter(
    (one) => one.includeManagementEvents && one.excludeManagementEventSources.length === 0,
  );
  const kinds = new Set(whole.map((one) => one.readWriteType));
  return (
    kinds.has('All') ||
    (kinds.has('ReadOnly') && kinds.has('WriteOnly')) ||
    coversReadAndWrite(selectors.advanced.filter((one) => isWholeCategory(one, 'Management')))
  );
}

/**
 * True when object-level events of every present and future bucket are recorded.
 * @param kind which events: those that read or those that write
 */
export function recordsAllS3ObjectEvents(selectors: EventSelectors, kind: 'read' | 'write'): boolean {
  const basicKind = kind === 'read' ? 'ReadOnly' : 'WriteOnly';
  return (
    selectors.basic.some(
      (one) =>
        (one.readWriteType === 'All' || one.readWriteType === basicKind) &&
        one.dataResources.some((data) => data.type === 'AWS::S3::Object' && data.values.some(isEveryBucket)),
    ) ||
    selectors.advanced.some(
      (one) => isWholeCategory(one, 'Data', 'AWS::S3::Object') && (readOnlyOf(one) ?? kind) === kind,
    )
  );
}

/** `arn:aws:s3` and `arn:aws:s3:::` stand for all buckets, in every partition. */
function isEveryBucket(value: string): boolean {
  return /^arn:[a-z-]+:s3(:::)?$/.test(value);
}

/** One selector for everything, or one for reads and one for writes. */
function coversReadAndWrite(selectors: readonly AdvancedSelector[]): boolean {
  const kinds = selectors.map(readOnlyOf);
  return kinds.includes(undefined) || (kinds.includes('read') && kinds.includes('write'));
}

/** Whether a selector is limited to reads or writes; undefined when it is not. */
function readOnlyOf(selector: AdvancedSelector): 'read' | 'write' | undefined {
  const field = selector.fieldSelectors.find((one) => one.field === 'readOnly');
  if (field === undefined || (field.equals.includes('true') && field.equals.includes('false'))) return undefined;
  return field.equals.includes('true') ? 'read' : 'write';
}

/** True when nothing but the category, the resource type and readOnly narrows the selector. */
function isWholeCategory(selector: AdvancedSelector, category: string, resourceType?: string): boolean {
  const ofType =
    resourceType === undefined ||
    selector.fieldSelectors.some((one) => one.field === 'resources.type' && one.equals.includes(resourceType));
  const ofCategory = selector.fieldSelectors.some(
    (one) => one.field === 'eventCategory' && one.equals.includes(category),
  );
  return ofType && ofCategory && selector.fieldSelectors.every((one) => !narrows(one));
}

function narrows(field: FieldSelector): boolean {
  if (field.field === 'eventCategory' || field.field === 'resources.type' || field.field === 'readOnly') return false;
  if (field.field !== 'resources.ARN') return true;
  const { equals, notEquals, notStartsWith, endsWith, notEndsWith, startsWith } = field;
  const others = [equals, notEquals, notStartsWith, endsWith, notEndsWith].some((values) => values.length > 0);
  return others || !startsWith.some(isEveryBucket);
}
