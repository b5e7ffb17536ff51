import { strict as assert } from 'node:assert';
import { RECORD_OPERATIONS } from '../aws-services.ts';
import { createHostileLogRecords } from '../records/create-hostile-log-records.ts';
import { createLogRecord, uidOf } from '../records/create-log-record.ts';
import { type ContractCase, contractRun, createLogRecords } from './contract-run.ts';

/** What becomes of records when the service is well, busy, or takes only some. */
export const deliveryCases: readonly ContractCase[] = [
  {
    name: 'delivers every record once',
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, assertArrivedOnce }) => {
        const records = createLogRecords(1_200);
        const codes = await Promise.all([
          send(records.slice(0, 700)),
          send(records.slice(700, 701)),
          send(records.slice(701)),
        ]);
        await exporter.forceFlush();
        assert.deepEqual(codes, [0, 0, 0]);
        assertArrivedOnce(records);
      }),
  },
  {
    name: 'calls back with success for an empty batch and makes no request',
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, services }) => {
        assert.equal(await send([]), 0);
        await exporter.forceFlush();
        assert.equal(services.requests.length, 0);
      }),
  },
  {
    name: 'sends again after the service throttled it',
    needs: ['acknowledges'],
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, services, assertArrivedOnce }) => {
        const records = createLogRecords(20);
        services.setFaults([{ kind: 'throttle', service: options.service, times: 2 }]);
        assert.equal(await send(records), 0);
        await exporter.forceFlush();
        assertArrivedOnce(records);
      }),
  },
  {
    name: 'sends again after the service was unavailable and failed inside',
    needs: ['acknowledges'],
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, services, assertArrivedOnce }) => {
        const records = createLogRecords(20);
        const { service } = options;
        services.setFaults([
          { kind: 'service-unavailable', service, times: 1 },
          { kind: 'internal-error', service, times: 1, operation: operationOf(service) },
        ]);
        assert.equal(await send(records), 0);
        await exporter.forceFlush();
        assertArrivedOnce(records);
      }),
  },
  {
    name: 'sends only the failed entries again after a partial failure',
    needs: ['partialFailure'],
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, services, assertArrivedOnce }) => {
        const records = createLogRecords(9);
        services.setFaults([
          { kind: 'partial-failure', service: options.service, entries: [0, 4], times: 1 },
        ]);
        assert.equal(await send(records), 0);
        await exporter.forceFlush();
        assertArrivedOnce(records);
      }),
  },
  {
    name: 'a record too large for the service does not take its neighbours with it',
    needs: ['sizeLimit'],
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, assertArrivedOnce }) => {
        const neighbours = createLogRecords(2);
        const tooLarge = createLogRecord({ body: 'x'.repeat(6_000_000) });
        const code = await send([...neighbours.slice(0, 1), tooLarge, ...neighbours.slice(1)]);
        await exporter.forceFlush();
        assert.equal(code, 1);
        assertArrivedOnce(neighbours);
      }),
  },
  {
    name: 'hostile records neither throw nor take their neighbours with them',
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, services }) => {
        const hostile = createHostileLogRecords(1, 120);
        const neighbours = createLogRecords(hostile.length);
        await send(
          hostile.flatMap((record, index) => [record, ...neighbours.slice(index, index + 1)]),
        );
        await exporter.forceFlush();
        const arrived = new Set(options.arrived(services).map(uidOf));
        const missing = neighbours.filter((record) => !arrived.has(uidOf(record)));
        assert.deepEqual(missing.map(uidOf), []);
      }),
  },
];

/** An HTTP destination may use any method; the others have one operation that carries records. */
function operationOf(service: string): string {
  const operations: Readonly<Record<string, string>> = RECORD_OPERATIONS;
  return operations[service] ?? 'POST';
}
