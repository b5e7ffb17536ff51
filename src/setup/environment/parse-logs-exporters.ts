import { type DestinationName, MANIFESTS } from '../../destinations/manifests.ts';
import type { Environment, Warn } from './environment.ts';
import { listed, unknownNamesMessage } from './unknown-names.ts';

/** An exporter of `OTEL_LOGS_EXPORTER`. */
export type LogsExporterName = DestinationName | 'otlp' | 'console';

const EXPORTERS: readonly string[] = [...Object.keys(MANIFESTS), 'otlp', 'console'];
const KNOWN_NAMES: readonly string[] = [...EXPORTERS, 'none'];

/**
 * The exporters that `OTEL_LOGS_EXPORTER` asks for, each once, in its order and in any case of letters; none
 * for `none`. Unset means none too, as nothing is sent anywhere unasked, and is told once.
 */
export function parseLogsExporters(
  environment: Environment,
  warn: Warn,
): readonly LogsExporterName[] {
  const words = (environment['OTEL_LOGS_EXPORTER'] ?? '')
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  if (words.length === 0) {
    warn(`OTEL_LOGS_EXPORTER is not set: no logs are exported. ${mend(environment)}`);
    return [];
  }
  const names = [...new Set(words.map((word) => word.toLowerCase()))];
  const unknown = names.filter((name) => !KNOWN_NAMES.includes(name));
  if (unknown.length > 0) warn(unknownNamesMessage('OTEL_LOGS_EXPORTER', unknown, KNOWN_NAMES));
  if (!names.includes('none')) return names.filter(isExporter);
  if (names.length > 1) {
    warn('OTEL_LOGS_EXPORTER has `none` beside other names: no logs are exported');
  }
  return [];
}

function isExporter(name: string): name is LogsExporterName {
  return EXPORTERS.includes(name);
}

/** Who has set a destination's variables means that destination. */
function mend(environment: Environment): string {
  const meant = Object.entries(MANIFESTS)
    .filter(([, { prefix }]) => Object.keys(environment).some((name) => name.startsWith(prefix)))
    .map(([name]) => name);
  return meant.length === 0
    ? `Set it to one or more of ${listed(KNOWN_NAMES)}`
    : `Set OTEL_LOGS_EXPORTER=${meant.join(',')}`;
}
