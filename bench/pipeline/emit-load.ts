import type { Logger } from '@opentelemetry/api';
import { type Context, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { type Resource, resourceFromAttributes } from '@opentelemetry/resources';

/** A resource of fifteen attributes, as detectors and a deployment make it. */
export function loadResource(): Resource {
  const attributes = Array.from({ length: 15 }, (_, index) => [
    `resource.attribute.${index}`,
    `value ${index}`,
  ]);
  return resourceFromAttributes(Object.fromEntries(attributes));
}

const traced: Context = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
});

/** Ten attributes of mixed types, a body of some 120 characters, a trace context on every second one. */
export function emitRecord(logger: Logger, number: number): void {
  logger.emit({
    severityNumber: 9,
    severityText: 'INFO',
    body: `user 4711 bought 3 items for 47.11 in the shop that is nearest to them and paid with the card that ends in ${number}`,
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/shop/orders/{id}',
      'http.response.status_code': 200,
      'url.path': `/shop/orders/${number}`,
      'client.address': '192.168.7.13',
      'user_agent.original': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0',
      durationMillis: number / 8,
      cached: number % 3 === 0,
      user: `user-${number % 1000}`,
      tags: ['one', 'two'],
    },
    context: number % 2 === 0 ? traced : ROOT_CONTEXT,
  });
}

/** Emits at a steady pace, looked at every 4 ms; answers how many. */
export function emitSteadily(
  emit: (number: number) => void,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<number> {
  const start = performance.now();
  let emitted = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const elapsedMillis = performance.now() - start;
      const due = Math.min(rate * seconds, Math.floor((elapsedMillis * rate) / 1000));
      for (; emitted < due; emitted += 1) emit(emitted);
      if (emitted < rate * seconds) return;
      clearInterval(timer);
      resolve(emitted);
    }, 4);
  });
}
