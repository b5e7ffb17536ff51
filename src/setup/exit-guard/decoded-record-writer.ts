import { isDeepStrictEqual } from 'node:util';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { DecodedLogRecord } from '../../decode/index.ts';
import { ByteWriter } from '../../encode/byte-writer.ts';
import { jsonEncoder } from '../../encode/json-encoder.ts';
import type { EncodingNote, RecordWriter } from '../../encode/log-record-encoder.ts';

/** Writes decoded records as lines of the `json` encoding, with what their own encoding said of them. */
export class DecodedRecordWriter {
  readonly #writer = new ByteWriter();
  #staticFields: DecodedLogRecord['staticFields'];
  #encoder: RecordWriter = jsonEncoder();

  line(decoded: DecodedLogRecord): string {
    const record: object = decoded;
    this.#writer.reset();
    this.#encoderFor(decoded).write(record as ReadableLogRecord, this.#writer, noteOf(decoded));
    return this.#writer.buffer.toString('utf8', 0, this.#writer.position);
  }

  /** They are the same in all records of an exporter. */
  #encoderFor({ staticFields }: DecodedLogRecord): RecordWriter {
    if (!isDeepStrictEqual(staticFields, this.#staticFields)) {
      this.#encoder = jsonEncoder(staticFields === undefined ? {} : { staticFields });
      this.#staticFields = staticFields;
    }
    return this.#encoder;
  }
}

function noteOf({ part, sequence, truncated }: DecodedLogRecord): EncodingNote {
  return {
    ...(truncated !== undefined && { truncated }),
    ...(part !== undefined && { part }),
    ...(sequence !== undefined && { sequence }),
  };
}
