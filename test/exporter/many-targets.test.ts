import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { DestinationLogRecordExporter } from '../../src/index.ts';
import { Lane } from '../../src/send/lane.ts';
import { createLogRecord } from '../../src/testing/index.ts';

const TARGETS = 200;

/** How often it is asked what any lane has in flight. Only counted: millions of calls noted would fill the memory. */
function countLooks(): { readonly count: number } {
  const looks = { count: 0 };
  const original = Object.getOwnPropertyDescriptor(Lane.prototype, 'inFlight') ?? {};
  Object.defineProperty(Lane.prototype, 'inFlight', {
    ...original,
    get() {
      looks.count += 1;
      return original.get?.call(this);
    },
  });
  onTestFinished(() => {
    Object.defineProperty(Lane.prototype, 'inFlight', original);
  });
  return looks;
}

it('of many targets each is looked at a few times for a request, not by each of the others', async () => {
  const looks = countLooks();
  const exporter = new DestinationLogRecordExporter({
    maxTargets: TARGETS,
    destination: {
      name: 'bench',
      targetNames: { stream: '{attributes.stream}' },
      async send() {
        await setImmediate();
        return { status: 'delivered' };
      },
    },
  });
  const records = Array.from({ length: TARGETS }, (_, index) =>
    createLogRecord({ attributes: { stream: `s${index}` } }),
  );
  exporter.export(records, () => {});
  await exporter.forceFlush();
  await exporter.shutdown();
  expect(exporter.stats().delivered).toBe(TARGETS);
  expect(looks.count / (TARGETS * TARGETS)).toBeLessThan(TARGETS / 10);
});
