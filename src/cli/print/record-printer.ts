import type { DecodedLogRecord } from '../../decode/index.ts';
import type { CliIo } from '../cli-io.ts';
import type { AttributeRule } from '../filter/attribute-rule.ts';
import { createRecordFilter } from '../filter/record-filter.ts';
import { createRecordFormat } from './format-record.ts';
import { createJsonLine } from './json-line.ts';
import { writeText } from './write-text.ts';

/** Options of every command that prints records, as the command line gives them. */
export interface PrintOptions {
  readonly json?: boolean;
  readonly utc?: boolean;
  readonly limit?: number;
  readonly minSeverity?: number;
  readonly attribute?: readonly AttributeRule[];
  readonly grep?: string;
}

/** Prints the records that pass the filters, up to the limit. */
export class RecordPrinter {
  readonly #io: CliIo;
  readonly #isShown: (record: DecodedLogRecord) => boolean;
  readonly #toText: (record: DecodedLogRecord) => string;
  #left: number;

  constructor(io: CliIo, options: PrintOptions) {
    const isUtc = options.utc === true;
    const format = createRecordFormat({ isColorful: io.isColorful, isUtc });
    this.#io = io;
    this.#toText = options.json === true ? createJsonLine() : format;
    this.#isShown = createRecordFilter({
      minSeverity: options.minSeverity,
      attributes: options.attribute,
      text: options.grep,
      toText: createRecordFormat({ isColorful: false, isUtc }),
    });
    this.#left = options.limit ?? Number.POSITIVE_INFINITY;
  }

  /** True when there is nothing more to print. */
  get isDone(): boolean {
    return this.#left <= 0 || this.#io.stdout.destroyed;
  }

  /** Answers whether the record was printed. */
  async print(record: DecodedLogRecord): Promise<boolean> {
    if (this.isDone || !this.#isShown(record)) return false;
    this.#left -= 1;
    await writeText(this.#io.stdout, this.#toText(record), this.#io.signal);
    return true;
  }
}
