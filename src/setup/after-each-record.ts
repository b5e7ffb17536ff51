import type { LogRecordProcessor } from '@opentelemetry/sdk-logs';

/**
 * Calls `task` behind each record that the processor gets, until the function is called that it answers. Nothing
 * stands in the way of records before.
 */
export function afterEachRecord(
  processor: LogRecordProcessor | undefined,
  task: () => void,
): () => void {
  if (processor === undefined) return () => {};
  const { onEmit } = processor;
  const isOwn = Object.hasOwn(processor, 'onEmit');
  processor.onEmit = (...args) => {
    onEmit.apply(processor, args);
    task();
  };
  return () => {
    if (isOwn) processor.onEmit = onEmit;
    else Reflect.deleteProperty(processor, 'onEmit');
  };
}
