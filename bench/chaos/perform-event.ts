import { setTimeout as wait } from 'node:timers/promises';
import type { AppFleet } from './app-fleet.ts';
import { EXPORTER_NAMES } from './chaos-exporters.ts';
import type { Step } from './chaos-plan.ts';
import type { Disturbances } from './disturbances.ts';
import { limitFileSize } from './file-size-limit.ts';
import type { ServicesProcess } from './services-process.ts';
import type { SmallDisk } from './small-disk.ts';
import { emptyFolder } from './spool-folder.ts';

export interface ChaosScene {
  readonly services: ServicesProcess;
  readonly fleet: AppFleet;
  readonly disturbances: Disturbances;
  readonly directory: string;
  readonly disk: SmallDisk | undefined;
}

const HOUR_MILLIS = 3_600_000;
const CLOCK_JUMPS = [-24, -1, -0.1, 0.1, 1, 3].map((hours) => hours * HOUR_MILLIS);
/** What could not be written down or deleted on a disk that failed is tried again every ten seconds. */
const TIDY_MILLIS = 12_000;
/** A process that starts on a busy machine. */
const START_MILLIS = 30_000;
const LOOK_MILLIS = 50;
/** Two living processes may take over what a dead one left; the one that is slower has it soon. */
const ADOPTION_MILLIS = 2000;

/** Does what the step says, and writes down what it may cost. */
export async function performEvent(step: Step, scene: ChaosScene): Promise<void> {
  const { directory, disk, disturbances, fleet, services } = scene;
  const { chance, durationMillis } = step;
  const slot = Math.floor(chance * fleet.size);
  const startMillis = Date.now();
  let costsAnswers = true;
  let costsSockets = false;
  let aftermathMillis = 0;
  switch (step.event) {
    case 'nothing':
      costsAnswers = false;
      await wait(durationMillis);
      break;
    case 'kill -9 of the app':
      costsSockets = true;
      await fleet.kill(slot);
      await wait(durationMillis);
      break;
    case 'kill -9 of the app in an outage':
      costsSockets = true;
      await services.order({ do: 'pause' });
      await wait(durationMillis / 2);
      await fleet.kill(slot);
      await wait(durationMillis / 2);
      await services.order({ do: 'resume' });
      break;
    case 'SIGTERM to the app':
      costsSockets = true;
      await fleet.restart(slot);
      await wait(durationMillis);
      break;
    case 'SIGSTOP of the app':
    case 'long SIGSTOP of the app':
      fleet.app(slot).signal('SIGSTOP');
      await wait(durationMillis);
      fleet.app(slot).signal('SIGCONT');
      break;
    case 'SIGSTOP of the services':
      services.signal('SIGSTOP');
      await wait(durationMillis);
      services.signal('SIGCONT');
      break;
    case 'restart of the services':
      costsSockets = true;
      await services.order({ do: 'pause' });
      await wait(durationMillis);
      await services.order({ do: 'resume' });
      break;
    case 'file size limit of the app': {
      aftermathMillis = TIDY_MILLIS;
      const { pid } = fleet.app(slot);
      if (pid !== undefined) limitFileSize(pid, true);
      await wait(durationMillis);
      if (pid !== undefined) limitFileSize(pid, false);
      break;
    }
    case 'full disk':
      aftermathMillis = TIDY_MILLIS;
      disk?.fill();
      await wait(durationMillis);
      disk?.empty();
      break;
    case 'clock jump of the app': {
      costsAnswers = false;
      const clockOffsetMillis = CLOCK_JUMPS[Math.floor(((chance * 97) % 1) * CLOCK_JUMPS.length)];
      fleet.app(slot).jump({ clockOffsetMillis: clockOffsetMillis ?? HOUR_MILLIS });
      await wait(durationMillis);
      fleet.app(slot).jump({ clockOffsetMillis: 0 });
      break;
    }
    case 'spool directory emptied':
      // What dead processes left would be gone without a trace, until living ones have taken it over.
      await untilAtWork(fleet);
      emptyFolder(directory);
      // Until everyone has found out, or a kill would take the knowledge of the loss with it.
      await wait(durationMillis);
      break;
  }
  const endMillis = Date.now();
  if (costsAnswers)
    disturbances.lostAnswers(EXPORTER_NAMES, startMillis, endMillis + aftermathMillis);
  if (costsSockets) disturbances.lostSockets(startMillis, endMillis);
}

async function untilAtWork(fleet: AppFleet): Promise<void> {
  const deadlineMillis = Date.now() + START_MILLIS;
  while (!fleet.isAtWork && Date.now() < deadlineMillis) await wait(LOOK_MILLIS);
  await wait(ADOPTION_MILLIS);
}
