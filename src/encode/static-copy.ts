import { setOwnProperty } from './own-property.ts';
import { PlainValueSink } from './plain-value-sink.ts';
import { hasValue, ValueWalker } from './value-walker.ts';

const MAX_DEPTH = 100;

/** The static fields as they are now: later changes of the application's object change no record. */
export function staticCopy(
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const sink = new PlainValueSink();
  const walker = new ValueWalker(sink, MAX_DEPTH);
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    if (!hasValue(value)) continue;
    walker.renew();
    walker.spare();
    walker.walk(value);
    setOwnProperty(copy, key, sink.take());
  }
  return copy;
}
