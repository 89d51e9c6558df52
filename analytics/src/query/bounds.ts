// What one statement may cost. At a bound it fails with a clear code and harms nobody else.

export const READ_BOUNDS = {
  executionS: 10,
  resultRows: 200_000,
  resultBytes: 64 * 1024 * 1024,
  rowsRead: 200_000_000,
  memoryBytes: 1024 * 1024 * 1024,
} as const;

/** In the statement itself: a setting sent beside it could stay behind in an embedded connection. */
const SETTINGS = [
  `max_execution_time = ${READ_BOUNDS.executionS}`,
  "timeout_overflow_mode = 'throw'",
  `max_result_rows = ${READ_BOUNDS.resultRows}`,
  `max_result_bytes = ${READ_BOUNDS.resultBytes}`,
  "result_overflow_mode = 'throw'",
  `max_rows_to_read = ${READ_BOUNDS.rowsRead}`,
  "read_overflow_mode = 'throw'",
  `max_memory_usage = ${READ_BOUNDS.memoryBytes}`,
].join(', ');

export function withBounds(sql: string): string {
  return `${sql}\nSETTINGS ${SETTINGS}`;
}
