import { context, ROOT_CONTEXT } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';

/**
 * Runs what the exporter does for itself: it is never traced, nor does it belong to the application's trace
 * that happens to be active (OTel specification, "Suppress Tracing").
 */
export function untraced<R>(work: () => R): R {
  return context.with(suppressTracing(ROOT_CONTEXT), work);
}
