import type { HttpLogRecordExporterOptions } from './http-log-record-exporter-options.ts';

/** What HTTP needs to know of an encoding. */
export interface WireEncoding {
  readonly name: string;
  /** Of one record alone. */
  readonly contentType: string;
  readonly isText: boolean;
  /** Each record is a JSON value. */
  readonly isJson: boolean;
  /** Each record is a `LogsData` message of OTLP/JSON. */
  readonly isOtlp: boolean;
}

const JSON_TYPE = 'application/json';
const KNOWN: Readonly<Record<string, Pick<WireEncoding, 'contentType' | 'isText'>>> = {
  json: { contentType: JSON_TYPE, isText: true },
  'otlp-json': { contentType: JSON_TYPE, isText: true },
  'distlog-json': { contentType: JSON_TYPE, isText: true },
  body: { contentType: 'text/plain; charset=utf-8', isText: true },
  msgpack: { contentType: 'application/vnd.msgpack', isText: false },
};

export function wireEncodingOf(encoding: HttpLogRecordExporterOptions['encoding']): WireEncoding {
  // What is neither a name nor an encoder is refused where encoders are made.
  const own = typeof encoding === 'object' && encoding !== null ? encoding : undefined;
  const name = own?.name ?? String(encoding ?? 'json');
  const { contentType, isText } = own ?? KNOWN[name] ?? { contentType: JSON_TYPE, isText: true };
  return {
    name,
    contentType,
    isText,
    isJson: isText && /^application\/(?:[\w.-]+\+)?json\b/iu.test(contentType),
    isOtlp: encoding === 'otlp-json',
  };
}
