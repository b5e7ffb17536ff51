import { setTimeout } from 'node:timers/promises';
import type { LocalServices } from 'collectorless/testing';
import { destinations } from './destinations.ts';

const MAX_WAIT_MILLIS = 3_000;

/**
 * ZeroMQ has no answers: when the app has ended, its last messages may still be in this process's socket.
 * What is missing after this time is missing for good.
 */
export async function waitForArrival(services: LocalServices, lineCount: number): Promise<void> {
  const endMillis = performance.now() + MAX_WAIT_MILLIS;
  const isMissing = (): boolean =>
    destinations.some(({ storedRecords }) => storedRecords(services).length < lineCount);
  while (isMissing() && performance.now() < endMillis) await setTimeout(50);
}
