import type { DestinationName } from '../../destinations/manifests.ts';
import type { Environment } from '../../setup/environment/environment.ts';
import type { CliIo } from '../cli-io.ts';
import { createPaint } from '../print/paint.ts';
import { safeJson } from '../print/safe-text.ts';
import { readSettings } from '../settings/read-settings.ts';
import { selectExporters } from '../settings/select-exporters.ts';
import { checkExporter } from './check-exporter.ts';
import type { DoctorReport, ExporterReport } from './doctor-report.ts';
import { formatConclusion, formatStep } from './format-report.ts';

export interface DoctorOptions {
  /** `option=value` */
  readonly set?: readonly string[];
  readonly timeoutMillis: number;
  readonly json?: boolean;
}

/** Looks at each exporter, one after the other, and tells what it finds. @throws UserError */
export async function runDoctor(
  names: readonly string[],
  options: DoctorOptions,
  io: CliIo,
): Promise<void> {
  const { json, set = [] } = options;
  const exporters: ExporterReport[] = [];
  for (const { environment, name } of await selectExporters(names, set, io)) {
    exporters.push(await examine(name, environment, options, io));
  }
  const report: DoctorReport = {
    ok: exporters.every(({ cause }) => cause === undefined),
    exporters,
  };
  if (json) io.stdout.write(`${toJson(report)}\n`);
  io.setExitCode(report.ok ? 0 : 1);
}

/** Messages of servers are in it: they may not command a terminal. */
function toJson(report: DoctorReport): string {
  return JSON.stringify(report, undefined, 2).split('\n').map(safeJson).join('\n');
}

async function examine(
  name: DestinationName,
  environment: Environment,
  { json, timeoutMillis }: DoctorOptions,
  { isColorful, signal, stdout }: CliIo,
): Promise<ExporterReport> {
  const print = (line: string): void => {
    if (!json) stdout.write(`${line}\n`);
  };
  const paint = createPaint(isColorful);
  const settings = await readSettings(name, environment, () => {});
  print(paint('name', name));
  const report = await untilAborted(
    checkExporter({ name, environment, settings, timeoutMillis }, (step) => {
      print(formatStep(step, paint));
    }),
    signal,
  );
  print(formatConclusion(report, paint));
  return report;
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error('Interrupted'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
