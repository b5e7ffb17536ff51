import type { CliIo } from '../../../cli/cli-io.ts';
import type { EncodingOptions } from '../../../cli/print/encoding-options.ts';
import type { Messages } from '../../../cli/print/messages.ts';
import { importPackage } from '../../../cli/tail/import-package.ts';
import type { RecordBatch } from '../../../cli/tail/record-batch.ts';
import { withTime } from '../../../cli/tail/with-time.ts';
import { withUsersOptions } from '../../../cli/tail/with-users-options.ts';
import { UserError } from '../../../cli/user-error.ts';
import { describeError } from '../../../describe-error.ts';
import type { SequenceGap, ZeroMqLogReceiver } from '../index.ts';
import { curveKeys } from './curve-keys.ts';

export interface ZeroMqSourceOptions extends Pick<EncodingOptions, 'encoding'> {
  readonly sub?: boolean;
  readonly connect?: boolean;
  readonly bind?: boolean;
  readonly topic?: readonly string[];
}

/** Receives as `distlogd` does: PULL that listens, unless told otherwise. */
export async function* zeroMqSource(
  endpoint: string,
  options: ZeroMqSourceOptions,
  io: CliIo,
  messages: Messages,
): AsyncGenerator<RecordBatch> {
  if (options.topic !== undefined && options.sub !== true) {
    throw new UserError('--topic needs --sub: PULL gets every topic', { exitCode: 2 });
  }
  const isBound = options.connect !== true && (options.bind === true || options.sub !== true);
  const receiver = await createReceiver(endpoint, isBound, options, io, messages);
  const close = (): void => void receiver.close();
  io.signal.addEventListener('abort', close);
  try {
    await start(receiver, `${isBound ? 'listen at' : 'connect to'} ${endpoint}`);
    messages.note(`${isBound ? 'listening at' : 'connecting to'} ${receiver.endpoint ?? endpoint}`);
    for await (const { receivedAtMillis, record } of receiver) {
      yield { records: [withTime(record, receivedAtMillis)] };
    }
  } finally {
    io.signal.removeEventListener('abort', close);
    await receiver.close();
  }
}

async function createReceiver(
  endpoint: string,
  isBound: boolean,
  { encoding, sub, topic }: ZeroMqSourceOptions,
  io: CliIo,
  messages: Messages,
): Promise<ZeroMqLogReceiver> {
  await importPackage('zeromq', 'tail zeromq', () => import('zeromq'));
  const { ZeroMqLogReceiver } = await import('../index.ts');
  const curve = curveKeys(io.environment);
  return withUsersOptions(
    () =>
      new ZeroMqLogReceiver({
        endpoint,
        socketType: sub === true ? 'sub' : 'pull',
        bind: isBound,
        ...(topic === undefined ? {} : { topics: topic }),
        ...(encoding === undefined ? {} : { encoding }),
        ...(curve === undefined ? {} : { curve }),
        onProblem: (problem) =>
          messages.warn(`${problem.topic || 'a message'}: ${problem.error.message}`),
        onGap: (gap) => messages.warn(gapSentence(gap)),
      }),
  );
}

async function start(receiver: ZeroMqLogReceiver, what: string): Promise<void> {
  try {
    await receiver.start();
  } catch (cause) {
    throw new UserError(`cannot ${what}: ${describeError(cause)}`, { cause });
  }
}

function gapSentence({ firstMissing, lastMissing, topic }: SequenceGap): string {
  const numbers =
    firstMissing === lastMissing
      ? `number ${firstMissing}`
      : `numbers ${firstMissing} to ${lastMissing}`;
  return `${topic}: missing records, ${numbers} of their sender`;
}
