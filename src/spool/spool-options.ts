/** Keeps batches on disk, so that they survive a crash and an outage. */
export interface SpoolOptions {
  /**
   * Where the files are; made when it is missing. Several processes and exporters may share it: after a crash each may
   * send what another of its destination and region or address left behind, with its own credentials, headers and
   * attributes. Exporters that differ in these need a directory each.
   */
  readonly directory: string;
  /**
   * Bytes on disk of this exporter, 1 or more; past it the oldest files are dropped as `spool_full`.
   * @defaultValue 536870912 (512 MiB)
   */
  readonly maxBytes?: number;
  /**
   * Age in milliseconds, 1 or more, at which a file is dropped as `spool_expired`.
   * @defaultValue 604800000 (7 days)
   */
  readonly maxAgeMillis?: number;
}
