// The same as an ES module.
import { createServer, get } from 'node:http';
import { pino } from 'pino';

const log = pino({ base: undefined });

const server = createServer(async (request, response) => {
  log.info({ path: request.url }, 'request');
  await new Promise(setImmediate);
  log.warn({ path: request.url }, 'answered');
  response.end();
});

server.listen(0, '127.0.0.1', async () => {
  log.info('listening');
  const { port } = server.address();
  for (const path of ['/a', '/b', '/c']) {
    await new Promise((resolve) => {
      get({ port, path }, (response) => response.resume().on('end', resolve));
    });
  }
  log.info('served');
  server.close();
});
