import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLogRecord, type Fault } from '../../../src/testing/index.ts';
import { uidsIn } from './support/message-uids.ts';
import { uidsOf, withSqs } from './support/sqs-run.ts';

const operation = 'SendMessageBatch';
const beforeIsTaken: readonly Fault[] = [
  { kind: 'throttle', service: 'sqs', rate: 0.2 },
  { kind: 'service-unavailable', service: 'sqs', rate: 0.2 },
  { kind: 'internal-error', operation, rate: 0.2 },
  { kind: 'reset-before-accept', service: 'sqs', rate: 0.2 },
  { kind: 'expired-credentials', service: 'sqs', rate: 0.2 },
  { kind: 'not-found', service: 'sqs', rate: 0.2 },
  { kind: 'partial-failure', operation, rate: 0.5, fraction: 0.5 },
  { kind: 'wrong-checksum', operation, rate: 0.5 },
];
const answerIsLost: readonly Fault[] = [
  { kind: 'reset-after-accept', operation, rate: 0.2 },
  { kind: 'malformed-answer', operation, rate: 0.1 },
  { kind: 'malformed-answer', form: 'half', operation, rate: 0.1 },
];

const bodyBytes = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 2_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 70_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 200_000, max: 400_000 }) },
);
const scenario = fc.record({
  sizes: fc.array(bodyBytes, { minLength: 1, maxLength: 150 }),
  calls: fc.integer({ min: 1, max: 8 }),
  faults: fc.subarray([...beforeIsTaken]),
  lost: fc.subarray([...answerIsLost]),
  queueName: fc.constantFrom('logs', 'logs.fifo'),
  messageGroupId: fc.constantFrom(undefined, '{attributes.tenant}'),
  aggregation: fc.constantFrom('none', 'lines'),
  compression: fc.constantFrom('none', 'gzip'),
  messageAttributes: fc.constantFrom(undefined, { tenant: '{attributes.tenant}', app: 'shop' }),
  maxMessageBytes: fc.constantFrom(2_048, 65_536, 262_144, 1_048_576),
  maxMessagesPerRequest: fc.integer({ min: 1, max: 10 }),
  acknowledge: fc.constantFrom('accepted', 'delivered'),
  seed: fc.nat(),
});

it('whatever fails, every record arrives, none twice unless an answer was lost, each request legal', async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async ({ sizes, calls, faults, lost, seed, ...options }) => {
      const given = Object.fromEntries(
        Object.entries(options).filter(([, value]) => value !== undefined),
      );
      await withSqs(
        { ...given, encoding: 'json', timeoutMillis: 60_000 },
        async ({ exporter, messages, send, services }) => {
          services.setFaults([...faults, ...lost]);
          const sent = sizes.map((size, index) =>
            createLogRecord({
              body: 'x'.repeat(size),
              attributes: { tenant: ['a', 'b', 'c'][index % 3] ?? '' },
            }),
          );
          const perCall = Math.ceil(sent.length / calls);
          const codes: Promise<number>[] = [];
          for (let start = 0; start < sent.length; start += perCall) {
            codes.push(send(sent.slice(start, start + perCall)));
          }
          expect(new Set(await Promise.all(codes))).toEqual(new Set([0]));
          await exporter.forceFlush();
          const { delivered, dropped, inFlight } = exporter.stats();
          expect({ delivered, dropped, inFlight }).toEqual({
            delivered: sent.length,
            dropped: {},
            inFlight: 0,
          });
          const arrived = messages().flatMap((message) => uidsIn(message, options.compression));
          const wanted = uidsOf(sent).toSorted();
          expect([...new Set(arrived)].toSorted()).toEqual(wanted);
          const mayRepeat = lost.length > 0 && options.queueName === 'logs';
          if (!mayRepeat) expect(arrived.toSorted()).toEqual(wanted);
        },
        { seed },
      );
    }),
    { numRuns: 40, endOnFailure: true },
  );
});
