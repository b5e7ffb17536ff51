// An ordinary HTTP service that logs with pino. It knows nothing of OpenTelemetry or of this package.
const { createServer } = require('node:http');
const pino = require('pino');

let lines = 0;
// A number on each line, so that the demo can look for every one of them at every destination.
const log = pino({ level: 'debug', mixin: () => ({ line: ++lines }) });

const STOCK = { tea: 3, coffee: 250, cocoa: 0 };

function takeOrder({ item, quantity }, orderLog) {
  orderLog.debug({ stock: STOCK[item] }, 'looking up the stock');
  if (STOCK[item] === undefined) throw new Error(`There is no ${item}`);
  if (STOCK[item] < quantity) {
    orderLog.warn({ stock: STOCK[item], quantity }, 'not enough in stock, ordering more');
  }
  orderLog.info({ quantity, price: { amount: quantity * 4.5, currency: 'EUR' } }, 'order taken');
}

const server = createServer(async (request, response) => {
  const requestLog = log.child({ method: request.method, path: request.url });
  requestLog.debug('request received');
  try {
    const chunks = await request.toArray();
    const order = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    takeOrder(order, requestLog.child({ item: order.item }));
    response.writeHead(201).end();
  } catch (err) {
    requestLog.error({ err }, 'the order failed');
    response.writeHead(500).end();
  }
  requestLog.info({ status: response.statusCode }, 'request completed');
});

server.listen(0, '127.0.0.1', () => log.info({ port: server.address().port }, 'listening'));

process.once('SIGTERM', () => {
  log.info('stopping');
  server.close(() => log.info('stopped'));
});
