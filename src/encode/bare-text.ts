/**
 * JSON text of a value as the value stands alone: a text without quotes, nothing for null, a list or map as JSON
 * (OpenTelemetry specification, "AnyValue representation for non-OTLP protocols").
 */
export function bareText(json: string): string {
  if (json === 'null') return '';
  return json.startsWith('"') ? String(JSON.parse(json)) : json;
}
