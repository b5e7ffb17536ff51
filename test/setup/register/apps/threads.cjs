// An application whose worker logs, whose child logs, and whose own lines go through a transport's worker.
const { fork } = require('node:child_process');
const { isMainThread, Worker } = require('node:worker_threads');
const pino = require('pino');

const who = process.argv[2] ?? (isMainThread ? 'main' : 'worker');
if (who === 'main') {
  const transport = { target: 'pino/file', options: { destination: 1 } };
  pino({ transport }).info('from main');
  new Worker(__filename);
  fork(__filename, ['child'], { stdio: 'inherit' });
} else {
  pino().info(`from ${who}`);
}
