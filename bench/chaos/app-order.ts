import type { ExporterName, ServiceAddresses } from './chaos-exporters.ts';

/** What an app process is to do; its first argument, as JSON. */
export interface AppOrder {
  /** Part of each record's number, so that no two processes write the same one. */
  readonly incarnation: number;
  readonly exporters: readonly ExporterName[];
  readonly addresses: ServiceAddresses;
  /** Of the spool. */
  readonly directory: string;
  /** 0 only sends what is on disk. */
  readonly recordsPerSecond: number;
  /** Ends the app after so many records; it stays alive and sends. Default: never. */
  readonly maxRecords?: number;
  /** Bytes of text in each record. Default 100. */
  readonly bodyBytes?: number;
}

/** Sent to a running app. */
export interface ClockJump {
  readonly clockOffsetMillis: number;
}
