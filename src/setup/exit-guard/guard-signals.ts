import type { Runtime } from '../../exporter/runtime.ts';
import type { BoundedFlush } from './bounded-flush.ts';
import type { LastWords } from './last-words.ts';
import type { ProcessEnd } from './process-end.ts';
import type { ProcessPort } from './process-port.ts';
import { wrapEmit } from './wrap-emit.ts';

/** What supervisors, terminals and lost connections send, and a process can still hear. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** npm and other runners pass on what the terminal has sent to all of them: that is one wish, not two. */
const SAME_WISH_MILLIS = 500;
/** A process that is alive so long after its signal goes on, such as one with process id 1. */
const SURVIVAL_MILLIS = 1_000;
/** So often within so long: who removes listeners until none is left would never come to an end otherwise. */
const MAX_RETURNS = 10;
const RETURNS_MILLIS = 100;

export interface SignalParts {
  readonly process: ProcessPort;
  readonly flush: BoundedFlush;
  readonly end: ProcessEnd;
  readonly lastWords: LastWords;
  readonly runtime: Pick<Runtime, 'monotonicMillis' | 'startTimer'>;
  /** Listeners to a signal that leave the decision to others. */
  readonly countPassiveListeners: () => number;
}

/** When the end began that somebody wished for. */
interface Wish {
  begunMillis: number;
}

/** One signal under guard. */
interface SignalGuard {
  readonly signal: string;
  listen(): void;
  /** Around all listeners of the signal. */
  around(proceed: () => boolean): boolean;
  onRemoved(event: string | symbol, listener: unknown): void;
  remove(): void;
}

/**
 * Ends a process that nobody else would end, by its signal, after the flush. When the application listens to
 * the signal, it decides. Answers how to take it away.
 */
export function guardSignals(parts: SignalParts): () => void {
  const { process } = parts;
  // One for all of them: systemd (SendSIGHUP=) sends SIGHUP right behind SIGTERM.
  const wish: Wish = { begunMillis: Number.NEGATIVE_INFINITY };
  const guards = SIGNALS.map((signal) => guardSignal(signal, wish, parts));
  // Before the first listener: Node.js calls the `emit` that it finds then.
  const unwrap = wrapEmit(
    process,
    Object.fromEntries(
      guards.map((guard) => [guard.signal, (proceed: () => boolean) => guard.around(proceed)]),
    ),
  );
  for (const guard of guards) guard.listen();
  // One for all of them: of the listeners for which Node.js warns of a leak ours may be one, not three.
  const onRemoved = (event: string | symbol, listener: unknown): void => {
    for (const guard of guards) guard.onRemoved(event, listener);
  };
  process.on('removeListener', onRemoved);
  return () => {
    process.off('removeListener', onRemoved);
    unwrap();
    for (const guard of guards) guard.remove();
  };
}

function guardSignal(signal: string, wish: Wish, parts: SignalParts): SignalGuard {
  const { countPassiveListeners, end, flush, lastWords, process, runtime } = parts;
  const isListening = (): boolean => process.listeners(signal).includes(onSignal);
  const countDeciding = (): number =>
    process.listeners(signal).filter((listener) => listener !== onSignal).length -
    countPassiveListeners();
  const onSignal = (): void => {
    const nowMillis = runtime.monotonicMillis();
    if (Math.max(deciding, countDeciding()) > 0) {
      flush.follow();
    } else if (!end.isUnderWay) {
      wish.begunMillis = nowMillis;
      // The kernel keeps signals without a listener from the first process of a container.
      end.begin(endBySignal, { mayGoOn: process.pid === 1 });
    } else if (nowMillis - wish.begunMillis >= SAME_WISH_MILLIS) {
      end.hasten();
    }
  };
  /** Without our listener the signal does what it would have done, be it to another listener. */
  const endBySignal = (): void => {
    stopListening();
    if (process.listeners(signal).length > 0) lastWords.write(SURVIVAL_MILLIS);
    process.kill(process.pid, signal);
    runtime.startTimer(survive, SURVIVAL_MILLIS);
  };
  /** Who puts back the listeners that it removed may have put back ours beside ours. */
  const stopListening = (): void => {
    isOff = true;
    while (isListening()) process.off(signal, onSignal);
  };
  const listen = (): void => {
    if (!isOff && !isRemoved && !isListening()) process.on(signal, onSignal);
  };
  const survive = (): void => {
    isOff = false;
    listen();
  };
  const endReturns = (): void => {
    returns = 0;
    listen();
  };
  let isOff = false;
  let isRemoved = false;
  let returns = 0;
  let deciding = 0;
  return {
    signal,
    listen,
    /** A listener before ours that is there once is gone when ours is called. */
    around(proceed) {
      deciding = countDeciding();
      try {
        return proceed();
      } finally {
        deciding = 0;
      }
    },
    /** Whoever wants no listeners but its own removes all there are; the signal would end the process at once then. */
    onRemoved(event, listener) {
      if (event !== signal || listener !== onSignal || isOff || isListening()) return;
      if (returns === 0) runtime.startTimer(endReturns, RETURNS_MILLIS);
      returns += 1;
      if (returns <= MAX_RETURNS) listen();
    },
    remove() {
      isRemoved = true;
      stopListening();
    },
  };
}
