import { SeverityNumber } from '@opentelemetry/api';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { HttpLogRecordExporter } from '../../../src/destinations/http/index.ts';
import { createBatchProcessor } from '../../../src/index.ts';
import { type LambdaHandler, withLogFlush } from '../../../src/lambda/index.ts';

/**
 * The main loop of Lambda's runtimes up to Node.js 22, in a process of its own: an answer by callback, and the
 * end of a handler that never answers, wait until the event loop is empty (`beforeExit`)
 * (https://github.com/aws/aws-lambda-nodejs-runtime-interface-client, src/Runtime.js, BeforeExitListener.js).
 */
interface Invocation {
  readonly handler: string;
  readonly event: string;
  readonly flushTimeoutMillis: number;
}

type Callback = (error: unknown, result?: unknown) => void;

const exporter = new HttpLogRecordExporter({
  url: String(process.env['LOG_URL']),
  retry: { initialBackoffMillis: 1, maxBackoffMillis: 5 },
});
const processor = createBatchProcessor(exporter, { scheduledDelayMillis: 1 });
const logger = new LoggerProvider({ processors: [processor] }).getLogger('shop');
const log = (body: string): void => logger.emit({ severityNumber: SeverityNumber.INFO, body });

const handlers: Readonly<Record<string, LambdaHandler>> = {
  async: async (event: string) => {
    log(event);
    return event;
  },
  synchronous: (event: string) => {
    log(event);
    return 'nobody asks for it';
  },
  callback: (event: string, _context: object, callback: Callback) => {
    log(event);
    setTimeout(() => {
      log(`later ${event}`);
      callback(null, event);
    }, 5);
  },
  background: async (event: string) => {
    log(event);
    // Begun in the handler, and still running when the environment is frozen.
    setTimeout(() => log(`behind ${event}`), 60);
    return event;
  },
};

let onEmptyLoop = (): void => {};
process.on('beforeExit', () => onEmptyLoop());

process.on('message', (invocation: Invocation) => {
  process.channel?.unref();
  const wrapped = withLogFlush(handlers[invocation.handler] ?? (() => {}), {
    flushTimeoutMillis: invocation.flushTimeoutMillis,
  });
  const deadlineMillis = Date.now() + 60_000;
  let isAnswered = false;
  const done: Callback = (error, result) => {
    if (isAnswered) return;
    isAnswered = true;
    onEmptyLoop = () => {};
    process.channel?.ref();
    process.send?.({ error: error ?? null, result: result ?? null, stats: exporter.stats() });
  };
  const callback: Callback = (error, result) => {
    onEmptyLoop = () => setImmediate(() => done(error, result));
  };
  const isAsync = wrapped.constructor.name === 'AsyncFunction';
  onEmptyLoop = () => done(isAsync ? 'Runtime.NodeJsExit' : null);
  const context = { getRemainingTimeInMillis: () => deadlineMillis - Date.now() };
  const result: unknown = Reflect.apply(wrapped, undefined, [invocation.event, context, callback]);
  if (result instanceof Promise) result.then((value) => done(null, value), done);
});
