import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { createLogRecord } from '../../../src/testing/index.ts';
import { type TestOptions, withHttp } from './support/with-http.ts';

const rejects = (): never => Promise.reject(new Error('bug of the application')) as never;

const cases: readonly (readonly [string, TestOptions, fate: 'delivered' | 'invalid'])[] = [
  ['groupBy', { groupBy: rejects }, 'delivered'],
  ['a function for the url', { url: () => rejects }, 'invalid'],
  ['a function for a header', { headers: { 'x-a': rejects } }, 'delivered'],
  ['sumo.name', { preset: 'sumologic', sumo: { name: rejects } }, 'delivered'],
  ['sumo.fields', { preset: 'sumologic', sumo: { fields: { team: rejects } } }, 'delivered'],
  ['partialAcceptance', { partialAcceptance: rejects }, 'delivered'],
  ['onDrop', { url: () => () => 'nowhere', onDrop: rejects }, 'invalid'],
  [
    'an own encoder',
    { encoding: { name: 'own', contentType: 'text/plain', isText: true, encode: rejects } },
    'invalid',
  ],
];

it.each(cases)('%s that rejects does not end the application', async (_, options, fate) => {
  const unhandled: unknown[] = [];
  const note = (thrown: unknown): void => void unhandled.push(thrown);
  process.on('unhandledRejection', note);
  onTestFinished(() => void process.off('unhandledRejection', note));
  await withHttp(options, async ({ exporter, send }) => {
    await send([createLogRecord()]);
    const { delivered, dropped } = exporter.stats();
    expect({ delivered, ...dropped }).toEqual(
      fate === 'delivered' ? { delivered: 1 } : { delivered: 0, invalid: 1 },
    );
  });
  await nextTurn();
  expect(unhandled).toEqual([]);
});
