import { hasMethod } from '../has-method.ts';
import type { LogOutlet } from './log-outlet.ts';

/** What this needs of `@opentelemetry/api`. */
export interface ProviderHolder {
  readonly trace: { getTracerProvider(): object };
  readonly metrics: { getMeterProvider(): object };
}

/** Sends all logs, and the spans and metrics that were asked for. Never rejects. */
export async function flushEverything(
  api: ProviderHolder,
  outlets: readonly LogOutlet[],
): Promise<void> {
  await Promise.allSettled([
    ...outlets.map(({ processor }) => processor.forceFlush()),
    flushProvider(delegateOf(api.trace.getTracerProvider())),
    flushProvider(api.metrics.getMeterProvider()),
  ]);
}

async function flushProvider(provider: unknown): Promise<void> {
  if (hasMethod(provider, 'forceFlush')) await provider.forceFlush();
}

/** The API hands out a stand-in for the tracer provider. */
function delegateOf(provider: object): unknown {
  return hasMethod(provider, 'getDelegate') ? provider.getDelegate() : provider;
}
