import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import type { Runtime } from './runtime.ts';

/** A resource whose detectors do not end is exported as it is after this time. */
const MAX_WAIT_MILLIS = 5_000;

/** Lets records wait until the detectors of their resource have ended. */
export class ResourceWait {
  readonly #runtime: Runtime;
  readonly #onEnd: () => void;
  readonly #settled = new WeakSet<object>();
  #isWaiting = false;

  /** @param onEnd Nothing waits any more. */
  constructor(runtime: Runtime, onEnd: () => void) {
    this.#runtime = runtime;
    this.#onEnd = onEnd;
  }

  get isWaiting(): boolean {
    return this.#isWaiting;
  }

  /** Attributes that detectors still look for belong to the record (conventions of SDK resources). */
  mustWait(record: ReadableLogRecord): boolean {
    const resource = pendingResourceOf(record);
    return resource !== undefined && this.#mustWaitFor(resource);
  }

  #mustWaitFor(resource: ReadableLogRecord['resource']): boolean {
    if (this.#settled.has(resource)) return false;
    if (this.#isWaiting) return true;
    this.#isWaiting = true;
    const goOn = (): void => {
      cancelTimer();
      if (!this.#isWaiting) return;
      this.#isWaiting = false;
      this.#settled.add(resource);
      this.#onEnd();
    };
    const cancelTimer = this.#runtime.startTimer(goOn, MAX_WAIT_MILLIS);
    void waitForAttributes(resource).then(goOn, goOn);
    return true;
  }
}

/** The record's resource while detectors still look for some of its attributes. */
function pendingResourceOf(record: ReadableLogRecord): ReadableLogRecord['resource'] | undefined {
  try {
    return record.resource.asyncAttributesPending === true ? record.resource : undefined;
  } catch {
    // It is counted as invalid where it is packed.
    return undefined;
  }
}

async function waitForAttributes(resource: ReadableLogRecord['resource']): Promise<void> {
  await resource.waitForAsyncAttributes?.();
}
