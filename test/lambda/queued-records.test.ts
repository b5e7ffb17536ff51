import { createLogRecord, createResource, startLocalServices } from 'collectorless/testing';
import { expect, it } from 'vitest';
import { withLogFlush } from '../../src/lambda/index.ts';
import { takeUndelivered } from '../../src/lambda/undelivered.ts';
import { remainderLines } from '../../src/setup/exit-guard/remainder-lines.ts';
import { LambdaBench } from './support/lambda-bench.ts';
import { lambdaRuntime } from './support/lambda-runtime.ts';

it('records that wait in the processor for their resource are written too', async () => {
  await using services = await startLocalServices();
  const bench = new LambdaBench(services);
  const stuck = Object.assign(createResource(), {
    asyncAttributesPending: true,
    waitForAsyncAttributes: () => new Promise<void>(() => {}),
  });
  const handler = withLogFlush(
    async () => {
      const record = createLogRecord({ body: 'stuck', resource: stuck });
      Reflect.apply(bench.processor.onEmit, bench.processor, [record]);
    },
    { flushTimeoutMillis: 50 },
    bench.surroundings,
  );
  await lambdaRuntime()(handler, '');
  expect(bench.written).toEqual(['stuck']);
  // Its processor stays as it is: a shutdown would wait for the resource.
  await bench.exporter.shutdown();
});

it('records that wait in the processor have the static fields of the exporter behind it', async () => {
  await using services = await startLocalServices();
  const bench = new LambdaBench(services, { staticFields: { team: 'a' } });
  bench.log('queued');
  const lines = takeUndelivered(bench.processor).flatMap((taken) => [...remainderLines(taken)]);
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ body: 'queued', team: 'a' }]);
  await bench.close();
});
