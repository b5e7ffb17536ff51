import { EventEmitter } from 'node:events';
import type { ProcessPort } from '../../../../src/setup/exit-guard/process-port.ts';

/** A process that ends only in its lists. */
export class FakeProcess extends EventEmitter implements ProcessPort {
  pid = 4711;
  exitCode: ProcessPort['exitCode'];
  /** Signals that it was sent. */
  readonly kills: string[] = [];
  /** Calls of `exit`. */
  exits = 0;
  resources: string[] = [];
  captureCallback: unknown = null;

  kill(_pid: number, signal: string): void {
    this.kills.push(signal);
  }

  exit(): void {
    this.exits += 1;
  }

  getActiveResourcesInfo(): string[] {
    return this.resources;
  }

  hasUncaughtExceptionCaptureCallback(): boolean {
    return this.captureCallback !== null;
  }

  setUncaughtExceptionCaptureCallback(callback: unknown): void {
    this.captureCallback = callback;
  }

  nextTick(task: () => void): void {
    process.nextTick(task);
  }

  /** As Node.js does; true when somebody took care of it. */
  throwUncaught(error: unknown, origin = 'uncaughtException'): boolean {
    this.emit('uncaughtExceptionMonitor', error, origin);
    return this.emit('uncaughtException', error, origin);
  }
}
