import { expect, test } from 'vitest';
import { DestinationLogRecordExporter } from '../../src/index.ts';

const send = async (): Promise<void> => {};

test('compression is refused where the destination does not say that it compresses', () => {
  expect(
    () =>
      new DestinationLogRecordExporter({
        destination: { name: 'mine', send },
        compression: 'gzip',
      }),
  ).toThrow(/Expected no `compression`, got 'gzip': the destination `mine`/u);
});

test('compression is left to a destination that compresses', () => {
  const destination = { name: 'mine', compresses: true, send };
  expect(
    () => new DestinationLogRecordExporter({ destination, compression: 'gzip' }),
  ).not.toThrow();
});

test('a compression that is none is refused by name', () => {
  const options = { destination: { name: 'mine', send }, compression: 'bogus' };
  expect(() => Reflect.construct(DestinationLogRecordExporter, [options])).toThrow(
    /Expected `compression` to be one of 'none', 'gzip', 'zstd', got `'bogus'`/u,
  );
});
