import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { expect, it } from 'vitest';
import type { BuiltInDestination } from '../../src/exporter/built-in-destination.ts';
import type { DestinationRequest } from '../../src/exporter/destination.ts';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import { entryCountOf } from '../../src/exporter/each-entry.ts';
import type { PackLimits } from '../../src/pack/pack-limits.ts';
import type { SendOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { FakeRuntime } from '../support/fake-runtime.ts';
import { JOINING } from './support/joining-destination.ts';

const MIB = 1_048_576;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Memory of buffers that somebody still holds. */
async function heldMebibytes(): Promise<number> {
  for (let round = 0; round < 4; round += 1) {
    collectGarbage();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().arrayBuffers / MIB;
}

const recordOf = (characters: number, tenant = 'a'): ReadableLogRecord =>
  createLogRecord({ body: 'x'.repeat(characters), attributes: { tenant } });

const recordsOf = (count: number): ReadableLogRecord[] =>
  Array.from({ length: count }, () => recordOf(1000));

function createExporter(
  send: (request: DestinationRequest) => SendOutcome,
  limits: Partial<PackLimits> = {},
  acknowledge: 'accepted' | 'delivered' = 'accepted',
) {
  const runtime = new FakeRuntime();
  const destination: BuiltInDestination = {
    ...JOINING,
    targetNames: { name: '{attributes.tenant}' },
    limits: { ...JOINING.limits, ...limits },
    send: (request) => Promise.resolve(send(request)),
  };
  const retry = { initialBackoffMillis: 1_000_000, maxBackoffMillis: 1_000_000 };
  const exporter = new DestinationLogRecordExporter(
    { destination, encoding: 'json', acknowledge, retry, timeoutMillis: 3_000_000 },
    runtime,
  );
  return { exporter, runtime };
}

it('quiet targets do not hold their last record once it is delivered', async () => {
  const { exporter, runtime } = createExporter(() => ({ status: 'delivered' }));
  const before = await heldMebibytes();
  for (let tenant = 0; tenant < 100; tenant += 1) {
    exporter.export([recordOf(1_000_000, `tenant ${tenant}`)], () => {});
    await runtime.advanceUntil(exporter.forceFlush());
  }
  expect(exporter.stats()).toMatchObject({ delivered: 100, bufferedBytes: 0 });
  expect((await heldMebibytes()) - before).toBeLessThan(30);
  await runtime.advanceUntil(exporter.shutdown());
});

it('a quiet target does not hold the call with which its last record came', async () => {
  const { exporter, runtime } = createExporter(() => ({ status: 'delivered' }), {}, 'delivered');
  const held: WeakRef<object>[] = [];
  const call = (): void => {
    const records = [recordOf(10)];
    held.push(new WeakRef(records));
    exporter.export(records, () => records.length);
  };
  call();
  await runtime.advanceUntil(exporter.forceFlush());
  await heldMebibytes();
  expect(exporter.stats().delivered).toBe(1);
  expect(held.map((records) => records.deref())).toEqual([undefined]);
});

it('a small request that waits for its retry does not hold the memory of the large ones before it', async () => {
  const { exporter, runtime } = createExporter(({ entries }) =>
    entryCountOf(entries) === 1
      ? { status: 'retryable', error: new Error('Later') }
      : { status: 'delivered' },
  );
  const before = await heldMebibytes();
  for (let round = 0; round < 100; round += 1) {
    for (const count of [700, 700, 1]) {
      exporter.export(recordsOf(count), () => {});
      await runtime.advance(2_000);
    }
  }
  expect(exporter.stats().inFlight).toBe(100);
  expect((await heldMebibytes()) - before).toBeLessThan(30);
  await runtime.advanceUntil(exporter.shutdown());
});

it('what is to be sent again of a request does not hold the rest of it, nor does the error', async () => {
  const aggregate = { maxLines: 100, maxBytes: 100_000 };
  const { exporter, runtime } = createExporter(
    ({ entries }) => ({
      status: 'partial',
      entries: entries.map((_, index) =>
        index === 0 ? { status: 'retryable', error: new Error('Later') } : { status: 'delivered' },
      ),
    }),
    { aggregate },
  );
  const before = await heldMebibytes();
  for (let round = 0; round < 60; round += 1) {
    exporter.export(recordsOf(900), () => {});
    await runtime.advance(2_000);
  }
  const { bufferedBytes } = exporter.stats();
  expect(bufferedBytes).toBeGreaterThan(5 * MIB);
  expect((await heldMebibytes()) - before).toBeLessThan(25);
  await runtime.advanceUntil(exporter.shutdown());
});
