// What the store knows of itself.

import { pgTable, text } from 'drizzle-orm/pg-core';

/**
 * Keys: `installation_id`, `installation_secret` (hexadecimal, the key of fingerprints and external ids),
 * `created_at`, `program_version` (that wrote last).
 */
export const meta = pgTable('meta', {
  key: text().primaryKey(),
  value: text().notNull(),
});
