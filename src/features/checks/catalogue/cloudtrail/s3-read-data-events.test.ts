import { testCheck } from '../../testing.ts';
import { dataEventCases } from '../../testing/data-event-cases.ts';
import { check } from './s3-read-data-events.ts';

const rule = 'https://docs.aws.amazon.com/config/latest/developerguide/cloudtrail-all-read-s3-data-event-check.html';

testCheck('cloudtrail-s3-read-data-events', check, dataEventCases('read', rule), {
  notApplicable: 'every account can record data events',
});
