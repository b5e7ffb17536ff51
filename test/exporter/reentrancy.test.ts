import { expect, it } from 'vitest';
import type { EntryOutcome } from '../../src/send/send-outcome.ts';
import { createLogRecord } from '../../src/testing/index.ts';
import { bodies, ExporterBench, isSuccess } from '../support/exporter-bench.ts';

it('records exported while a record is encoded come after it, each once', async () => {
  const bench: ExporterBench = new ExporterBench({
    encoding: {
      name: 'chatty',
      contentType: 'text/plain',
      isText: true,
      encode({ body }) {
        if (body === 'body-1') bench.export(['from the encoder']);
        return String(body);
      },
    },
  });
  const call = bench.export(bodies(3));
  await bench.flush();
  expect(bench.texts).toEqual(['body-0', 'body-1', 'body-2', 'from the encoder']);
  expect(bench.calls.map(isSuccess)).toEqual([true, true]);
  expect(call.answers).toBe(1);
  expect(bench.stats).toMatchObject({ exported: 4, delivered: 4, dropped: {} });
});

it('records exported from onDrop or from a name function are taken too', async () => {
  const bench: ExporterBench = new ExporterBench({
    encoding: {
      name: 'strict',
      contentType: 'text/plain',
      isText: true,
      encode({ body }) {
        if (body === 'bad') throw new Error('bad');
        return String(body);
      },
    },
    onDrop: ({ reason }) => void bench.export([reason]),
    destination: {
      targetNames: {
        name({ body }) {
          if (body === 'loud') bench.export(['from the name']);
          return 'target';
        },
      },
    },
  });
  bench.export(['loud', 'bad', 'good']);
  await bench.flush();
  expect(bench.texts).toEqual(['loud', 'good', 'from the name', 'invalid']);
  expect(bench.stats).toMatchObject({ exported: 5, delivered: 4, dropped: { invalid: 1 } });
});

it('a target stays open for its answer, also when onDrop exports to one for which there is no place', async () => {
  const refused: EntryOutcome = { status: 'rejected', reason: 'rejected' };
  const bench: ExporterBench = new ExporterBench({
    maxTargets: 1,
    destination: { targetNames: { name: '{attributes.tenant}' } },
    onDrop: () => void bench.export(['told'], { attributes: { tenant: 'b' } }),
    send: ({ index, texts }) =>
      index === 0
        ? {
            status: 'partial',
            entries: texts.map((text) => (text === 'bad' ? refused : { status: 'retryable' })),
          }
        : { status: 'delivered' },
  });
  bench.export(['bad', 'good'], { attributes: { tenant: 'a' } });
  await bench.flush();
  expect(bench.texts.toSorted()).toEqual(['bad', 'good', 'good', 'told']);
  expect(bench.stats).toMatchObject({ delivered: 2, dropped: { rejected: 1 }, inFlight: 0 });
});

it.each(['takeBack', 'abandon'] as const)(
  '%s from onDrop leaves out the record that is being dropped',
  async (how) => {
    let handedBack = 0;
    const bench: ExporterBench = new ExporterBench({
      limits: { maxEntryBytes: 100 },
      oversize: 'drop',
      onDrop: ({ reason }) => {
        if (reason !== 'too_large') return;
        const { entries, records } = bench.exporter[how]();
        handedBack = entries.length + records.length;
      },
    });
    const call = bench.export(['a', 'b', 'x'.repeat(1000), 'd', 'e']);
    await bench.runtime.settle();
    expect(handedBack).toBe(4);
    expect([call.answers, isSuccess(call)]).toEqual([1, false]);
    expect(bench.stats).toMatchObject({ dropped: { too_large: 1, shut_down: 4 }, inFlight: 0 });
  },
);

it('a getter that takes everything back has its own record delivered, once', async () => {
  const body = {
    get text(): string {
      bench.exporter.takeBack();
      return 'text';
    },
  };
  const bench: ExporterBench = new ExporterBench({ encoding: 'json' });
  bench.exportRecords([createLogRecord(), createLogRecord({ body }), createLogRecord()]);
  await bench.runtime.settle();
  bench.export(['later']);
  await bench.flush();
  expect(bench.imbalance()).toBe(0);
  expect(bench.stats).toMatchObject({ delivered: 2, dropped: { shut_down: 2 }, inFlight: 0 });
});
