import { ExportResultCode } from '@opentelemetry/core';
import { MANIFESTS } from '../../destinations/manifests.ts';
import type { Drop } from '../../report/drop-reporter.ts';
import { createDestinationExporter } from '../../setup/create-destination-exporter.ts';
import type { OptionValues } from '../../setup/environment/build-options.ts';
import type { Subject } from './check.ts';
import type { Failure } from './diagnosis/diagnosis.ts';
import { failureOf, failureOfDrop } from './failure-of.ts';
import { createTestRecord } from './test-record.ts';

/** A wait that is longer than any deadline: the first answer is what is to be seen. */
const NO_RETRY_MILLIS = 2_147_483_647;

/** Sends one record through a real exporter; answers why it was not delivered. Never rejects. */
export async function sendTestRecord(
  subject: Subject,
  overrides: OptionValues,
): Promise<Failure | undefined> {
  const { environment, name, timeoutMillis } = subject;
  let drop: Drop | undefined;
  const created = await createDestinationExporter(
    name,
    environment,
    {
      acknowledge: 'delivered',
      timeoutMillis,
      shutdownTimeoutMillis: 1000,
      retry: {
        initialBackoffMillis: NO_RETRY_MILLIS,
        maxBackoffMillis: NO_RETRY_MILLIS,
        backoffMultiplier: 1,
      },
      onDrop: (lost: Drop) => {
        drop = lost;
      },
      ...overrides,
    },
    // The check of the configuration has told it.
    () => {},
  );
  if ('error' in created) return failureOf(created.error);
  const { exporter } = created;
  try {
    const record = createTestRecord(environment, Date.now());
    const result = await new Promise<Parameters<Parameters<typeof exporter.export>[1]>[0]>(
      (resolve) => {
        exporter.export([record], resolve);
      },
    );
    if (result.code === ExportResultCode.SUCCESS) return undefined;
    return drop === undefined ? failureOf(result.error) : failureOfDrop(drop);
  } finally {
    const closed = exporter.shutdown();
    if (MANIFESTS[name].sendsWhileClosing === true) await closed;
  }
}
