import { workerData } from 'node:worker_threads';

/** A worker of the application, with a guard of its own where the application has one. */
const log: (body: string) => void = Reflect.get(globalThis, 'log') ?? (() => {});
log(`${workerData} in worker`);
if (workerData === 'exits') process.exit(3);
if (workerData === 'throws') throw new RangeError('Thrown in worker');
