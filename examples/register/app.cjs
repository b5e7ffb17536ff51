// A service that serves HTTP and logs with pino. There is no OpenTelemetry in it: that comes with the start.
//
//     OTEL_SERVICE_NAME=shop \
//     OTEL_LOGS_EXPORTER=cloudwatch-logs \
//     OTEL_EXPORTER_CLOUDWATCH_LOGS_LOG_GROUP_NAME=/shop/orders \
//     node --import collectorless/register app.cjs
//
// Beside it, the service needs @opentelemetry/auto-instrumentations-node and the AWS client of its destination:
//
//     npm install collectorless @opentelemetry/auto-instrumentations-node @aws-sdk/client-cloudwatch-logs
//
// To see it at work without an account: `npx node examples/register/run-locally.ts`.
const http = require('node:http');
const pino = require('pino');

const log = pino();

const server = http.createServer((request, response) => {
  const item = new URL(request.url, 'http://localhost').searchParams.get('item');
  log.info({ item }, 'order taken');
  try {
    if (item === 'unicorn') throw new RangeError('not in stock');
    response.writeHead(201).end();
  } catch (err) {
    log.error({ err, item }, 'order failed');
    response.writeHead(409).end();
  }
});

server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  log.info({ port: server.address().port }, 'listening');
});
