import { expect, it } from 'vitest';
import { isApplicationThread } from '../../../src/setup/is-application-thread.ts';

const main = { isMainThread: true, parentPort: null, workerData: null };
const worker = { isMainThread: false, parentPort: {}, workerData: undefined };
const transport = {
  filename: 'file:///app/node_modules/pino/file.js',
  workerData: { $context: { threadStreamVersion: '4.2.1' }, destination: 1 },
};

it.each([
  ['the main thread', main, true],
  ['a worker of the application', worker, true],
  ['a worker that was given data', { ...worker, workerData: { workerData: 'rows' } }, true],
  ["the thread of Node's module hooks", { ...worker, parentPort: null }, false],
  ['the worker of a pino transport', { ...worker, workerData: transport }, false],
])('knows %s', (_, facts, isApplication) => {
  expect(isApplicationThread(facts)).toBe(isApplication);
});
