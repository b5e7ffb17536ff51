import { diag } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { createLogRecord, createResource, startLocalServices } from 'collectorless/testing';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createBatchProcessor } from '../../src/processor/create-batch-processor.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';
import { toldLines } from '../support/told-lines.ts';
import { HeldExporter } from './support/held-exporter.ts';
import { emitterTo, nextTurn } from './support/logging.ts';

afterEach(() => {
  diag.disable();
  vi.unstubAllEnvs();
});

const bodiesOf = (exporter: HeldExporter): unknown[] => exporter.received.map(({ body }) => body);

describe('createBatchProcessor', () => {
  it('takes what an application logs in one go, eight times what OpenTelemetry would', async () => {
    const exporter = new HeldExporter();
    const processor = createBatchProcessor(exporter);
    emitterTo(processor)(16_384);
    await processor.shutdown();
    expect(processor.stats()).toEqual({
      emitted: 16_384,
      exported: 16_384,
      queued: 0,
      droppedQueueFull: 0,
      droppedShutDown: 0,
    });
    expect(Math.max(...exporter.batchSizes)).toBe(512);
  });

  it('reads OTEL_BLRP_*, and tells of a wrong one once for all processors', async () => {
    vi.stubEnv('OTEL_BLRP_MAX_EXPORT_BATCH_SIZE', '3');
    vi.stubEnv('OTEL_BLRP_MAX_QUEUE_SIZE', 'plenty');
    const lines = toldLines();
    const exporter = new HeldExporter();
    const processor = createBatchProcessor(exporter);
    createBatchProcessor(new HeldExporter());
    emitterTo(processor)(7);
    await processor.forceFlush();
    expect(exporter.batchSizes).toEqual([3, 3, 1]);
    expect(lines).toEqual([expect.stringContaining('OTEL_BLRP_MAX_QUEUE_SIZE is `plenty`')]);
  });

  it.each([undefined, {}, null])('refuses %j as an exporter', (exporter) => {
    expect(() => Reflect.apply(createBatchProcessor, undefined, [exporter])).toThrow(
      expect.objectContaining({ code: 'ERR_INVALID_OPTION' }),
    );
  });

  it.each([
    [{ onDrop: 5 }, 'Expected `onDrop` to be a function, got `5`'],
    [{ selfObsMeterProvider: 5 }, 'Expected `selfObsMeterProvider` to be a meter provider'],
    [{ selfObsMeterProvider: {} }, 'which has `getMeter`, got an object'],
  ])('refuses the options %j and says why', (options, message) => {
    const create = () =>
      Reflect.apply(createBatchProcessor, undefined, [new HeldExporter(), options]);
    expect(create).toThrow(
      expect.objectContaining({
        code: 'ERR_INVALID_OPTION',
        message: expect.stringContaining(message),
      }),
    );
  });

  it('tells of an option that it does not have, with the one that was probably meant', () => {
    const lines = toldLines();
    const options = { maxQueSize: 5, maxQueueSize: 1000, color: undefined, exporter: 'x' };
    createBatchProcessor(new HeldExporter(), options);
    expect(lines).toEqual([
      '[collectorless] createBatchProcessor: `maxQueSize` is ignored: there is no such option, did you mean `maxQueueSize`?',
      '[collectorless] createBatchProcessor: `exporter` is ignored: there is no such option',
    ]);
  });

  it('exports by time without a flush', async () => {
    const exporter = new HeldExporter();
    const processor = createBatchProcessor(exporter, { scheduledDelayMillis: 1 });
    emitterTo(processor)(2);
    await expect.poll(() => bodiesOf(exporter)).toEqual([0, 1]);
    await processor.shutdown();
  });
});

describe('forceFlush', () => {
  it('waits for what the exporter accepted before, though the queue is empty', async () => {
    await using services = await startLocalServices({ latencyMillis: 30 });
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      clientConfig: services.clientConfig,
    });
    const processor = createBatchProcessor(exporter, { maxExportBatchSize: 10 });
    emitterTo(processor)(10);
    await expect.poll(() => processor.stats().queued).toBe(0);
    expect(exporter.stats().delivered).toBe(0);
    await processor.forceFlush();
    expect(exporter.stats().delivered).toBe(10);
    await processor.shutdown();
  });

  it('hands all batches over before it waits for their delivery', async () => {
    await using services = await startLocalServices({ latencyMillis: 20 });
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      clientConfig: services.clientConfig,
    });
    const processor = createBatchProcessor(exporter, { maxExportBatchSize: 100 });
    emitterTo(processor)(3_000);
    await processor.forceFlush();
    // With a round trip for each batch it would be 30 requests.
    expect(exporter.stats()).toMatchObject({ delivered: 3_000, inFlight: 0 });
    expect(exporter.stats().requests).toBeLessThan(15);
    await processor.shutdown();
  });

  it('called during a flush, waits for what came before the call (trap of the real one: resolves at once)', async () => {
    const exporter = new HeldExporter();
    exporter.isHolding = true;
    const processor = createBatchProcessor(exporter);
    const log = emitterTo(processor);
    log(1);
    const first = processor.forceFlush();
    log(1);
    const second = processor.forceFlush().then(() => bodiesOf(exporter));
    await nextTurn();
    exporter.release();
    await first;
    expect(await second).toEqual([0, 1]);
    await processor.shutdown();
  });

  it('goes on working after an exporter rejected one (D-31), and never rejects itself', async () => {
    const lines = toldLines();
    const exporter = new HeldExporter();
    exporter.forceFlush = () => Promise.reject(new Error('no flush today'));
    const processor = createBatchProcessor(exporter);
    const log = emitterTo(processor);
    exporter.isHolding = true;
    log(600);
    await nextTurn();
    const flush = processor.forceFlush();
    exporter.release();
    await flush;
    log(1);
    await processor.forceFlush();
    expect(bodiesOf(exporter).length).toBe(601);
    expect(lines).toContainEqual(expect.stringContaining('no flush today'));
    await processor.shutdown();
  });

  it('survives an exporter that throws from export', async () => {
    const exporter = new HeldExporter();
    exporter.export = () => {
      throw new Error('no export today');
    };
    const processor = createBatchProcessor(exporter);
    emitterTo(processor)(1);
    await processor.forceFlush();
    expect(processor.stats()).toMatchObject({ exported: 1, queued: 0 });
    await processor.shutdown();
  });
});

describe('shutdown', () => {
  it('exports what was logged during a flush under way (the real one leaves it behind)', async () => {
    const exporter = new HeldExporter();
    exporter.isHolding = true;
    const processor = createBatchProcessor(exporter);
    const log = emitterTo(processor);
    log(1);
    const flush = processor.forceFlush();
    log(1);
    const end = processor.shutdown();
    await nextTurn();
    exporter.release();
    await Promise.all([flush, end]);
    expect(bodiesOf(exporter)).toEqual([0, 1]);
    expect(exporter.shutdowns).toBe(1);
  });

  it('happens once, and counts and tells of what is logged afterwards', async () => {
    const lines = toldLines();
    const exporter = new HeldExporter();
    const processor = createBatchProcessor(exporter);
    const log = emitterTo(processor);
    await Promise.all([processor.shutdown(), processor.shutdown()]);
    log(3);
    await processor.forceFlush();
    await expect
      .poll(() => lines)
      .toEqual([expect.stringMatching(/dropped 3 log records \(shut_down\) for batch-processor/u)]);
    expect(exporter.shutdowns).toBe(1);
    expect(processor.stats()).toMatchObject({ emitted: 3, exported: 0, droppedShutDown: 3 });
  });

  it('ends although a resource never gets its attributes, and leaves its records to be taken', async () => {
    const runtime = new FakeRuntime();
    const exporter = new HeldExporter();
    const processor = createBatchProcessor(exporter, {}, runtime);
    const stuck = Object.assign(createResource(), {
      asyncAttributesPending: true,
      waitForAsyncAttributes: () => new Promise<void>(() => {}),
    });
    const record = createLogRecord({ resource: stuck });
    Reflect.apply(processor.onEmit, processor, [record]);
    const end = processor.shutdown();
    await runtime.advanceUntil(end);
    expect(processor.takeQueued()).toEqual([record]);
    expect(processor.stats()).toMatchObject({ queued: 0, droppedShutDown: 1 });
    expect(runtime.holds).toBe(0);
  });
});

describe('takeQueued', () => {
  it('hands out once what waits, and does not export it any more', async () => {
    const exporter = new HeldExporter();
    exporter.isHolding = true;
    const processor = createBatchProcessor(exporter, { maxExportBatchSize: 2 });
    const log = emitterTo(processor);
    log(6);
    await nextTurn();
    const taken = processor.takeQueued();
    expect(taken.map(({ body }) => body)).toEqual([2, 3, 4, 5]);
    expect(processor.takeQueued()).toEqual([]);
    log(1);
    exporter.release();
    await processor.forceFlush();
    expect(bodiesOf(exporter)).toEqual([0, 1, 6]);
    expect(processor.stats()).toMatchObject({ emitted: 7, exported: 3, droppedShutDown: 4 });
    await processor.shutdown();
  });

  it('answers an export of nothing but such records without asking the exporter', async () => {
    const exporter = new HeldExporter();
    const processor = createBatchProcessor(exporter);
    emitterTo(processor)(2);
    processor.takeQueued();
    await processor.shutdown();
    expect(exporter.batchSizes).toEqual([]);
  });
});

describe('behind a provider that shares its records', () => {
  it('counts a record that is logged to two processors in each', async () => {
    const results: ExportResult[] = [];
    const exporter = new HeldExporter();
    const original = exporter.export.bind(exporter);
    exporter.export = (records, callback) =>
      original(records, (result) => {
        results.push(result);
        callback(result);
      });
    const first = createBatchProcessor(exporter);
    const second = createBatchProcessor(exporter);
    emitterTo({
      onEmit(record, context) {
        first.onEmit(record, context);
        second.onEmit(record, context);
        second.onEmit(record, context);
      },
      forceFlush: async () => {},
      shutdown: async () => {},
    })(5);
    await Promise.all([first.shutdown(), second.shutdown()]);
    expect(first.stats()).toMatchObject({ emitted: 5, exported: 5, queued: 0 });
    expect(second.stats()).toMatchObject({ emitted: 10, exported: 10, queued: 0 });
    expect(results.map(({ code }) => code)).toEqual([
      ExportResultCode.SUCCESS,
      ExportResultCode.SUCCESS,
    ]);
  });
});
