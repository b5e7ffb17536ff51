import type { SpoolLoss } from './spool-events.ts';
import type { StoredFile } from './stored-file.ts';

/** What is lost with a file, by its name: its content may be destroyed. */
export function lossOf(file: StoredFile, reason: SpoolLoss['reason'], error?: Error): SpoolLoss {
  return {
    reason,
    recordCount: file.recordCount,
    bytes: file.byteSize,
    firstTimeMillis: file.facts?.firstTimeMillis ?? 0,
    lastTimeMillis: file.facts?.lastTimeMillis ?? 0,
    targetKey: file.target.key,
    ...(error === undefined ? {} : { error }),
    file,
  };
}
