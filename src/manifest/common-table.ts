import type { LogRecordExporterOptions } from '../exporter/exporter-options.ts';
import { choice } from './kinds/choice-kind.ts';
import { list } from './kinds/list-kind.ts';
import { map } from './kinds/map-kind.ts';
import { number } from './kinds/number-kind.ts';
import { text } from './kinds/text-kind.ts';
import type { OptionTable } from './option-table.ts';

/** The options that every exporter has. */
export const COMMON_TABLE: OptionTable<LogRecordExporterOptions> = {
  encoding: {
    kind: choice({
      json: true,
      'otlp-json': true,
      msgpack: true,
      body: true,
      'distlog-json': true,
    }),
  },
  compression: { kind: choice({ none: true, gzip: true, zstd: true }) },
  oversize: { kind: choice({ truncate: true, split: true, drop: true }) },
  acknowledge: { kind: choice({ accepted: true, delivered: true }) },
  timeoutMillis: { kind: number('milliseconds') },
  flushTimeoutMillis: { kind: number('milliseconds') },
  shutdownTimeoutMillis: { kind: number('milliseconds') },
  concurrencyLimit: { kind: number() },
  retry: {
    members: {
      initialBackoffMillis: { kind: number('milliseconds') },
      maxBackoffMillis: { kind: number('milliseconds') },
      backoffMultiplier: { kind: number() },
    },
  },
  maxBufferedBytes: { kind: number('bytes') },
  maxTargets: { kind: number() },
  spool: {
    members: {
      directory: { kind: text('a folder') },
      maxBytes: { kind: number('bytes') },
      maxAgeMillis: { kind: number('milliseconds') },
    },
  },
  staticFields: { kind: map() },
  excludeScopes: { kind: list() },
  onDrop: { codeOnly: 'is a function' },
  selfObsMeterProvider: { codeOnly: 'is an object of the metrics SDK' },
};
