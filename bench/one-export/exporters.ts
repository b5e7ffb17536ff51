import type { LogRecordExporter } from '@opentelemetry/sdk-logs';
import { JSON_PACKAGE, otlpExporter, PROTOBUF_PACKAGE } from '../path/otlp-subjects.ts';
import { OUR_EXPORTERS } from '../path/our-exporters.ts';
import { peerVersion } from '../peers/load-peer.ts';

/** Exporters by the names in the table, each made for the service at a URL. */
export const EXPORTERS: ReadonlyMap<string, (url: string) => Promise<LogRecordExporter>> = new Map([
  ['OTLP JSON', (url) => otlpExporter(JSON_PACKAGE, url)],
  ['OTLP protobuf', (url) => otlpExporter(PROTOBUF_PACKAGE, url)],
  ...Object.entries(OUR_EXPORTERS),
]);

/** Without the install of the peers only ours can run. */
export function canExport(name: string): boolean {
  const packages: Readonly<Record<string, string>> = {
    'OTLP JSON': JSON_PACKAGE,
    'OTLP protobuf': PROTOBUF_PACKAGE,
  };
  const needed = packages[name];
  return needed === undefined || peerVersion(needed) !== undefined;
}
