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
  /** Acknowledged by an exporter that said that so many records would be lost with the process. */
  readonly #held = new Map<ExporterName, { readonly numbers: number[]; count: number }>();

  /** Those that said that their disk fails. */
  readonly #inTrouble = new Set<ExporterName>();
  readonly #acking = new Set<ExporterName>();

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

  /** True when every exporter has acknowledged something: its spool is open, with what dead processes left. */
  get isAtWork(): boolean {
    return this.#acking.size === this.order.exporters.length;
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
    for (const [name, { count, numbers }] of this.#held) {
      this.#journal.killedWith(
        name,
        numbers.map((number) => this.#uid(number)),
        // Without a failing disk nothing may be in memory only.
        this.#inTrouble.has(name) ? count : 0,
      );
    }
    this.#held.clear();
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
    } else if (word === 'told') this.#told(line.slice('told '.length));
    else if (exporter === undefined) return;
    else if (word === 'acked') this.#acked(exporter, [...parseRanges(ranges)]);
    else if (word === 'unsafe') {
      const numbers = [...parseRanges(ranges)];
      this.#acked(exporter, numbers);
      const held = this.#held.get(exporter)?.numbers ?? [];
      this.#held.set(exporter, { numbers: [...held, ...numbers], count: Number(rest[0]) });
    } else if (word === 'held') this.#holds(exporter, Number(ranges));
    else if (word === 'dropped') this.#journal.dropped(exporter, ranges, Number(rest[0]));
    else if (word === 'stats') this.#journal.stats(exporter, JSON.parse(ranges));
  }

  #told(message: string): void {
    this.#journal.tell(message);
    const name = /([\w-]+): the spool fails/u.exec(message)?.[1];
    const exporter = this.order.exporters.find((candidate) => candidate === name);
    if (exporter !== undefined) this.#inTrouble.add(exporter);
  }

  #acked(exporter: ExporterName, numbers: readonly number[]): void {
    this.#acking.add(exporter);
    for (const number of numbers) this.#journal.acked(exporter, this.#uid(number));
  }

  #holds(exporter: ExporterName, count: number): void {
    const held = this.#held.get(exporter);
    if (held === undefined || count === 0) this.#held.delete(exporter);
    else held.count = count;
  }

  #uid(number: number): string {
    return `${this.order.incarnation}.${number}`;
  }
}
