import { expect, it } from 'vitest';
import { DestinationLogRecordExporter } from '../../src/exporter/destination-log-record-exporter.ts';
import type { Drop } from '../../src/index.ts';
import { readableError } from '../../src/send/readable-error.ts';
import { createLogRecord } from '../../src/testing/records/create-log-record.ts';

const PROPERTIES = ['name', 'message', 'code', 'httpStatusCode', 'cause'];

function errorThatThrowsAt(property: string): Error {
  return Object.defineProperty(new Error('x'), property, {
    get() {
      throw new Error('getter');
    },
  });
}

it('an error is the one that it was', () => {
  const error = new Error('x');
  expect(readableError(error, 'other')).toBe(error);
});

it('what is no error becomes one that tells it', () => {
  expect(readableError('text', 'The sender threw')).toMatchObject({
    message: 'The sender threw',
    cause: 'text',
  });
});

it('an error that cannot even be asked what it is becomes another one', () => {
  const { proxy, revoke } = Proxy.revocable(new Error('x'), {});
  revoke();
  expect(readableError(proxy, 'other').message).toContain('cannot be read');
});

/** Of types that nobody expects, where its message does not stand in for them. */
function errorWithout(property: string, value: unknown): Error {
  return Object.assign(new Error('x'), { message: '', [property]: value });
}

const WRONG_VALUES: readonly [string, unknown][] = [
  ['a symbol', Symbol('wrong')],
  ['no text', Object.create(null)],
];
const ANSWERS = ['rejected', 'partial', 'retryable', 'thrown'] as const;

const ERRORS: readonly [string, Error][] = PROPERTIES.flatMap((property) => [
  [`\`${property}\` throws`, errorThatThrowsAt(property)],
  ...WRONG_VALUES.map(([what, value]): [string, Error] => [
    `\`${property}\` is ${what}`,
    errorWithout(property, value),
  ]),
]);

it.each(ERRORS.flatMap(([what, error]) => ANSWERS.map((answer) => [what, answer, error] as const)))(
  'an error of the application whose %s, %s, keeps no record from being counted',
  async (_, answer, error) => {
    const reason = 'rejected' as const;
    const told: Drop[] = [];
    const exporter = new DestinationLogRecordExporter({
      timeoutMillis: 300,
      onDrop: (drop) => void told.push(drop),
      retry: { initialBackoffMillis: 1, maxBackoffMillis: 5, backoffMultiplier: 1 },
      destination: {
        name: 'own',
        async send() {
          if (answer === 'thrown') throw error;
          if (answer === 'partial')
            return { status: answer, entries: [{ status: 'rejected', reason, error }] };
          return answer === 'rejected'
            ? { status: answer, reason, error }
            : { status: answer, error };
        },
      },
    });
    exporter.export([createLogRecord({ body: 'one' })], () => {});
    await exporter.forceFlush();
    expect(told).toMatchObject([{ count: 1 }]);
    const { bufferedBytes, dropped, inFlight } = exporter.stats();
    expect({ bufferedBytes, inFlight }).toEqual({ bufferedBytes: 0, inFlight: 0 });
    expect(Object.values(dropped)).toEqual([1]);
    await exporter.shutdown();
  },
);
