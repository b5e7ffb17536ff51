import { describe, expect, it } from 'vitest';
import type { BatchProcessorOptions } from '../../src/processor/batch-processor-options.ts';
import { resolveProcessorLimits } from '../../src/processor/resolve-processor-limits.ts';

function resolve(
  options: BatchProcessorOptions,
  environment: Readonly<Record<string, string | undefined>> = {},
) {
  const warnings: string[] = [];
  const limits = resolveProcessorLimits(options, {
    environment,
    warn: (message) => warnings.push(message),
  });
  return { limits, warnings };
}

const ENVIRONMENT = {
  OTEL_BLRP_MAX_QUEUE_SIZE: '1000',
  OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: ' 100 ',
  OTEL_BLRP_SCHEDULE_DELAY: '0',
  OTEL_BLRP_EXPORT_TIMEOUT: '7',
};

describe('the limits of the batch processor', () => {
  it('have defaults of their own for the queue and those of OpenTelemetry for the rest (D-11)', () => {
    expect(resolve({})).toEqual({
      limits: {
        maxQueueSize: 16_384,
        maxExportBatchSize: 512,
        scheduledDelayMillis: 1000,
        exportTimeoutMillis: 30_000,
      },
      warnings: [],
    });
  });

  it('come from OTEL_BLRP_* (D-11), and code beats these (D-9)', () => {
    expect(resolve({ exportTimeoutMillis: 8 }, ENVIRONMENT)).toEqual({
      limits: {
        maxQueueSize: 1000,
        maxExportBatchSize: 100,
        scheduledDelayMillis: 0,
        exportTimeoutMillis: 8,
      },
      warnings: [],
    });
  });

  it('take an empty variable for an unset one (D-8)', () => {
    expect(resolve({}, { OTEL_BLRP_MAX_QUEUE_SIZE: '  ' })).toEqual(resolve({}));
  });

  it.each([
    ['OTEL_BLRP_MAX_QUEUE_SIZE', '0'],
    ['OTEL_BLRP_MAX_QUEUE_SIZE', 'many'],
    ['OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', '-5'],
    ['OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', '1.5'],
    ['OTEL_BLRP_SCHEDULE_DELAY', '1s'],
    ['OTEL_BLRP_SCHEDULE_DELAY', '9999999999'],
    ['OTEL_BLRP_EXPORT_TIMEOUT', '0'],
    ['OTEL_BLRP_EXPORT_TIMEOUT', 'Infinity'],
  ])('ignore %s=%s with one warning that names both (D-8)', (variable, value) => {
    const { limits, warnings } = resolve({}, { [variable]: value });
    expect(limits).toEqual(resolve({}).limits);
    expect(warnings).toEqual([expect.stringContaining(`${variable} is \`${value}\``)]);
  });

  it('do not look at a variable that code overrules', () => {
    const { warnings } = resolve({ maxQueueSize: 600 }, { OTEL_BLRP_MAX_QUEUE_SIZE: 'many' });
    expect(warnings).toEqual([]);
  });

  it.each([{ maxQueueSize: 100, maxExportBatchSize: 500 }, { maxQueueSize: 100 }])(
    'cut a batch to the queue, and say so (%j)',
    (options) => {
      const { limits, warnings } = resolve(options);
      expect(limits).toMatchObject({ maxQueueSize: 100, maxExportBatchSize: 100 });
      expect(warnings).toEqual([expect.stringContaining('larger than maxQueueSize (100)')]);
    },
  );

  it.each([
    { maxQueueSize: 0 },
    { maxExportBatchSize: 1.5 },
    { scheduledDelayMillis: -1 },
    { exportTimeoutMillis: Number.POSITIVE_INFINITY },
    { exportTimeoutMillis: 2 ** 31 },
    { scheduledDelayMillis: Number.NaN },
  ])('refuse a wrong value in code (%j)', (options) => {
    expect(() => resolve(options)).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringContaining(String(Object.keys(options)[0])),
      }),
    );
  });
});
