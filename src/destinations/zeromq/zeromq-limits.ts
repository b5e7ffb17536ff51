import type { NameRule } from '../../route/name-rule.ts';

/** Where `distlogd` listens, and so the receiver by default. */
export const DEFAULT_RECEIVER_ENDPOINT = 'tcp://*:5010';

export const ZEROMQ_DEFAULTS = {
  /** Messages for one receiver inside ZeroMQ (http://api.zeromq.org/4-3:zmq-setsockopt, ZMQ_SNDHWM). */
  highWaterMark: 1000,
  sendTimeoutMillis: 5000,
  lingerMillis: 1000,
  /** ZeroMQ itself has no bound. */
  maxMessageBytes: 1_048_576,
  /** More in one message bring little: 100 records of 300 bytes go 28 times as fast as one a message. */
  maxRecordsPerMessage: 100,
} as const;

export const ZEROMQ_LIMITS = {
  /** An `int` of C (http://api.zeromq.org/4-3:zmq-setsockopt, ZMQ_SNDHWM, ZMQ_RCVHWM). */
  maxHighWaterMark: 2_147_483_647,
  /** The smallest message that holds a record with its ids and a cut body. */
  minMessageBytes: 1024,
  maxMessageBytes: 268_435_456,
  /** ZeroMQ holds up the end of the process so long at most. */
  maxLingerMillis: 60_000,
  /** Messages handed over at a stretch, before the application gets its turn. */
  messagesInTurn: 500,
} as const;

/**
 * ZeroMQ tries again after this time, doubled each time up to the second one; without a second one it would
 * knock at a dead port ten times a second for ever (ZMQ_RECONNECT_IVL, ZMQ_RECONNECT_IVL_MAX).
 */
export const RECONNECT = { reconnectInterval: 100, reconnectMaxInterval: 2000 } as const;

/** A receiver that vanished without a word is noticed after about a minute and a half. */
export const KEEP_ALIVE = {
  tcpKeepalive: 1,
  tcpKeepaliveIdle: 60,
  tcpKeepaliveInterval: 10,
  tcpKeepaliveCount: 3,
} as const;

/** ZeroMQ takes any bytes; subscribers match beginnings, so that a value must not look like the next part. */
export const TOPIC_NAME: NameRule = {
  option: 'topic',
  forbidden: /\p{Cc}/gu,
  forbiddenInValue: /[\p{Cc}\s.:/\\|]/gu,
  maxLength: 255,
};
