import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { loadPeer } from '../peers/load-peer.ts';
import { otelSubject, TUNED } from './otel-subject.ts';
import type { SubjectSource } from './subject.ts';

interface OtlpPackage {
  readonly OTLPLogExporter: new (options: { readonly url: string }) => LogRecordExporter;
}

export const JSON_PACKAGE = '@opentelemetry/exporter-logs-otlp-http';
export const PROTOBUF_PACKAGE = '@opentelemetry/exporter-logs-otlp-proto';

/** OpenTelemetry's own exporters, behind the processor's defaults and behind limits that lose nothing. */
export const OTLP_SUBJECTS: Readonly<Record<string, SubjectSource>> = {
  'OTLP JSON': {
    packages: [JSON_PACKAGE],
    create: async (url) => otelSubject(await otlpExporter(JSON_PACKAGE, url)),
  },
  'OTLP JSON, tuned': {
    packages: [JSON_PACKAGE],
    create: async (url) => otelSubject(await otlpExporter(JSON_PACKAGE, url), TUNED),
  },
  'OTLP protobuf, tuned': {
    packages: [PROTOBUF_PACKAGE],
    create: async (url) => otelSubject(await otlpExporter(PROTOBUF_PACKAGE, url), TUNED),
  },
};

export async function otlpExporter(name: string, url: string): Promise<LogRecordExporter> {
  const { OTLPLogExporter } = await loadPeer<OtlpPackage>(name);
  return new OTLPLogExporter({ url: `${url}/v1/logs` });
}
