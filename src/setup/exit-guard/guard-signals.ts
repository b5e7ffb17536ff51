import type { Runtime } from '../../exporter/runtime.ts';
import type { BoundedFlush } from './bounded-flush.ts';
import type { ProcessEnd } from './process-end.ts';
import type { ProcessPort } from './process-port.ts';

/** What supervisors, terminals and lost connections send, and a process can still hear. */
const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
/** npm and other runners pass on what the terminal has sent to all of them: that is one wish, not two. */
const SAME_WISH_MILLIS = 500;
/** A process that is alive so long after its signal goes on, such as one with process id 1. */
const SURVIVAL_MILLIS = 1_000;

export interface SignalParts {
  readonly process: ProcessPort;
  readonly flush: BoundedFlush;
  readonly end: ProcessEnd;
  readonly runtime: Pick<Runtime, 'monotonicMillis' | 'startTimer'>;
  /** Listeners to a signal that leave the decision to others. */
  readonly countPassiveListeners: () => number;
}

/** When the end began that somebody wished for. */
interface Wish {
  begunMillis: number;
}

/**
 * Ends a process that nobody else would end, by its signal, after the flush. When the application listens to
 * the signal, it decides. Answers how to take it away.
 */
export function guardSignals(parts: SignalParts): () => void {
  // One for all of them: systemd (SendSIGHUP=) sends SIGHUP right behind SIGTERM.
  const wish: Wish = { begunMillis: Number.NEGATIVE_INFINITY };
  const removals = SIGNALS.map((signal) => guardSignal(signal, wish, parts));
  return () => {
    for (const remove of removals) remove();
  };
}

function guardSignal(signal: string, wish: Wish, parts: SignalParts): () => void {
  const { countPassiveListeners, end, flush, process, runtime } = parts;
  const onSignal = (): void => {
    const others = process.listeners(signal).filter((listener) => listener !== onSignal);
    const nowMillis = runtime.monotonicMillis();
    if (others.length > countPassiveListeners()) {
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
    isOff = true;
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
    runtime.startTimer(listen, SURVIVAL_MILLIS);
  };
  /** Whoever wants no listeners but its own removes all there are; the signal would end the process at once then. */
  const onRemoved = (event: string | symbol, listener: unknown): void => {
    if (event === signal && listener === onSignal && !isOff) process.on(signal, onSignal);
  };
  const listen = (): void => {
    if (isRemoved) return;
    isOff = false;
    process.on(signal, onSignal);
  };
  let isOff = false;
  let isRemoved = false;
  process.on('removeListener', onRemoved);
  listen();
  return () => {
    isRemoved = true;
    process.off('removeListener', onRemoved);
    process.off(signal, onSignal);
  };
}
