// Column types that every table shares.

import { customType, text } from 'drizzle-orm/pg-core';

/** A point in time, to the millisecond: ISO 8601 text in the program, `timestamptz(3)` in the store. */
export const instant = customType<{ data: string; driverData: string }>({
  dataType: () => 'timestamp (3) with time zone',
  fromDriver: (value) => new Date(value).toISOString(),
});

/** Every row says whose it is. */
export const organizationId = () => text('organization_id').notNull();
