import { choiceOption, numberOption } from '../../exporter/check-option.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import type { PackLimits } from '../../pack/pack-limits.ts';
import type { PackedEntry } from '../../pack/packed-entry.ts';
import type { BodyMemory } from './body-memory.ts';
import { formOf } from './form-body.ts';
import { HTTP_LIMITS, SUMO_LOGIC_LIMITS } from './http-limits.ts';
import type { HttpLogRecordExporterOptions } from './http-log-record-exporter-options.ts';
import { mergeLogsData } from './otlp-body.ts';
import { type WireEncoding, wireEncodingOf } from './wire-encoding.ts';

/** How the records of one request become its body, or its query. */
export interface BodyFraming {
  readonly contentType: string;
  /** With them no body exceeds `maxRequestBytes`. */
  readonly limits: PackLimits;
  /** Bytes of a body. */
  readonly maxRequestBytes: number;
  /** Appended to each record of a text encoding. */
  readonly delimiter: string;
  readonly isInQuery: boolean;
  /** True when a body is the bytes of the entries, one after the other. */
  readonly isJoined: boolean;
  /** True when the answer may be one of OTLP/HTTP. */
  readonly isOtlp: boolean;
  /** @param memory Of a body that is made of bytes as they are. */
  toBody(entries: readonly PackedEntry[], memory: BodyMemory): Uint8Array;
}

type Frame = Pick<BodyFraming, 'contentType' | 'delimiter' | 'toBody'> & {
  readonly limitsFor: (maxRequestBytes: number, maxEntries: number) => PackLimits;
};

/** @throws InvalidOptionError for a framing that the encoding or the method has no place for. */
export function createBodyFraming(options: HttpLogRecordExporterOptions): BodyFraming {
  const encoding = wireEncodingOf(options.encoding);
  const method = choiceOption('method', options.method, ['POST', 'PUT', 'GET'], 'POST');
  const framing = choiceOption(
    'framing',
    options.framing,
    ['lines', 'array', 'single', 'form'],
    encoding.isOtlp ? 'array' : 'lines',
  );
  const isInQuery = method === 'GET';
  if (isInQuery && framing !== 'form') {
    throw new InvalidOptionError(
      `Expected \`framing: 'form'\` with \`method: 'GET'\`, which has no body, got '${framing}'`,
    );
  }
  if ((framing === 'array' || framing === 'form') && !encoding.isJson) {
    throw new InvalidOptionError(
      `Expected a JSON \`encoding\` with \`framing: '${framing}'\`, got '${encoding.name}': use \`framing: 'lines'\``,
    );
  }
  const maxRequestBytes = maxRequestBytesOf(options, isInQuery);
  const isOneRecord = framing === 'single' || framing === 'form';
  const maxEntries = numberOption(
    'maxRecordsPerRequest',
    options.maxRecordsPerRequest,
    isOneRecord ? 1 : HTTP_LIMITS.defaultMaxRecords,
    isOneRecord ? { min: 1, max: 1, because: `\`framing: '${framing}'\`` } : { min: 1 },
  );
  const { limitsFor, ...frame } = FRAMES[framing](encoding);
  return {
    ...frame,
    limits: limitsFor(maxRequestBytes, maxEntries),
    maxRequestBytes,
    isInQuery,
    isJoined: framing === 'lines',
    isOtlp: encoding.isOtlp && framing !== 'lines',
  };
}

function maxRequestBytesOf(options: HttpLogRecordExporterOptions, isInQuery: boolean): number {
  const min = HTTP_LIMITS.minMaxRequestBytes;
  if (options.preset === 'sumologic') {
    const max = SUMO_LOGIC_LIMITS.maxRequestBytes;
    const bounds = { min, max, because: 'a limit of Sumo Logic' };
    return numberOption('maxRequestBytes', options.maxRequestBytes, max, bounds);
  }
  const { defaultMaxQueryBytes, defaultMaxRequestBytes } = HTTP_LIMITS;
  const defaultBytes = isInQuery ? defaultMaxQueryBytes : defaultMaxRequestBytes;
  return numberOption('maxRequestBytes', options.maxRequestBytes, defaultBytes, { min });
}

const wholeRequest = (maxRequestBytes: number, maxEntries: number): PackLimits => ({
  maxEntries,
  maxRequestBytes,
  maxEntryBytes: maxRequestBytes,
});

const FRAMES = {
  lines: ({ contentType, isJson }: WireEncoding): Frame => ({
    contentType: isJson ? 'application/x-ndjson' : contentType,
    delimiter: '\n',
    toBody: (entries, memory) => memory.join(entries),
    limitsFor: wholeRequest,
  }),
  single: ({ contentType }: WireEncoding): Frame => ({
    contentType,
    delimiter: '',
    toBody: (entries, memory) => memory.join(entries),
    limitsFor: wholeRequest,
  }),
  array: ({ isOtlp }: WireEncoding): Frame => ({
    contentType: 'application/json',
    delimiter: '',
    toBody: (entries) => (isOtlp ? mergeLogsData(entries) : undefined) ?? arrayOf(entries),
    // `[` and `]` and a comma between two: one byte for each entry and one more.
    limitsFor: (maxRequestBytes, maxEntries) => ({
      maxEntries,
      maxRequestBytes: maxRequestBytes - 1,
      maxEntryBytes: maxRequestBytes - 2,
      entryOverheadBytes: 1,
    }),
  }),
  form: (): Frame => ({
    contentType: 'application/x-www-form-urlencoded',
    delimiter: '',
    toBody: ([entry]) => formOf(entry?.bytes ?? Buffer.alloc(0)),
    // Percent-encoding makes three bytes of one, at most.
    limitsFor: (maxRequestBytes) => wholeRequest(Math.floor(maxRequestBytes / 3), 1),
  }),
} as const;

function arrayOf(entries: readonly PackedEntry[]): Uint8Array {
  const comma = Buffer.from(',');
  const pieces = entries.flatMap((entry, index) =>
    index === 0 ? [entry.bytes] : [comma, entry.bytes],
  );
  return Buffer.concat([Buffer.from('['), ...pieces, Buffer.from(']')]);
}
