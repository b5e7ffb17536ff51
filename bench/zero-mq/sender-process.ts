/** Sends records as fast as they go, in a process of its own, to a receiver in another one. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { answerParent, taskOfChild } from '../support/in-child.ts';
import { mainThreadCpuMicros } from '../support/main-thread-cpu.ts';
import { untilFullSpeed } from '../support/until-full-speed.ts';
import { FORMS } from './forms.ts';
import type { SenderMeasurement, SenderTask } from './sender-task.ts';
import { SENDERS } from './senders.ts';

const WARM_UP_MILLIS = 300;

answerParent(await measure(taskOfChild()));

async function measure(task: SenderTask): Promise<SenderMeasurement> {
  const { form: name, by, seconds } = task;
  const form = FORMS.find((one) => one.name === name);
  if (form === undefined) throw new Error(`There is no form ${name}`);
  const receiver = fork(new URL('receiver-process.ts', import.meta.url), []);
  const [endpoint] = await once(receiver, 'message');
  const { send, end } = await SENDERS[by](endpoint, form);
  await untilFullSpeed(task);
  const warmUpEnd = performance.now() + (seconds > 1 ? WARM_UP_MILLIS : 0);
  while (performance.now() < warmUpEnd) await send();
  const allArrived = once(receiver, 'message');
  const cpu = mainThreadCpuMicros();
  const start = performance.now();
  let records = 0;
  while (performance.now() - start < seconds * 1000) records += await send();
  await end();
  const mainMicros = mainThreadCpuMicros() - cpu;
  await allArrived;
  receiver.disconnect();
  return { records, seconds: (performance.now() - start) / 1000, mainMicros };
}
