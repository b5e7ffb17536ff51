import type { Pull, Subscriber } from 'zeromq';
import { booleanOption, choiceOption, numberOption } from '../../exporter/check-option.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { shownOption } from '../../shown-option.ts';
import { type CurveSettings, curveSettings } from './curve-option.ts';
import { endpointOption } from './endpoint-option.ts';
import { importZeroMq } from './import-zeromq.ts';
import {
  DEFAULT_RECEIVER_ENDPOINT,
  KEEP_ALIVE,
  RECONNECT,
  ZEROMQ_DEFAULTS,
  ZEROMQ_LIMITS,
} from './zeromq-limits.ts';
import type { ZeroMqLogReceiverOptions } from './zeromq-log-receiver-options.ts';

export interface ReceiverSocketSettings {
  readonly endpoints: readonly string[];
  readonly socketType: 'pull' | 'sub';
  readonly bind: boolean;
  readonly topics: readonly string[];
  readonly receiveHighWaterMark: number;
  readonly maxMessageBytes: number;
  readonly curve: CurveSettings | undefined;
}

const DEFAULT_MAX_MESSAGE_BYTES = 67_108_864;

/** @throws InvalidOptionError */
export function receiverSocketSettings(options: ZeroMqLogReceiverOptions): ReceiverSocketSettings {
  const socketType = choiceOption('socketType', options.socketType, ['pull', 'sub'], 'pull');
  const bind = booleanOption('bind', options.bind, socketType === 'pull');
  const { endpoint = bind ? DEFAULT_RECEIVER_ENDPOINT : undefined } = options;
  const endpoints: readonly unknown[] = Array.isArray(endpoint) ? endpoint : [endpoint];
  if (endpoints.length === 0) {
    throw new InvalidOptionError('Expected `endpoint` to be one address or more, got none');
  }
  return {
    endpoints: endpoints.map((address) => endpointOption(address, bind)),
    socketType,
    bind,
    topics: topicsOf(options, socketType),
    receiveHighWaterMark: numberOption(
      'receiveHighWaterMark',
      options.receiveHighWaterMark,
      ZEROMQ_DEFAULTS.highWaterMark,
      { min: 1, max: ZEROMQ_LIMITS.maxHighWaterMark },
    ),
    maxMessageBytes: numberOption(
      'maxMessageBytes',
      options.maxMessageBytes,
      DEFAULT_MAX_MESSAGE_BYTES,
      { min: ZEROMQ_LIMITS.minMessageBytes, max: ZEROMQ_LIMITS.maxMessageBytes },
    ),
    curve: curveSettings(options.curve, bind),
  };
}

/** Makes a socket that is bound or connecting. Rejects when an address is taken or cannot be. */
export async function openReceiverSocket(
  settings: ReceiverSocketSettings,
): Promise<Pull | Subscriber> {
  const { Pull, Subscriber } = await importZeroMq();
  const common = {
    linger: 0,
    receiveHighWaterMark: settings.receiveHighWaterMark,
    maxMessageSize: settings.maxMessageBytes,
    ...RECONNECT,
    ...KEEP_ALIVE,
    ...settings.curve,
  };
  const socket = settings.socketType === 'sub' ? new Subscriber(common) : new Pull(common);
  try {
    if (socket instanceof Subscriber) socket.subscribe(...settings.topics);
    for (const endpoint of settings.endpoints) {
      if (settings.bind) await socket.bind(endpoint);
      else socket.connect(endpoint);
    }
    return socket;
  } catch (error) {
    socket.close();
    throw error;
  }
}

function topicsOf({ topics }: ZeroMqLogReceiverOptions, socketType: 'pull' | 'sub'): string[] {
  if (topics === undefined) return [];
  if (!Array.isArray(topics) || !topics.every((topic) => typeof topic === 'string')) {
    throw new InvalidOptionError(
      `Expected \`topics\` to be an array of texts, got ${shownOption(topics)}`,
    );
  }
  if (socketType === 'pull') {
    throw new InvalidOptionError(
      "Expected no `topics` with `socketType: 'pull'`, which gets every topic: use `match` of a handler",
    );
  }
  return [...topics];
}
