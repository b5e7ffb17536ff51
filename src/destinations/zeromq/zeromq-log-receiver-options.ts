import type { DecodedLogRecord } from '../../decode/index.ts';
import type { EncodingName } from '../../exporter/exporter-options.ts';
import type { CurveOptions } from './curve-option.ts';

/** A log record that came in. */
export interface ReceivedLog {
  /** The first frame; empty for a message of one frame. */
  readonly topic: string;
  /** The record, as `collectorless/decode` gives it. */
  readonly record: DecodedLogRecord;
  /** Unix time in milliseconds. */
  readonly receivedAtMillis: number;
}

/** A plug-in of the receiver. */
export interface LogHandler {
  /** True for records that `handle` wants. */
  match(data: ReceivedLog): boolean | Promise<boolean>;
  /** The next record waits until it is done. */
  handle(data: ReceivedLog): void | Promise<void>;
}

/** A message that could not be read, or a handler that threw; the receiver goes on. */
export interface ReceiveProblem {
  readonly kind: 'damaged' | 'handler';
  readonly error: Error;
  readonly topic: string;
  /** The frame that is damaged. */
  readonly body?: Uint8Array;
}

/** Records of one sender and topic that did not come. */
export interface SequenceGap {
  /** The sender's id for the records it counts together. */
  readonly id: string;
  readonly topic: string;
  readonly firstMissing: number;
  readonly lastMissing: number;
}

/** The options of `ZeroMqLogReceiver`. */
export interface ZeroMqLogReceiverOptions {
  /**
   * Where to bind or connect: one address or several.
   * @defaultValue `tcp://*:5010` where the receiver binds
   */
  readonly endpoint?: string | readonly string[];
  /**
   * `pull` for senders with PUSH, `sub` for senders with PUB.
   * @defaultValue 'pull'
   */
  readonly socketType?: 'pull' | 'sub';
  /**
   * Listens instead of connecting.
   * @defaultValue true for `pull`, false for `sub`
   */
  readonly bind?: boolean;
  /**
   * Beginnings of the topics to subscribe to, with `sub`.
   * @defaultValue all topics
   */
  readonly topics?: readonly string[];
  /**
   * Get every record they match, in their order, as soon as the receiver is started. Without handlers the
   * receiver is read with `for await`.
   * @defaultValue none
   */
  readonly handlers?: readonly LogHandler[];
  /**
   * The encoding of all bodies.
   * @defaultValue by the topic's last letter where it is one of the default topics, else by the looks of
   * each body
   */
  readonly encoding?: EncodingName;
  /**
   * Messages of one sender that wait inside ZeroMQ, 1 to 2,147,483,647.
   * @defaultValue 1000
   */
  readonly receiveHighWaterMark?: number;
  /**
   * Bytes of a frame, also decompressed; a sender of a larger one is disconnected by ZeroMQ. The records of a
   * frame may hold about four times as much memory. 1,024 to 268,435,456.
   * @defaultValue 67108864
   */
  readonly maxMessageBytes?: number;
  /** Keys for encryption. Default none. */
  readonly curve?: CurveOptions;
  /**
   * Hears of damaged messages and of handlers that throw. May be async: it is not waited for.
   * @defaultValue a warning in OpenTelemetry's `diag`
   */
  readonly onProblem?: (problem: ReceiveProblem) => void;
  /**
   * Hears of records that are missing. Tells the truth where one receiver gets all records of a topic: PUSH
   * with several receivers spreads them. May be async: it is not waited for.
   */
  readonly onGap?: (gap: SequenceGap) => void;
}

/** What came in since the start. */
export interface ReceiverStats {
  readonly messages: number;
  readonly records: number;
  /** Messages with something in them that could not be read. */
  readonly damaged: number;
  /** Numbers that were left out. */
  readonly missing: number;
  readonly handlerErrors: number;
}
