import type { Fault, FaultCall, FaultKind, PartialFailureFault } from './fault.ts';

const kinds: Record<FaultKind, true> = {
  'partial-failure': true,
  error: true,
  throttle: true,
  'service-unavailable': true,
  'internal-error': true,
  'expired-credentials': true,
  'not-found': true,
  'operation-aborted': true,
  'stream-deleted': true,
  'reset-before-accept': true,
  'reset-after-accept': true,
  hang: true,
  delay: true,
  'slow-body': true,
  'malformed-answer': true,
  'wrong-checksum': true,
  'clock-skew': true,
};

interface PlannedFault {
  readonly fault: Fault;
  remaining: number;
  toSkip: number;
}

/** Decides for each call which fault strikes: the first of the list whose conditions hold. */
export class FaultPlan {
  readonly #random: () => number;
  #planned: PlannedFault[] = [];

  constructor(faults: readonly Fault[], random: () => number) {
    this.#random = random;
    this.replace(faults);
  }

  /** Takes other faults from now on; all counts start anew. */
  replace(faults: readonly Fault[]): void {
    for (const fault of faults) assertFault(fault);
    this.#planned = faults.map((fault) => ({
      fault,
      remaining: fault.times ?? (fault.kind === 'stream-deleted' ? 1 : Number.POSITIVE_INFINITY),
      toSkip: fault.after ?? 0,
    }));
  }

  next(call: FaultCall): Fault | undefined {
    for (const planned of this.#planned) {
      const { fault } = planned;
      if (fault.kind === 'clock-skew' || !this.#strikes(planned, call)) continue;
      return fault;
    }
    return undefined;
  }

  /** How far the service's clock is off for this call, in milliseconds. */
  clockOffsetMillis(call: FaultCall): number {
    for (const planned of this.#planned) {
      const { fault } = planned;
      if (fault.kind !== 'clock-skew' || !this.#strikes(planned, call)) continue;
      return fault.offsetMillis ?? 10 * 60_000;
    }
    return 0;
  }

  /** Says of each entry whether it fails. */
  entryFails(fault: PartialFailureFault): (index: number) => boolean {
    const { entries } = fault;
    if (typeof entries === 'function') return entries;
    if (entries !== undefined) {
      const chosen = new Set(entries);
      return (index) => chosen.has(index);
    }
    const fraction = fault.fraction ?? 0.5;
    return () => this.#random() < fraction;
  }

  #strikes(planned: PlannedFault, call: FaultCall): boolean {
    const { fault } = planned;
    if (planned.remaining <= 0) return false;
    if (fault.service !== undefined && fault.service !== call.service) return false;
    if (fault.operation !== undefined && fault.operation !== call.operation) return false;
    if (fault.match !== undefined && !fault.match(call)) return false;
    if (planned.toSkip > 0) {
      planned.toSkip -= 1;
      return false;
    }
    if (fault.rate !== undefined && this.#random() >= fault.rate) return false;
    planned.remaining -= 1;
    return true;
  }
}

function assertFault(fault: Fault): void {
  if (!Object.hasOwn(kinds, fault.kind)) {
    throw new TypeError(
      `No fault is named ${JSON.stringify(fault.kind)}; use one of ${Object.keys(kinds).join(', ')}.`,
    );
  }
  const { rate } = fault;
  if (rate !== undefined && !(rate >= 0 && rate <= 1)) {
    throw new TypeError(`The rate of the fault ${fault.kind} is ${rate}; use 0 to 1.`);
  }
}
