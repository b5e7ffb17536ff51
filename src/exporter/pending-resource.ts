import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';

/** The record's resource while detectors still look for some of its attributes. */
export function pendingResourceOf(
  record: ReadableLogRecord,
): ReadableLogRecord['resource'] | undefined {
  try {
    return record.resource.asyncAttributesPending === true ? record.resource : undefined;
  } catch {
    // It is counted as invalid where it is packed.
    return undefined;
  }
}

export async function waitForAttributes(resource: ReadableLogRecord['resource']): Promise<void> {
  await resource.waitForAsyncAttributes?.();
}
