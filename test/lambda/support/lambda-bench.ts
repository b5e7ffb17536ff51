import { SeverityNumber } from '@opentelemetry/api';
import { LoggerProvider } from '@opentelemetry/sdk-logs';
import { type BatchProcessor, createBatchProcessor } from 'collectorless';
import { HttpLogRecordExporter, type HttpLogRecordExporterOptions } from 'collectorless/http';
import type { LocalServices } from 'collectorless/testing';
import { systemRuntime } from '../../../src/exporter/runtime.ts';
import type { LambdaSurroundings } from '../../../src/lambda/lambda-surroundings.ts';

/** A function's logs on their way to the local HTTP service, and what is written to stdout. */
export class LambdaBench {
  readonly lines: string[] = [];
  readonly exporter: HttpLogRecordExporter;
  readonly processor: BatchProcessor;
  readonly surroundings: LambdaSurroundings;
  readonly #services: LocalServices;
  readonly #provider: LoggerProvider;

  constructor(
    services: LocalServices,
    options: Partial<HttpLogRecordExporterOptions> & { readonly isConcurrent?: boolean } = {},
  ) {
    const { isConcurrent = false, ...exporterOptions } = options;
    this.#services = services;
    this.exporter = new HttpLogRecordExporter({ url: services.http.url, ...exporterOptions });
    this.processor = createBatchProcessor(this.exporter);
    this.#provider = new LoggerProvider({ processors: [this.processor] });
    this.surroundings = {
      runtime: systemRuntime,
      writeLine: (line) => void this.lines.push(line),
      isConcurrent: () => isConcurrent,
    };
  }

  log(body: unknown): void {
    const logger = this.#provider.getLogger('shop');
    logger.emit({ severityNumber: SeverityNumber.INFO, body: String(body) });
  }

  get delivered(): unknown[] {
    return this.#services.http.decoded.map((record) => Reflect.get(Object(record), 'body'));
  }

  get written(): unknown[] {
    return this.lines.map((line) => JSON.parse(line).body);
  }

  close(): Promise<void> {
    return this.#provider.shutdown();
  }
}
