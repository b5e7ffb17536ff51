import { type Check, failed, ok, type Subject } from '../check.ts';
import type { Facts, Failure } from '../diagnosis/diagnosis.ts';
import { lookForTls } from '../network/tls-fact.ts';
import { sendTestRecord } from '../send-test-record.ts';
import { type AwsDestination, withAwsClient } from './aws-destination.ts';
import type { ObservedRequest } from './observed-request.ts';
import { ObservingHandler } from './observing-handler.ts';

const FOREIGN: Failure = {
  code: 'MalformedAnswer',
  message: 'The answer has neither a request id nor the media type of the service',
};

/** Sends the test record, and looks at the last request and its answer. */
export function createAwsRecordCheck(subject: Subject, destination: AwsDestination): Check {
  return {
    step: 'record',
    run: ({ origin }) =>
      withAwsClient(destination, subject.settings, async ({ config }) => {
        const handler = new ObservingHandler(config.requestHandler, { passesOn: true });
        const startMillis = performance.now();
        const failure = await sendTestRecord(subject, {
          clientConfig: { requestHandler: handler },
        });
        const tookMillis = Math.round(performance.now() - startMillis);
        const facts = handler.last === undefined ? {} : factsOf(destination, handler.last);
        // PutLogEvents needs no word in its answer, so that an empty 200 of any server passes for one.
        if (failure === undefined && facts.isOfService === false) return failed(FOREIGN, facts);
        if (failure === undefined) return ok(`delivered in ${tookMillis} ms`, facts);
        return failed(failure, { ...facts, ...(await lookForTls(origin, failure)) });
      }),
  };
}

function factsOf(destination: AwsDestination, request: ObservedRequest): Facts {
  const { answer, body, operation, origin } = request;
  const target = destination.targetOf(body);
  return {
    origin,
    action: destination.actions[operation],
    ...(target === undefined ? {} : { target }),
    clockOffsetMillis: answer?.clockOffsetMillis,
    answerType: answer?.mediaType,
    answerStatus: answer?.status,
    isOfService: answer?.isOfService,
  };
}
