// An application that makes its spans itself.
const { logs, trace } = require('@opentelemetry/api');

trace.getTracer('shop').startActiveSpan('order', (span) => {
  logs.getLogger('shop').emit({ body: 'in a span' });
  span.end();
});
