import {
  type Check,
  type Finding,
  failed,
  ok,
  type Subject,
  skipped,
} from '../../../cli/doctor/check.ts';
import { createNetworkChecks } from '../../../cli/doctor/network/network-checks.ts';
import { sendTestRecord } from '../../../cli/doctor/send-test-record.ts';
import { shakeHandsZeroMq } from './shake-hands-zeromq.ts';

/** The way to the receiver and the handshake with it, then the record. */
export function createZeroMqChecks(subject: Subject): readonly Check[] {
  const { bind = false, curve, endpoint } = subject.settings.options;
  const [dns, tcp] = createNetworkChecks(subject.timeoutMillis);
  const network = bind === true ? [] : [dns, tcp].filter((check) => check !== undefined);
  return [
    {
      step: 'endpoint',
      run: () =>
        ok(`${bind === true ? 'binds' : 'connects to'} ${String(endpoint)}`, {
          origin: String(endpoint),
          hasCurveKeys: curve !== undefined,
        }),
    },
    ...network,
    { step: 'handshake', run: () => shakeHands(subject) },
    { step: 'record', run: () => sendRecord(subject) },
  ];
}

async function shakeHands({ settings, timeoutMillis }: Subject): Promise<Finding> {
  const { bind, endpoint } = settings.options;
  if (bind === true) return skipped('the receiver is the one that connects');
  if (!String(endpoint).startsWith('tcp:')) return skipped('only over TCP');
  const failure = await shakeHandsZeroMq(settings.options, Math.min(timeoutMillis, 2000));
  return failure === undefined ? ok('the receiver takes messages of this socket') : failed(failure);
}

async function sendRecord(subject: Subject): Promise<Finding> {
  const { socketType } = subject.settings.options;
  const failure = await sendTestRecord(subject, { sendTimeoutMillis: subject.timeoutMillis / 2 });
  if (failure !== undefined) return failed(failure);
  const isPublisher = socketType === 'pub';
  const hint = 'PUB drops what nobody has subscribed to, and does not know of it';
  return { ...ok('handed over to ZeroMQ'), warnings: isPublisher ? [hint] : [] };
}
