import { describe, expect, it } from 'vitest';
import { parseLogsExporters } from '../../../src/setup/environment/parse-logs-exporters.ts';

function parse(text: string | undefined, others: Readonly<Record<string, string>> = {}) {
  const warnings: string[] = [];
  const names = parseLogsExporters({ OTEL_LOGS_EXPORTER: text, ...others }, (line) =>
    warnings.push(line),
  );
  return { names, warnings };
}

describe('OTEL_LOGS_EXPORTER', () => {
  it.each(['cloudwatch-logs', 'firehose', 'sqs', 'http', 'zeromq', 'otlp', 'console'])(
    'takes %s (D-10)',
    (name) => {
      expect(parse(name)).toEqual({ names: [name], warnings: [] });
    },
  );

  it('is a list with spaces, each name once, in its order', () => {
    expect(parse(' sqs, otlp ,,sqs,http ')).toEqual({
      names: ['sqs', 'otlp', 'http'],
      warnings: [],
    });
  });

  it('takes names in any case, as the specification says of enumerations', () => {
    expect(parse('CloudWatch-Logs,FIREHOSE,firehose')).toEqual({
      names: ['cloudwatch-logs', 'firehose'],
      warnings: [],
    });
  });

  it('tells unknown names in one warning, with what was meant, and keeps the others', () => {
    const { names, warnings } = parse('cloudwatch,sqs,splunk');
    expect(names).toEqual(['sqs']);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain(
      '`cloudwatch` (did you mean `cloudwatch-logs`?), `splunk` are ignored',
    );
    expect(warnings[0]).toContain('`zeromq`');
  });

  it.each(['constructor', '__proto__', 'toString'])('takes %s for no exporter', (name) => {
    const { names, warnings } = parse(name);
    expect(names).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  it('is silent about none alone', () => {
    expect(parse('None')).toEqual({ names: [], warnings: [] });
  });

  it('lets none win over other names, and says so', () => {
    const { names, warnings } = parse('firehose,none');
    expect(names).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining('`none` beside other names')]);
  });

  it.each([undefined, '', '  ', ' , '])(
    'exports nothing when it is %j, and says what to set',
    (text) => {
      const { names, warnings } = parse(text);
      expect(names).toEqual([]);
      expect(warnings).toEqual([
        expect.stringMatching(/is not set.*Set it to one or more of.*`sqs`/u),
      ]);
    },
  );

  it('names the destination whose variables are set', () => {
    const { warnings } = parse(undefined, { OTEL_EXPORTER_SQS_QUEUE_NAME: 'logs' });
    expect(warnings).toEqual([expect.stringMatching(/Set OTEL_LOGS_EXPORTER=sqs$/u)]);
  });

  it('shows an unknown name cut and without line breaks', () => {
    const { warnings } = parse(`a\nb${'c'.repeat(1000)}`);
    expect(warnings[0]).toMatch(/^[^\n]{1,400}$/u);
  });
});
