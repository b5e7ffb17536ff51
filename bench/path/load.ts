import type { Attributes } from '@opentelemetry/api';

/** Every record of the load says it once; the services count records by it. */
export const COUNTED_MARK = 'bench-counted';
/** In its place in records that only warm the process up. */
export const WARM_UP_MARK = 'bench-warm-up';

/** Fifteen attributes, as detectors and a deployment make them. */
export const RESOURCE_ATTRIBUTES: Readonly<Record<string, string>> = Object.fromEntries(
  Array.from({ length: 15 }, (_, index) => [`resource.attribute.${index}`, `value ${index}`]),
);

/** A text of some 120 characters. */
export function bodyOf(number: number, mark: string): string {
  return `user 4711 bought 3 items for 47.11 in the shop that is nearest to them and paid with a card, ${mark} ${number}`;
}

/** Ten attributes of mixed types. */
export function attributesOf(number: number): Attributes {
  return {
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
  };
}

/** Emits at a steady pace, looked at every 4 ms; resolves when all were emitted. */
export function emitSteadily(
  emit: (number: number) => void,
  { rate, seconds }: { readonly rate: number; readonly seconds: number },
): Promise<void> {
  const start = performance.now();
  const total = Math.round(rate * seconds);
  let emitted = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const due = Math.min(total, Math.floor(((performance.now() - start) * rate) / 1000));
      for (; emitted < due; emitted += 1) emit(emitted);
      if (emitted < total) return;
      clearInterval(timer);
      resolve();
    }, 4);
  });
}
