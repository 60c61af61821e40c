// The server's settings, as arguments: nothing that an older data directory says in its files counts.

/** Megabytes of shared buffers stay small, because the scanner shares the machine. */
export const serverSettings: Readonly<Record<string, string>> = {
  shared_buffers: '32MB',
  max_connections: '60',
  max_wal_size: '512MB',
  // No replication: less is written ahead.
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  // Costs more than it gains on queries of this size.
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  io_method: 'sync',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // The log must not repeat evidence: neither statements nor the values in an error's detail.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
};

export function settingArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
