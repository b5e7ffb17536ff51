// A function as users have it, in CommonJS, with pino and no line about OpenTelemetry; it is called twice.
const pino = require('pino');
const { withLogFlush } = require('collectorless/lambda');

const log = pino({ level: 'info' }, { write() {} });

exports.handler = withLogFlush(
  async (event) => {
    log.info(event);
    return event;
  },
  { flushTimeoutMillis: Number(process.env.FLUSH_TIMEOUT_MILLIS) },
);

async function invokeTwice() {
  for (const event of ['one', 'two']) {
    const deadlineMillis = Date.now() + 30_000;
    const context = { getRemainingTimeInMillis: () => deadlineMillis - Date.now() };
    const answer = await exports.handler(event, context);
    process.stdout.write(`answered ${answer}\n`);
  }
  // Frozen for good: nothing that the end of a process would flush is flushed.
  process.kill(process.pid, 'SIGKILL');
}

void invokeTwice();
