// An application that listens to SIGTERM and then ends its own work, and says how long the process lasts after it.
const log = require('pino')({ base: undefined });

const work = setInterval(() => {}, 1_000);
log.info('served');

process.once('SIGTERM', () => {
  const begun = Date.now();
  log.info('stopping');
  clearInterval(work);
  process.on('exit', () => console.log(JSON.stringify({ heldMillis: Date.now() - begun })));
});
