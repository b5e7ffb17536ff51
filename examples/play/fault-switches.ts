import type { Fault, FaultCall } from 'collectorless/testing';

export type FaultName = 'throttle' | 'outage' | 'partial' | 'slow' | 'refusal' | 'stopped';

/** What the switches are called, and what there is to see. */
export const FAULTS: Readonly<
  Record<FaultName, { readonly title: string; readonly hint: string }>
> = {
  throttle: {
    title: 'Throttle',
    hint: 'three of four requests are refused for now; watch “sent again”',
  },
  outage: {
    title: 'Outage',
    hint: 'every request gets 503; records wait on disk, the other destinations go on',
  },
  partial: {
    title: 'Partial failure',
    hint: 'a third of the entries of each request fail; only those are sent again',
  },
  slow: { title: 'Slow', hint: 'every answer takes 2 seconds; watch “in flight”' },
  refusal: {
    title: 'Refuse for good',
    hint: 'the service takes none of the records: they are dropped, with the reason',
  },
  stopped: {
    title: 'Receiver stopped',
    hint: 'nobody listens; records wait on disk. What the socket held may be lost: ZeroMQ has no answers',
  },
};

/** The faults of every service that answers. */
export const ANSWERING: readonly FaultName[] = ['throttle', 'outage', 'slow', 'refusal'];

/** A switch that is on. */
export interface SwitchedFault {
  readonly destination: string;
  readonly fault: FaultName;
}

export function isFaultName(name: unknown): name is FaultName {
  return typeof name === 'string' && Object.hasOwn(FAULTS, name);
}

/** What the local services do about the switches that are on. A service shows one fault at a time: the first. */
export function toServiceFaults(switched: readonly SwitchedFault[]): Fault[] {
  return ORDER.flatMap((name) =>
    switched
      .filter(({ fault }) => fault === name)
      .flatMap(({ destination }) => serviceFault(name, destination) ?? []),
  );
}

/** The worse before the milder; the first that strikes a call hides the others. */
const ORDER: readonly FaultName[] = ['outage', 'refusal', 'throttle', 'partial', 'slow'];

function serviceFault(name: FaultName, service: string): Fault | undefined {
  // What others only read, such as `tail`, goes on.
  const conditions = {
    match: (call: FaultCall) => call.service === service && isSending(call.operation),
  };
  switch (name) {
    case 'throttle':
      return { ...conditions, kind: 'throttle', rate: 0.75 };
    case 'outage':
      return { ...conditions, kind: 'service-unavailable' };
    case 'partial':
      return { ...conditions, kind: 'partial-failure', fraction: 1 / 3 };
    case 'slow':
      return { ...conditions, kind: 'delay', durationMillis: 2_000 };
    case 'refusal':
      return service === 'sqs'
        ? { ...conditions, kind: 'partial-failure', fraction: 1, ...SENDER_FAULT }
        : { ...conditions, kind: 'error', ...refusalOf(service) };
    case 'stopped':
      // No answer can be spoiled: the receiver itself is stopped.
      return undefined;
  }
}

/** SQS says of each entry who is to blame. */
const SENDER_FAULT = { code: 'InvalidMessageContents', senderFault: true } as const;

function refusalOf(service: string): { name: string; message: string; status: 400 } {
  const message = 'The records are refused by a switch of the page.';
  return { name: service === 'http' ? '400' : 'InvalidParameterException', message, status: 400 };
}

/** True for a call that brings log records. */
export function isSending(operation: string): boolean {
  return /^(?:PutRecord|PutLogEvents|SendMessage|POST$)/u.test(operation);
}
