import type { ValueKind } from './value-kind.ts';

/**
 * `name=value` pairs with commas between them, percent-encoded, as `OTEL_EXPORTER_OTLP_HEADERS` has them
 * (OpenTelemetry protocol exporter, "Specifying headers via environment variables"). A `;` belongs to the
 * value. A `%` that begins no code stands for itself, as in `{date:%Y-%m-%d}`. Values may be secrets.
 */
export function map(): ValueKind<Readonly<Record<string, string>>> {
  return {
    expected: '`name=value` pairs with commas between them',
    secrecy: 'secret',
    read(text) {
      const pairs = text.split(',').map(readPair);
      const right = pairs.filter((pair) => pair !== 'blank' && pair !== 'wrong');
      const wrong = pairs.flatMap((pair, index) => (pair === 'wrong' ? [index + 1] : []));
      return {
        // An own property each, also one that is named `__proto__`.
        ...(right.length === 0 ? {} : { value: Object.fromEntries(right) }),
        ...(wrong.length === 0 ? {} : { problem: problemOf(wrong) }),
      };
    },
  };
}

function readPair(text: string): readonly [name: string, value: string] | 'blank' | 'wrong' {
  if (text.trim() === '') return 'blank';
  const equals = text.indexOf('=');
  const name = decode(text.slice(0, equals).trim());
  const value = decode(text.slice(equals + 1).trim());
  if (equals < 0 || name === undefined || name === '' || value === undefined) return 'wrong';
  return [name, value];
}

/** Undefined when the codes are no UTF-8. */
function decode(text: string): string | undefined {
  try {
    return text.replaceAll(/(?:%[0-9a-f]{2})+/giu, (codes) => decodeURIComponent(codes));
  } catch {
    return undefined;
  }
}

/** Tells the places only: a pair that is written wrong may be the secret itself. */
function problemOf(places: readonly number[]): string {
  const which = places.length === 1 ? 'entry' : 'entries';
  return `expected \`name=value\` in ${which} ${places.join(', ')}`;
}
