import type { HrTime } from '@opentelemetry/api';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { DecodedLogRecord } from '../../decode/index.ts';
import { ByteWriter } from '../../encode/byte-writer.ts';
import { jsonEncoder } from '../../encode/json-encoder.ts';
import { createValueText } from '../../encode/value-text.ts';
import { safeJson } from './safe-text.ts';

/** The encoder leaves out what is no time. */
const NO_TIME: HrTime = [Number.NaN, 0];

/** Makes a line of the `json` wire format of each record, with its line end. */
export function createJsonLine(): (record: DecodedLogRecord) => string {
  const encoder = jsonEncoder();
  const writer = new ByteWriter();
  const valueText = createValueText();
  return (record) => {
    const { part, sequence, staticFields, truncated } = record;
    writer.reset();
    encoder.write(readableRecord(record), writer, {
      ...(truncated && { truncated }),
      ...(part && { part }),
      ...(sequence && { sequence }),
    });
    const json = writer.buffer.toString('utf8', 0, writer.position);
    // An encoder has the same static fields for all records; here each record brings its own.
    const line = staticFields === undefined ? json : joined(json, valueText(staticFields));
    return `${safeJson(line)}\n`;
  };
}

function readableRecord(record: DecodedLogRecord): ReadableLogRecord {
  const { hrTime, hrTimeObserved } = record;
  const isTimeless = hrTime[0] === 0 && hrTime[1] === 0;
  const isNeverObserved = hrTimeObserved[0] === 0 && hrTimeObserved[1] === 0;
  const readable: object = {
    ...record,
    hrTime: isTimeless ? NO_TIME : hrTime,
    hrTimeObserved: isNeverObserved ? NO_TIME : hrTimeObserved,
  };
  return readable as ReadableLogRecord;
}

/** One object of the fields of two. */
function joined(one: string, other: string): string {
  if (one === '{}') return other;
  if (other === '{}') return one;
  return `${one.slice(0, -1)},${other.slice(1)}`;
}
