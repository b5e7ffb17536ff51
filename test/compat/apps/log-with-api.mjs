// An app without libraries to instrument, which logs through the API of OpenTelemetry.
import { logs, SeverityNumber } from '@opentelemetry/api';

logs.getLogger('compat').emit({ severityNumber: SeverityNumber.INFO, body: 'first' });
