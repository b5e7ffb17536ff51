export { HttpLogRecordExporter } from './http-log-record-exporter.ts';
export type {
  HttpFraming,
  HttpHeadersFunction,
  HttpLogRecordExporterOptions,
  HttpOptions,
  HttpRequestGroup,
  UndiciDispatcher,
} from './http-log-record-exporter-options.ts';
export type { HttpAnswer, PartialAcceptance } from './partial-acceptance.ts';
export type { SumoLogicOptions } from './sumo-logic-headers.ts';
