import type { CompressedFormat } from './compressed-format.ts';

export interface Step {
  /** What came out; also what came out before the damage. */
  readonly chunks: readonly Buffer[];
  readonly usedBytes: number;
  readonly outcome: 'going on' | 'ended' | 'damaged';
}

/** Expands one member in steps, each with its own output: an error takes none of it away. */
export class StepExpander {
  readonly #engine: ReturnType<CompressedFormat['createExpander']>;
  #chunks: Buffer[] = [];
  #isBroken = false;
  #settle: (() => void) | undefined;

  constructor(format: CompressedFormat) {
    this.#engine = format.createExpander();
    this.#engine.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    // The stream ends where the member does.
    this.#engine.once('end', () => this.#settle?.());
    this.#engine.on('error', () => {
      this.#isBroken = true;
      this.#settle?.();
    });
  }

  write(bytes: Buffer): Promise<Step> {
    const before = this.#engine.bytesWritten;
    return this.#run(
      (done) => this.#engine.write(bytes, done),
      () => {
        const usedBytes = this.#engine.bytesWritten - before;
        if (this.#isBroken) return { usedBytes, outcome: 'damaged' };
        return { usedBytes, outcome: usedBytes < bytes.length ? 'ended' : 'going on' };
      },
    );
  }

  /** Finds out whether the member may end here. */
  end(): Promise<Step> {
    return this.#run(
      () => this.#engine.end(),
      () => ({ usedBytes: 0, outcome: this.#isBroken ? 'damaged' : 'ended' }),
    );
  }

  close(): void {
    this.#engine.destroy();
  }

  #run(start: (done: () => void) => void, result: () => Omit<Step, 'chunks'>): Promise<Step> {
    return new Promise((resolve) => {
      this.#settle = () => {
        this.#settle = undefined;
        const chunks = this.#chunks;
        this.#chunks = [];
        resolve({ chunks, ...result() });
      };
      start(this.#settle);
    });
  }
}
