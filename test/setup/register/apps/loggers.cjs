// An application with other loggers than pino: winston through its transport, bunyan, the old and the new logs API.
const http = require('node:http');
const { logs } = require('@opentelemetry/api');
const { logs: oldLogs } = require('@opentelemetry/api-logs');
const bunyan = require('bunyan');
const winston = require('winston');

const log = winston.createLogger({ transports: [new winston.transports.Console()] });
const bunyanLog = bunyan.createLogger({ name: 'shop' });
const createRecord = () => ({
  eventName: 'order.failed',
  severityNumber: 17,
  severityText: 'ERROR',
  timestamp: 60_000 * Math.floor(Date.now() / 60_000),
  body: { order: 7 },
  attributes: { tenant: 'north', parts: ['a', 1] },
  exception: new TypeError('no tea'),
});

const server = http.createServer((_request, response) => {
  log.warn('by winston', { order: 7 });
  bunyanLog.info({ order: 8 }, 'by bunyan');
  const record = createRecord();
  oldLogs.getLogger('old', '1.0').emit(record);
  logs.getLogger('new', '1.0').emit(record);
  response.end();
});

server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port }, (response) => {
    response.resume().on('end', () => server.close());
  });
});
