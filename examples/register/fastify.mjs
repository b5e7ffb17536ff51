// A fastify service as ES modules. There is no OpenTelemetry in it: that comes with the start.
//
//     OTEL_SERVICE_NAME=shop OTEL_LOGS_EXPORTER=cloudwatch-logs node --import collectorless/register fastify.mjs
//
// To see it at work without an account: `npx node examples/register/run-locally.ts fastify.mjs`.
import Fastify from 'fastify';

// Fastify logs with pino, which is captured.
const app = Fastify({ logger: true });

app.get('/', (request, reply) => {
  const { item } = request.query;
  request.log.info({ item }, 'order taken');
  if (item === 'unicorn') throw new RangeError('not in stock');
  return reply.code(201).send();
});

await app.listen({ port: Number(process.env.PORT ?? 0) });
app.log.info({ port: app.server.address().port }, 'ready');
