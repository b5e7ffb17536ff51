import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { countedRecords } from '../report/counted-records.ts';
import type { DropSummary } from '../report/drop-summaries.ts';
import { listedReasons, reasonsByCount } from '../report/reasons-by-count.ts';
import { VERSION } from '../version.ts';

/** `SeverityNumber.WARN` of the data model; the API's enumeration is not in all versions of the API. */
const SEVERITY_WARN = 13;

/** The record that tells at the destination what is missing there. */
export function summaryRecord(
  summary: DropSummary,
  resource: ReadableLogRecord['resource'],
  nowMillis: number,
): ReadableLogRecord {
  const { count, firstTimeMillis, lastTimeMillis } = summary;
  const byCount = reasonsByCount(summary.reasons);
  const hrTime: ReadableLogRecord['hrTime'] = [
    Math.floor(nowMillis / 1000),
    Math.round((nowMillis % 1000) * 1_000_000),
  ];
  return {
    hrTime,
    hrTimeObserved: hrTime,
    severityNumber: SEVERITY_WARN,
    severityText: 'WARN',
    eventName: 'collectorless.dropped',
    body: `${countedRecords(count)} ${count === 1 ? 'was' : 'were'} dropped (${listedReasons(byCount)})`,
    attributes: {
      reason: byCount[0]?.[0] ?? '',
      count,
      reasons: Object.fromEntries(byCount),
      first_time: new Date(firstTimeMillis).toISOString(),
      last_time: new Date(lastTimeMillis).toISOString(),
    },
    resource,
    instrumentationScope: { name: 'collectorless', version: VERSION },
    droppedAttributesCount: 0,
  };
}
