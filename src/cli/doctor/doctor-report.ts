import type { DestinationName } from '../../destinations/manifests.ts';
import type { Diagnosis } from './diagnosis/diagnosis.ts';

export type StepName =
  | 'configuration'
  | 'packages'
  | 'region'
  | 'credentials'
  | 'endpoint'
  | 'target'
  | 'proxy'
  | 'dns'
  | 'tcp'
  | 'tls'
  | 'handshake'
  | 'record'
  | 'clock';

/** One thing that was looked at. */
export interface Step {
  readonly step: StepName;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly detail: string;
}

/** What was found of one exporter; a cause with its sentence and mend when it does not work. */
export interface ExporterReport extends Partial<Diagnosis> {
  readonly name: DestinationName;
  readonly steps: readonly Step[];
}

export interface DoctorReport {
  readonly ok: boolean;
  readonly exporters: readonly ExporterReport[];
}
