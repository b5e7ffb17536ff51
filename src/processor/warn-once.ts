import { tell } from '../report/tell.ts';

/** What was said already: the environment is the same for every processor of the process. */
const SAID = Symbol.for('collectorless.warnedOnce');

export function warnOnce(message: string): void {
  const known: unknown = Reflect.get(globalThis, SAID);
  const said = known instanceof Set ? known : new Set<string>();
  if (said !== known) Reflect.set(globalThis, SAID, said);
  if (said.has(message)) return;
  said.add(message);
  tell('warn', message);
}
