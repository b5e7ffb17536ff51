import { type Check, failed, ok, type Subject } from '../../../cli/doctor/check.ts';
import { lookForTls } from '../../../cli/doctor/network/tls-fact.ts';
import { sendTestRecord } from '../../../cli/doctor/send-test-record.ts';
import { observeAnswers } from './observe-answers.ts';

const WEB_PAGE = 'text/html';

/** Sends the test record, and looks at the answer. */
export function createHttpRecordCheck(subject: Subject): Check {
  return {
    step: 'record',
    async run({ origin }) {
      const startMillis = performance.now();
      const { last, result: failure } = await observeAnswers(origin, () =>
        sendTestRecord(subject, {}),
      );
      const tookMillis = Math.round(performance.now() - startMillis);
      const facts = {
        clockOffsetMillis: last?.clockOffsetMillis,
        answerType: last?.mediaType,
      };
      if (failure !== undefined) {
        return failed(failure, { ...facts, ...(await lookForTls(origin, failure)) });
      }
      const isPage = last?.mediaType === WEB_PAGE;
      const hint = 'the answer is a web page: is this the address that takes logs?';
      return { ...ok(`accepted in ${tookMillis} ms`, facts), warnings: isPage ? [hint] : [] };
    },
  };
}
