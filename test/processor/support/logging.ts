import { LoggerProvider, type LogRecordProcessor } from '@opentelemetry/sdk-logs';

/** Logs so many records to a processor, numbered in their body from 0 on over all calls. */
export function emitterTo(processor: LogRecordProcessor): (count: number) => void {
  const logger = new LoggerProvider({ processors: [processor] }).getLogger('test');
  let emitted = 0;
  return (count) => {
    for (const end = emitted + count; emitted < end; emitted += 1) logger.emit({ body: emitted });
  };
}

/** What is due now has run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
