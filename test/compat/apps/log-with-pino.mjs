// An HTTP service that logs with pino and knows nothing of OpenTelemetry. It ends after one request.
import { createServer, get } from 'node:http';
import pino from 'pino';

const log = pino();

const server = createServer((request, response) => {
  log.info({ path: request.url }, 'request received');
  response.end();
  server.close();
});

server.listen(0, '127.0.0.1', () => {
  log.info('listening');
  get({ port: server.address().port, path: '/orders' }, (response) => response.resume());
});
