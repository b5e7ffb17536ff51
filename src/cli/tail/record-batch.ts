import type { DecodedLogRecord } from '../../decode/index.ts';

/** Records that came together: a message, a request, an event. */
export interface RecordBatch {
  readonly records: readonly DecodedLogRecord[];
  /** Called once when all is done with them that will be; not called when the end comes before. */
  readonly settle?: (outcome: { readonly areAllPrinted: boolean }) => void;
}
