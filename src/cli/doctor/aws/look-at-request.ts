import type { Subject } from '../check.ts';
import type { Failure } from '../diagnosis/diagnosis.ts';
import { sendTestRecord } from '../send-test-record.ts';
import { type AwsDestination, withAwsClient } from './aws-destination.ts';
import type { ObservedRequest } from './observed-request.ts';
import { ObservingHandler } from './observing-handler.ts';

/** Nothing waits for an answer here, but the SDK may wait for credentials. */
const MAX_LOOK_MILLIS = 15_000;

/** The first request of the exporter, signed and addressed by the SDK, that does not leave this process. */
export async function lookAtRequest(
  subject: Subject,
  destination: AwsDestination,
): Promise<{ readonly request: ObservedRequest } | { readonly failure: Failure }> {
  return withAwsClient(destination, subject.settings, async ({ config }) => {
    const handler = new ObservingHandler(config.requestHandler, { passesOn: false });
    const failure = await sendTestRecord(
      { ...subject, timeoutMillis: MAX_LOOK_MILLIS },
      { clientConfig: { requestHandler: handler } },
    );
    if (handler.last !== undefined) return { request: handler.last };
    return {
      failure: failure ?? { code: 'UnknownError', message: 'the exporter made no request' },
    };
  });
}
