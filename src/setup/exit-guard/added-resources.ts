import type { ProcessPort } from './process-port.ts';

/** Turns of ticks and promises that are waited for: an asynchronous function takes one or a few. */
const TURNS = 5;

/** The standard streams, made when they are first used: they keep nothing alive. */
const STREAM_KINDS: readonly string[] = ['PipeWrap', 'TTYWrap'];

/** Finds out whether something has begun that keeps the process alive. */
export class AddedResources {
  readonly #process: Pick<ProcessPort, 'getActiveResourcesInfo' | 'nextTick'>;
  readonly #before: ReadonlyMap<string, number>;

  constructor(process: Pick<ProcessPort, 'getActiveResourcesInfo' | 'nextTick'>) {
    this.#process = process;
    // Node.js lists idle resources, too: only more of a kind counts.
    this.#before = countKinds(process.getActiveResourcesInfo());
  }

  /** Answers before the event loop turns: a request that begins only then is not ours to see. */
  whenKnown(answer: (isAny: boolean) => void): void {
    const turn = (left: number): void => {
      if (left === 0) answer(this.#isAny());
      else queueMicrotask(() => this.#process.nextTick(() => turn(left - 1)));
    };
    turn(TURNS);
  }

  #isAny(): boolean {
    const now = countKinds(this.#process.getActiveResourcesInfo());
    return [...now].some(([kind, count]) => count > (this.#before.get(kind) ?? 0));
  }
}

function countKinds(kinds: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const kind of kinds) {
    if (!STREAM_KINDS.includes(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}
