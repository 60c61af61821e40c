import { testCheck } from '../../testing.ts';
import { dataEventCases } from '../../testing/data-event-cases.ts';
import { check } from './s3-write-data-events.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-all-write-s3-data-event-check.html';

testCheck('cloudtrail-s3-write-data-events', check, dataEventCases('write', rule), {
  notApplicable: 'every account can record data events',
});
