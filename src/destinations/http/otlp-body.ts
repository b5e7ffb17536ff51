import { objectProperty } from '../../object-property.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { SendOutcome } from '../../send/send-outcome.ts';
import { ServiceError } from '../../service-error.ts';

const HEAD = Buffer.from('{"resourceLogs":[');
const TAIL = Buffer.from(']}');
const COMMA = Buffer.from(',');

/**
 * One `ExportLogsServiceRequest` of several `LogsData` messages, as both have the one field `resourceLogs`
 * (https://opentelemetry.io/docs/specs/otlp/#otlphttp-request). Nothing when a message has another form.
 */
export function mergeLogsData(entries: readonly PackedEntry[]): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  for (const { bytes } of entries) {
    const message = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const hasForm =
      message.length >= HEAD.length + TAIL.length &&
      message.subarray(0, HEAD.length).equals(HEAD) &&
      message.subarray(-TAIL.length).equals(TAIL);
    if (!hasForm) return undefined;
    pieces.push(pieces.length === 0 ? HEAD : COMMA, message.subarray(HEAD.length, -TAIL.length));
  }
  return Buffer.concat([...pieces, TAIL]);
}

/**
 * What an OTLP answer says of the records: how many were refused, but not which
 * (https://opentelemetry.io/docs/specs/otlp/#partial-success-1). So that number is booked as refused, and
 * none is sent again, as the specification demands.
 */
export function outcomeOfOtlpAnswer(body: string, entryCount: number): SendOutcome {
  const rejected = Math.min(entryCount, rejectedCountOf(body));
  if (rejected === 0) return { status: 'delivered' };
  const error = new ServiceError(`The service refused ${rejected} of ${entryCount} log records`, {
    code: 'PartialSuccess',
    httpStatusCode: 200,
  });
  return {
    status: 'partial',
    entries: Array.from({ length: entryCount }, (_, index) =>
      index < rejected
        ? { status: 'rejected', reason: 'rejected', error }
        : { status: 'delivered' },
    ),
  };
}

/** A 64-bit integer is a text in OTLP/JSON, and a number with some servers. */
function rejectedCountOf(body: string): number {
  try {
    const answer: unknown = JSON.parse(body);
    const partial = objectProperty(answer, 'partialSuccess');
    const count = Number(objectProperty(partial, 'rejectedLogRecords') ?? 0);
    return Number.isSafeInteger(count) && count > 0 ? count : 0;
  } catch {
    return 0;
  }
}
