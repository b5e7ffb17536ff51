import type { SpanContext } from '@opentelemetry/api';

/** Trace context as the wire formats say it: lower-case hex. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  /** 0 to 255. */
  readonly traceFlags: number;
}

const TRACE_ID = /^(?!0{32}$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0{16}$)[0-9a-f]{16}$/;

/**
 * The trace context to write, or undefined for one that W3C Trace Context calls invalid (wrong length,
 * not hex, all zero): half an id would only mislead a search.
 */
export function traceContextOf(context: SpanContext | undefined): TraceContext | undefined {
  if (typeof context !== 'object' || context === null) return undefined;
  const traceId = lowerHex(context.traceId, TRACE_ID);
  const spanId = lowerHex(context.spanId, SPAN_ID);
  if (traceId === undefined || spanId === undefined) return undefined;
  const flags: unknown = context.traceFlags;
  return { traceId, spanId, traceFlags: typeof flags === 'number' ? flags & 0xff : 0 };
}

function lowerHex(id: unknown, shape: RegExp): string | undefined {
  if (typeof id !== 'string' || id.length > 32) return undefined;
  if (shape.test(id)) return id;
  const lower = id.toLowerCase();
  return shape.test(lower) ? lower : undefined;
}

/** The two hex digits of trace flags. */
export function flagsText(traceFlags: number): string {
  return (traceFlags < 16 ? '0' : '') + traceFlags.toString(16);
}
