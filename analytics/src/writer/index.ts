// The entry of `@retour/analytics/writer`.
export { createWriter, WRITER_GROUP, type Writer, type WriterOptions } from './createWriter.ts';
export type { Reject, WriterReason } from './rows/toRows.ts';
export { DEFAULT_WRITER_LIMITS, type WriterLimits } from './writerLimits.ts';
