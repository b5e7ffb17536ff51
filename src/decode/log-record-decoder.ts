import type { EncodingName } from '../encode/encodings.ts';
import { isMap } from '../is-map.ts';
import { DecodeError } from './decode-error.ts';
import { maxHeldBytes } from './decode-options.ts';
import type { DecodedLogRecord, ValueMap } from './decoded-log-record.ts';
import { emptyRecord } from './decoded-log-record.ts';
import { JsonUnits } from './json-units.ts';
import { LineUnits } from './line-units.ts';
import { MsgpackUnits } from './msgpack-units.ts';
import { type Joined, PartJoiner } from './part-joiner.ts';
import { isDistlog, readDistlog } from './read-distlog.ts';
import { readFlatDocument } from './read-flat-document.ts';
import { readForm } from './read-form.ts';
import { readLogsData } from './read-logs-data.ts';
import { type Framing, framingOf } from './sniff.ts';
import type { Unit, UnitReader } from './unit.ts';

export interface LogRecordDecoderOptions {
  readonly encoding: EncodingName | undefined;
  /** Bytes of one record, and of all parts that wait for their siblings. */
  readonly maxRecordBytes: number;
  readonly onError: (error: DecodeError) => void;
}

/** Turns uncompressed bytes into records, as they come. */
export class LogRecordDecoder {
  readonly #options: LogRecordDecoderOptions;
  readonly #joiner: PartJoiner;
  #framing: Framing = 'json';
  #units: UnitReader | undefined;
  /** Where the document begins that was read last. */
  position = 0;

  constructor(options: LogRecordDecoderOptions) {
    this.#options = options;
    this.#joiner = new PartJoiner(options.maxRecordBytes);
  }

  /** Each record is made when it is asked for: they may hold much more memory than the bytes. */
  push(bytes: Uint8Array): Iterable<DecodedLogRecord> {
    if (bytes.length === 0) return [];
    this.#units ??= this.#createUnits(bytes);
    return this.#readAll(this.#units.push(bytes));
  }

  *end(): Generator<DecodedLogRecord, void> {
    yield* this.#readAll(this.#units?.end() ?? []);
    yield* this.giveUp();
  }

  /** The parts that wait for their siblings, when what is left of the bytes is not read any more. */
  giveUp(): Iterable<DecodedLogRecord> {
    return this.#takeJoined(this.#joiner.end());
  }

  #createUnits(bytes: Uint8Array): UnitReader {
    const { encoding, maxRecordBytes } = this.#options;
    this.#framing = framingOf(bytes, encoding);
    switch (this.#framing) {
      case 'json':
        return new JsonUnits(maxRecordBytes);
      case 'msgpack':
        return new MsgpackUnits(maxRecordBytes);
      case 'form':
      case 'lines':
        return new LineUnits(maxRecordBytes);
    }
  }

  *#readAll(units: Iterable<Unit>): Generator<DecodedLogRecord, void> {
    for (const unit of units) {
      this.position = unit.position;
      if ('error' in unit) {
        this.#options.onError(unit.error);
        continue;
      }
      for (const record of this.#read(unit.position, unit.value)) {
        yield* this.#takeJoined(this.#joiner.add(record, unit.position, unit.bytes));
      }
    }
  }

  *#read(position: number, value: unknown): Generator<DecodedLogRecord, void> {
    try {
      if (this.#framing === 'lines') {
        yield { ...emptyRecord(), body: value };
        return;
      }
      const maxBytes = maxHeldBytes(this.#options.maxRecordBytes);
      const document = this.#framing === 'form' ? readForm(String(value), maxBytes) : value;
      if (!isMap(document)) throw new TypeError('Expected an object');
      yield* readDocument(document, this.#options.encoding);
    } catch (cause) {
      this.#options.onError(new DecodeError('A document that is no record', position, { cause }));
    }
  }

  #takeJoined(joined: readonly Joined[]): DecodedLogRecord[] {
    return joined.flatMap(({ error, records }) => {
      if (error !== undefined) this.#options.onError(error);
      return records;
    });
  }
}

function readDocument(
  document: ValueMap,
  encoding: EncodingName | undefined,
): Iterable<DecodedLogRecord> {
  if (encoding === 'otlp-json' || (encoding === undefined && 'resourceLogs' in document)) {
    return readLogsData(document);
  }
  if (encoding === 'distlog-json' || (encoding === undefined && isDistlog(document))) {
    return [readDistlog(document)];
  }
  return [readFlatDocument(document)];
}
