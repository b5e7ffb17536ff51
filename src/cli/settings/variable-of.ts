import { type DestinationName, MANIFESTS } from '../../destinations/manifests.ts';

/** The variable of an option or a group of them: `curve.secretKey` is `OTEL_EXPORTER_ZEROMQ_CURVE_SECRET_KEY`. */
export function variableOf(exporterName: DestinationName, option: string): string {
  const words = option.replaceAll('.', '_').replace(/[A-Z]/gu, (letter) => `_${letter}`);
  return `${MANIFESTS[exporterName].prefix}${words.toUpperCase()}`;
}
