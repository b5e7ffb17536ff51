/**
 * Makes the calls of one candidate, its last argument as JSON. Told a number, it makes so many and answers
 * the main thread's CPU time of each in µs.
 */
import { taskOfChild } from '../support/in-child.ts';
import { mainThreadCpuMicros } from '../support/main-thread-cpu.ts';
import { type Patience, untilFullSpeed } from '../support/until-full-speed.ts';
import { type CallCandidate, type ClientConfig, createCall } from './call-candidates.ts';
import { CALL_CONTENTS, type CallName } from './call-contents.ts';

export interface CallTask extends Patience {
  readonly name: CallName;
  readonly candidate: CallCandidate;
  readonly clientConfig: ClientConfig;
}

const task = taskOfChild<CallTask>();
const { candidate, clientConfig, name } = task;
const content = CALL_CONTENTS.find((one) => one.name === name);
if (content === undefined) throw new Error(`No call is named ${name}`);
const call = createCall(candidate, content.make(), clientConfig);

process.on('message', async (calls: number) => {
  await untilFullSpeed(task);
  const before = mainThreadCpuMicros();
  for (let made = 0; made < calls; made += 1) await call();
  process.send?.((mainThreadCpuMicros() - before) / calls);
});
process.on('disconnect', () => process.exit());
