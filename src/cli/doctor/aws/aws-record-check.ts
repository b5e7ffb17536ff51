import { type Check, failed, ok, type Subject } from '../check.ts';
import type { Facts, Failure } from '../diagnosis/diagnosis.ts';
import { lookForTls } from '../network/tls-fact.ts';
import { sendTestRecord } from '../send-test-record.ts';
import { type AwsDestinationName, withAwsClient } from './aws-clients.ts';
import { actionOf, type ObservedRequest, targetOf } from './observed-request.ts';
import { ObservingHandler } from './observing-handler.ts';

const FOREIGN: Failure = {
  code: 'MalformedAnswer',
  message: 'The answer has neither a request id nor the media type of the service',
};

/** Sends the test record, and looks at the last request and its answer. */
export function createAwsRecordCheck(subject: Subject, name: AwsDestinationName): Check {
  return {
    step: 'record',
    run: ({ origin }) =>
      withAwsClient(name, subject.settings, async ({ config }) => {
        const handler = new ObservingHandler(config.requestHandler, { passesOn: true });
        const startMillis = performance.now();
        const failure = await sendTestRecord(subject, {
          clientConfig: { requestHandler: handler },
        });
        const tookMillis = Math.round(performance.now() - startMillis);
        const facts = handler.last === undefined ? {} : factsOf(name, handler.last);
        // PutLogEvents needs no word in its answer, so that an empty 200 of any server passes for one.
        if (failure === undefined && facts.isOfService === false) return failed(FOREIGN, facts);
        if (failure === undefined) return ok(`delivered in ${tookMillis} ms`, facts);
        return failed(failure, { ...facts, ...(await lookForTls(origin, failure)) });
      }),
  };
}

function factsOf(name: AwsDestinationName, request: ObservedRequest): Facts {
  const { answer, operation, origin } = request;
  const target = targetOf(request);
  return {
    origin,
    action: actionOf(name, operation),
    ...(target === undefined ? {} : { target }),
    clockOffsetMillis: answer?.clockOffsetMillis,
    answerType: answer?.mediaType,
    answerStatus: answer?.status,
    isOfService: answer?.isOfService,
  };
}
