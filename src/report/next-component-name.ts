const counters = Symbol.for('collectorless.componentCounters');

/** `<type>/<n>`, unique in the process even where the ESM and the CJS build are both loaded. */
export function nextComponentName(componentType: string): string {
  const known: unknown = Reflect.get(globalThis, counters);
  const next = known instanceof Map ? known : new Map<string, number>();
  if (next !== known) Reflect.set(globalThis, counters, next);
  const number = Number(next.get(componentType) ?? 0);
  next.set(componentType, number + 1);
  return `${componentType}/${number}`;
}
