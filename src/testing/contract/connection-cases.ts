import { strict as assert } from 'node:assert';
import { type ContractCase, contractRun, createLogRecords } from './contract-run.ts';

/** What becomes of records when the connection or the service fails. */
export const connectionCases: readonly ContractCase[] = [
  {
    name: 'sends again when the connection was lost before the service took the records',
    needs: ['acknowledges'],
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, services, assertArrivedOnce }) => {
        const records = createLogRecords(20);
        services.setFaults([{ kind: 'reset-before-accept', service: options.service, times: 1 }]);
        assert.equal(await send(records), 0);
        await exporter.forceFlush();
        assertArrivedOnce(records);
      }),
  },
  {
    name: 'loses nothing when the connection was lost after the service took the records',
    needs: ['acknowledges'],
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, services, assertArrived }) => {
        const records = createLogRecords(20);
        services.setFaults([{ kind: 'reset-after-accept', service: options.service, times: 1 }]);
        assert.equal(await send(records), 0);
        await exporter.forceFlush();
        assertArrived(records);
      }),
  },
  {
    name: 'loses nothing when an answer comes slowly',
    needs: ['acknowledges'],
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, services, assertArrivedOnce }) => {
        const records = createLogRecords(20);
        services.setFaults([
          { kind: 'slow-body', service: options.service, durationMillis: 100, times: 1 },
        ]);
        assert.equal(await send(records), 0);
        await exporter.forceFlush();
        assertArrivedOnce(records);
      }),
  },
  {
    name: 'fails within its time when the service never answers',
    needs: ['acknowledges'],
    run: (options) =>
      contractRun(
        options,
        async ({ exporter, export: send, services }) => {
          services.setFaults([{ kind: 'hang', service: options.service }]);
          const startedAt = performance.now();
          const code = await send(createLogRecords(5));
          await exporter.forceFlush();
          await exporter.shutdown();
          assert.equal(code, 1);
          assert.ok(performance.now() - startedAt < 5_000, 'took longer than its deadlines allow');
        },
        { timeoutMillis: 500, flushTimeoutMillis: 500, shutdownTimeoutMillis: 500 },
      ),
  },
  {
    name: 'delivers again after the service came back',
    needs: ['acknowledges'],
    run: (options) =>
      contractRun(options, async ({ exporter, export: send, services, assertArrivedOnce }) => {
        const records = createLogRecords(20);
        await services.pause();
        const sent = send(records);
        await services.resume();
        assert.equal(await sent, 0);
        await exporter.forceFlush();
        assertArrivedOnce(records);
      }),
  },
];
