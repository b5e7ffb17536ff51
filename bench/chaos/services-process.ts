import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Violation } from '../../src/testing/index.ts';
import { EXPORTER_NAMES, type ExporterName, type ServiceAddresses } from './chaos-exporters.ts';
import type { ServicesAnswer, ServicesOrder } from './services-order.ts';

/** When each copy of a record was stored, Unix milliseconds, by uid. */
export type StoredCopies = ReadonlyMap<string, readonly number[]>;

/** The local services in a process of their own. */
export class ServicesProcess {
  readonly addresses: ServiceAddresses;
  readonly #process: ChildProcess;
  readonly #outputPath: string;
  #violations: readonly Violation[] = [];
  #tail: Promise<unknown> = Promise.resolve();

  static async start(outputPath: string, seed: number): Promise<ServicesProcess> {
    const script = fileURLToPath(new URL('services.ts', import.meta.url));
    const child = fork(script, [outputPath, `${seed}`], { execArgv: ['--no-warnings'] });
    const [answer]: ServicesAnswer[] = await once(child, 'message');
    if (answer?.addresses === undefined) throw new Error('The local services did not start');
    return new ServicesProcess(child, outputPath, answer.addresses);
  }

  private constructor(child: ChildProcess, outputPath: string, addresses: ServiceAddresses) {
    this.#process = child;
    this.#outputPath = outputPath;
    this.addresses = addresses;
  }

  get violations(): readonly Violation[] {
    return this.#violations;
  }

  /** Resolves when it is done; one order after the other. */
  order(order: ServicesOrder): Promise<void> {
    const done = this.#tail.then(async () => {
      const answered = once(this.#process, 'message');
      this.#process.send(order);
      const [answer]: ServicesAnswer[] = await answered;
      this.#violations = answer?.violations ?? [];
    });
    this.#tail = done;
    return done;
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  /** All that has been stored so far. */
  async stored(): Promise<Readonly<Record<ExporterName, StoredCopies>>> {
    await this.order({ do: 'harvest' });
    const copies = Object.fromEntries(
      EXPORTER_NAMES.map((name) => [name, new Map<string, number[]>()]),
    );
    const text = existsSync(this.#outputPath) ? readFileSync(this.#outputPath, 'latin1') : '';
    for (const line of text.split('\n')) {
      const [name = '', uid = '', atMillis] = line.split(' ');
      const times = copies[name]?.get(uid);
      if (times === undefined) copies[name]?.set(uid, [Number(atMillis)]);
      else times.push(Number(atMillis));
    }
    const of = (name: ExporterName): StoredCopies => copies[name] ?? new Map();
    return {
      firehose: of('firehose'),
      'cloudwatch-logs': of('cloudwatch-logs'),
      sqs: of('sqs'),
      http: of('http'),
      zeromq: of('zeromq'),
    };
  }

  async stop(): Promise<void> {
    const { exitCode, signalCode } = this.#process;
    if (exitCode !== null || signalCode !== null) return;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
  }
}
