import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FirehoseLogRecordExporter } from 'collectorless/firehose';
import { createLogRecord, type LocalServices, startLocalServices } from 'collectorless/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { exportAll } from './export-all.ts';

let services: LocalServices;

afterEach(() => services.close());

const RECORDS = [createLogRecord(), createLogRecord(), createLogRecord()];

describe('a service that never answers', () => {
  test('fails the export with `timeout` at its deadline when the callback waits for delivery', async () => {
    services = await startLocalServices({ faults: [{ kind: 'hang' }] });
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      acknowledge: 'delivered',
      timeoutMillis: 150,
      clientConfig: services.clientConfig,
    });
    const [result] = await exportAll(exporter, RECORDS);
    expect(result).toMatchObject({ code: 1, error: { code: 'timeout', counts: { timeout: 3 } } });
    expect(exporter.stats().dropped).toEqual({ timeout: 3 });
    await exporter.shutdown();
  });

  test('leaves a count of `timeout` when the callback does not wait', async () => {
    services = await startLocalServices({ faults: [{ kind: 'hang' }] });
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      timeoutMillis: 150,
      clientConfig: services.clientConfig,
    });
    const [result] = await exportAll(exporter, RECORDS);
    expect(result).toMatchObject({ code: 0 });
    await exporter.forceFlush();
    expect(exporter.stats().dropped).toEqual({ timeout: 3 });
    await exporter.shutdown();
  });

  test('does not hold up flush and shutdown beyond their bounds', async () => {
    services = await startLocalServices({ faults: [{ kind: 'hang' }] });
    const exporter = new FirehoseLogRecordExporter({
      deliveryStreamName: 'logs',
      flushTimeoutMillis: 50,
      shutdownTimeoutMillis: 50,
      clientConfig: services.clientConfig,
    });
    await exportAll(exporter, RECORDS);
    await exporter.forceFlush();
    expect(exporter.stats().inFlight).toBe(3);
    await exporter.shutdown();
    expect(exporter.stats()).toMatchObject({ inFlight: 0, dropped: { shut_down: 3 } });
  });

  test.each(['firehose', 'cloudwatch-logs'])(
    'does not keep the process alive (%s)',
    async (name) => {
      services = await startLocalServices({ faults: [{ kind: 'hang' }] });
      const script = fileURLToPath(new URL('export-and-end.ts', import.meta.url));
      const child = spawn(process.execPath, [script, name, JSON.stringify(services.clientConfig)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let resources = '';
      child.stdout.on('data', (chunk: Buffer) => {
        resources += chunk.toString();
      });
      const code = await new Promise((resolve) => child.on('close', resolve));
      expect(code).toBe(0);
      expect(resources).not.toMatch(/Timeout|TCP/u);
      expect(services.requests.length).toBeGreaterThan(0);
    },
  );
});
