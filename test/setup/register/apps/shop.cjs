// An application that knows nothing of OpenTelemetry: serves HTTP, logs with pino, and comes to an end as told.
const http = require('node:http');
const pino = require('pino');

const end = process.argv[2] ?? 'closes';
const log = pino({ base: undefined });

const server = http.createServer(async (request, response) => {
  log.info({ path: request.url }, 'request');
  await new Promise(setImmediate);
  log.warn({ path: request.url }, 'answered');
  response.end();
});

server.listen(0, '127.0.0.1', async () => {
  log.info('listening');
  for (const path of ['/a', '/b', '/c']) await get(path);
  log.info('served');
  if (end === 'closes') server.close();
  if (end === 'throws') throw new Error('Out of stock');
  if (end === 'exits') process.exit(3);
  // Else it serves on, until a signal ends it.
});

function get(path) {
  const { port } = server.address();
  return new Promise((resolve) => {
    http.get({ port, path }, (response) => response.resume().on('end', resolve));
  });
}
