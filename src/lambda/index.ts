export type { Flushable, LogFlushOptions } from './log-flush-options.ts';
export { type LambdaHandler, withLogFlush } from './with-log-flush.ts';
