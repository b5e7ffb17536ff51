import { booleanOption, choiceOption, numberOption } from '../../exporter/check-option.ts';
import { InvalidOptionError } from '../../invalid-option-error.ts';
import { curveSettings } from './curve-option.ts';
import { endpointOption } from './endpoint-option.ts';
import { checkSocket, GivenSocket } from './given-socket.ts';
import { openOwnSocket } from './own-socket.ts';
import type { SendChannel } from './send-channel.ts';
import { ZEROMQ_DEFAULTS, ZEROMQ_LIMITS } from './zeromq-limits.ts';
import type { ZeroMqLogRecordExporterOptions } from './zeromq-log-record-exporter-options.ts';

const OWN_SOCKET_OPTIONS = [
  'endpoint',
  'socketType',
  'bind',
  'sendHighWaterMark',
  'lingerMillis',
  'curve',
] as const;

/** How to come to a socket: the given one, or one of our own at `endpoint`. @throws InvalidOptionError */
export function socketOpener(options: ZeroMqLogRecordExporterOptions): () => Promise<SendChannel> {
  const { socket } = options;
  if (socket !== undefined) {
    checkSocket(socket);
    const extra = OWN_SOCKET_OPTIONS.find((name) => options[name] !== undefined);
    if (extra !== undefined) {
      throw new InvalidOptionError(
        `Expected no \`${extra}\` with \`socket\`: a ready socket is used as it is`,
      );
    }
    return async () => new GivenSocket(socket);
  }
  const bind = booleanOption('bind', options.bind, false);
  const settings = {
    endpoint: endpointOption(options.endpoint, bind),
    socketType: choiceOption('socketType', options.socketType, ['push', 'pub'], 'push'),
    bind,
    // 0 would mean no bound at all.
    sendHighWaterMark: numberOption(
      'sendHighWaterMark',
      options.sendHighWaterMark,
      ZEROMQ_DEFAULTS.highWaterMark,
      { min: 1, max: ZEROMQ_LIMITS.maxHighWaterMark },
    ),
    lingerMillis: numberOption('lingerMillis', options.lingerMillis, ZEROMQ_DEFAULTS.lingerMillis, {
      min: 0,
      max: ZEROMQ_LIMITS.maxLingerMillis,
    }),
    curve: curveSettings(options.curve, bind),
  };
  return () => openOwnSocket(settings);
}
