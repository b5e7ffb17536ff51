/**
 * Makes the calls of one candidate, its last argument as JSON. Told a number, it makes so many and answers
 * the main thread's CPU time of each in µs.
 */
import { taskOfChild } from '../support/in-child.ts';
import { untilFullSpeed } from '../support/machine-speed.ts';
import { mainThreadCpuMicros } from '../support/main-thread-cpu.ts';
import { type CallCandidate, type ClientConfig, createCall } from './call-candidates.ts';
import { CALL_CONTENTS, type CallName } from './call-contents.ts';

export interface CallTask {
  readonly name: CallName;
  readonly candidate: CallCandidate;
  readonly clientConfig: ClientConfig;
  /** For how long somebody else who slows the processor down is waited for. */
  readonly patienceMillis: number;
}

const { candidate, clientConfig, name, patienceMillis } = taskOfChild<CallTask>();
const content = CALL_CONTENTS.find((one) => one.name === name);
if (content === undefined) throw new Error(`No call is named ${name}`);
const call = createCall(candidate, content.make(), clientConfig);

process.on('message', async (calls: number) => {
  await untilFullSpeed(patienceMillis);
  const before = mainThreadCpuMicros();
  for (let made = 0; made < calls; made += 1) await call();
  process.send?.((mainThreadCpuMicros() - before) / calls);
});
process.on('disconnect', () => process.exit());
