import { objectProperty } from '../object-property.ts';
/** What `node:worker_threads` tells about the thread that asks. */
export interface ThreadFacts {
  readonly isMainThread: boolean;
  readonly parentPort: unknown;
  readonly workerData: unknown;
}

/**
 * Whether the application's own code runs in this thread: the main one, and the workers that it starts. Node
 * loads what `--require` and NODE_OPTIONS name into the others too.
 */
export function isApplicationThread({
  isMainThread,
  parentPort,
  workerData,
}: ThreadFacts): boolean {
  if (isMainThread) return true;
  // The thread of the module hooks has nobody to send messages to.
  if (parentPort === null) return false;
  return !isTransportData(workerData);
}

/** The worker of a pino transport: its lines were captured where they were logged. */
function isTransportData(workerData: unknown): boolean {
  const context = objectProperty(objectProperty(workerData, 'workerData'), '$context');
  return objectProperty(context, 'threadStreamVersion') !== undefined;
}
