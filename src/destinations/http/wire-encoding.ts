import { encodingContentOf } from '../../exporter/encoding-content.ts';
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

export function wireEncodingOf(encoding: HttpLogRecordExporterOptions['encoding']): WireEncoding {
  const { contentType, isText, name } = encodingContentOf(encoding);
  return {
    name,
    contentType,
    isText,
    isJson: isText && /^application\/(?:[\w.-]+\+)?json\b/iu.test(contentType),
    isOtlp: encoding === 'otlp-json',
  };
}
