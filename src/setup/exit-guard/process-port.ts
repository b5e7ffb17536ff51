import type { EventEmitter } from 'node:events';

type Events =
  | 'emit'
  | 'getMaxListeners'
  | 'listeners'
  | 'off'
  | 'on'
  | 'prependOnceListener'
  | 'removeAllListeners'
  | 'setMaxListeners';
type Facts =
  | 'getActiveResourcesInfo'
  | 'hasUncaughtExceptionCaptureCallback'
  | 'pid'
  | 'setUncaughtExceptionCaptureCallback';

/** What the guard needs of `process`; handed in, so that its tests end nothing. */
export interface ProcessPort extends Pick<EventEmitter, Events>, Pick<NodeJS.Process, Facts> {
  exitCode?: number | string | null | undefined;
  exit(): unknown;
  kill(pid: number, signal: string): unknown;
  nextTick(task: () => void): void;
}
