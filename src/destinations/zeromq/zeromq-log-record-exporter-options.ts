import type { LogRecordExporterOptions } from '../../exporter/exporter-options.ts';
import type { NameOption } from '../../route/target-name.ts';
import type { CurveOptions } from './curve-option.ts';
import type { PerformanceRule } from './performance-option.ts';
import type { ZeroMqSocket } from './send-channel.ts';

/** The options of `ZeroMqLogRecordExporter`. */
export type ZeroMqLogRecordExporterOptions = LogRecordExporterOptions &
  ZeroMqMessageOptions &
  (ZeroMqOwnSocketOptions | ZeroMqGivenSocketOptions);

/** What goes into a message. */
export interface ZeroMqMessageOptions {
  /**
   * The first frame: a text, a template such as `logs.{service.name}`, or a function of the record.
   * @defaultValue three letters as in `distlog`: `T`, `S` or `P` for test, staging or production by the
   * resource's `deployment.environment.name`; `L` for a log, `P` for a measurement; `J` for JSON, `M` for
   * MessagePack
   */
  readonly topic?: NameOption;
  /**
   * Which records have the letter `P` for performance in the default topic.
   * @defaultValue those with a number in the attribute `duration`, `duration_ms` or `event.duration`
   */
  readonly performance?: PerformanceRule;
  /**
   * `lines` puts several records into one body frame, as lines or as MessagePack one after the other.
   * Much faster; receivers must know of it.
   * @defaultValue 'none'
   */
  readonly aggregation?: 'none' | 'lines';
  /**
   * Records in one message with `aggregation: 'lines'`, 1 or more.
   * @defaultValue 100
   */
  readonly maxRecordsPerMessage?: number;
  /**
   * Bytes of a body frame before compression, 1,024 to 268,435,456. A larger record is treated as
   * `oversize` says.
   * @defaultValue 1048576
   */
  readonly maxMessageBytes?: number;
  /**
   * Each record carries its number among those of this process to its topic (`sequence: { id, number }`), so
   * that a receiver sees when one is missing. The encoding `body` has no place for it.
   * @defaultValue true
   */
  readonly sequence?: boolean;
  /**
   * How long one attempt waits for a receiver to take messages, in milliseconds, 1 to 2,147,483,647. Then the
   * records wait for another attempt, until `timeoutMillis` is over.
   * @defaultValue 5000
   */
  readonly sendTimeoutMillis?: number;
}

/** A socket that the exporter makes on first use and closes. */
export interface ZeroMqOwnSocketOptions {
  /** Where to connect or bind: `tcp://logs.example:5010`, `ipc:///run/logs.sock`. */
  readonly endpoint: string;
  readonly socket?: never;
  /**
   * `push` hands each message to one receiver and waits for it; `pub` hands it to all that have subscribed,
   * and drops it without a word for those that do not keep up.
   * @defaultValue 'push'
   */
  readonly socketType?: 'push' | 'pub';
  /**
   * Listens at `endpoint` instead of connecting to it.
   * @defaultValue false
   */
  readonly bind?: boolean;
  /**
   * Messages for one receiver inside ZeroMQ, 1 to 2,147,483,647.
   * @defaultValue 1000
   */
  readonly sendHighWaterMark?: number;
  /**
   * How long `shutdown` lets ZeroMQ send what it holds, in milliseconds, 0 to 60,000.
   * @defaultValue 1000
   */
  readonly lingerMillis?: number;
  /** Keys for encryption. Default none. */
  readonly curve?: CurveOptions;
}

/** A socket of the application, ready to send. It stays yours: the exporter never closes it. */
export interface ZeroMqGivenSocketOptions {
  readonly socket: ZeroMqSocket;
  readonly endpoint?: never;
  readonly socketType?: never;
  readonly bind?: never;
  readonly sendHighWaterMark?: never;
  readonly lingerMillis?: never;
  readonly curve?: never;
}
