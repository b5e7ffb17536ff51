import { onTestFinished } from 'vitest';
import { Push } from 'zeromq';
import {
  type ReceivedLog,
  type ReceiveProblem,
  type SequenceGap,
  ZeroMqLogReceiver,
  type ZeroMqLogReceiverOptions,
} from '../../../../../src/destinations/zeromq/index.ts';
import { closing } from '../../support/zeromq-run.ts';

interface Collected {
  readonly receiver: ZeroMqLogReceiver;
  readonly received: ReceivedLog[];
  readonly problems: ReceiveProblem[];
  readonly gaps: SequenceGap[];
}

/** A receiver that listens until the test ends, with all that it gives and tells. */
export async function collect(options: ZeroMqLogReceiverOptions = {}): Promise<Collected> {
  const received: ReceivedLog[] = [];
  const problems: ReceiveProblem[] = [];
  const gaps: SequenceGap[] = [];
  const receiver = new ZeroMqLogReceiver({
    endpoint: 'tcp://127.0.0.1:*',
    handlers: [{ match: () => true, handle: (data) => void received.push(data) }],
    onProblem: (problem) => problems.push(problem),
    onGap: (gap) => gaps.push(gap),
    ...options,
  });
  onTestFinished(() => receiver.close());
  await receiver.start();
  return { receiver, received, problems, gaps };
}

export function senderTo(receiver: ZeroMqLogReceiver): Push {
  const sender = closing(new Push({ linger: 0 }));
  sender.connect(receiver.endpoint ?? '');
  return sender;
}
