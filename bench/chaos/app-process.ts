import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { AppOrder, ClockJump } from './app-order.ts';
import type { ExporterName } from './chaos-exporters.ts';
import { parseRanges } from './id-ranges.ts';
import type { Journal } from './journal.ts';

/** A process that logs; what it writes goes to the journal, also what it wrote just before its death. */
export class AppProcess {
  readonly order: AppOrder;
  readonly #journal: Journal;
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  /** Acknowledged, by exporter, while the exporter said that they would be lost with the process. */
  readonly #unsafe = new Map<ExporterName, number[]>();

  /** @param wrapper A command that runs the app in its place, with the app's command after it. */
  constructor(order: AppOrder, journal: Journal, wrapper: readonly string[] = []) {
    this.order = order;
    this.#journal = journal;
    const script = fileURLToPath(new URL('app.ts', import.meta.url));
    const app = [process.execPath, '--no-warnings', script, JSON.stringify(order)];
    const [command = '', ...args] = [...wrapper, ...app];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    this.#process = child;
    if (child.stdout === null) throw new Error('The app has no stdout');
    const output = createInterface({ input: child.stdout });
    output.on('line', (line) => this.#note(line));
    this.#ended = Promise.all([once(child, 'exit'), once(output, 'close')]);
    // A message to a process that has just died is nobody's mistake.
    child.on('error', () => {});
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  jump(jump: ClockJump): void {
    if (this.#process.connected) this.#process.send(jump);
  }

  /** Resolves when it is dead and all that it wrote is read. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#ended;
    for (const [name, numbers] of this.#unsafe) {
      for (const number of numbers) this.#journal.lostInMemory(name, this.#uid(number));
    }
  }

  /** Asks it to shut down and waits for it. */
  async end(): Promise<void> {
    this.signal('SIGTERM');
    await this.#ended;
  }

  #note(line: string): void {
    const [word = '', name = '', ranges = '', ...rest] = line.split(' ');
    const exporter = this.order.exporters.find((candidate) => candidate === name);
    if (word === 'emitted') {
      for (const _ of parseRanges(name)) this.#journal.emitted += 1;
    } else if (word === 'told') this.#journal.tell(line.slice('told '.length));
    else if (exporter === undefined) return;
    else if (word === 'acked' || word === 'unsafe') this.#acked(exporter, ranges, word);
    else if (word === 'safe') this.#unsafe.delete(exporter);
    else if (word === 'dropped') this.#journal.dropped(exporter, ranges, Number(rest[0]));
    else if (word === 'stats') this.#journal.stats(exporter, JSON.parse(ranges));
  }

  #acked(exporter: ExporterName, ranges: string, word: 'acked' | 'unsafe'): void {
    const numbers = [...parseRanges(ranges)];
    for (const number of numbers) this.#journal.acked(exporter, this.#uid(number));
    if (word === 'acked') return;
    this.#unsafe.set(exporter, [...(this.#unsafe.get(exporter) ?? []), ...numbers]);
  }

  #uid(number: number): string {
    return `${this.order.incarnation}.${number}`;
  }
}
