import type { Paint, Style } from '../print/paint.ts';
import type { ExporterReport, Step } from './doctor-report.ts';

const STYLES: Readonly<Record<Step['status'], Style>> = {
  ok: 'info',
  warning: 'warn',
  failed: 'error',
  skipped: 'dim',
};

/** Status, step and detail in columns. */
export function formatStep({ detail, status, step }: Step, paint: Paint): string {
  const columns = [
    paint(STYLES[status], status) + ' '.repeat(8 - status.length),
    step.padEnd(14),
    paint(status === 'skipped' ? 'dim' : 'plain', detail),
  ];
  return `  ${columns.join(' ')}`;
}

/** That it works, or why not and what to do. Ends with an empty line. */
export function formatConclusion(report: ExporterReport, paint: Paint): string {
  const { cause, mend, name, sentence } = report;
  if (cause === undefined) return `  ${paint('info', `${name} works.`)}\n`;
  return [
    `  ${paint('error', cause)}`,
    `  ${paint('plain', sentence ?? '')}`,
    `  ${paint('name', 'Mend:')} ${paint('plain', mend ?? '')}`,
    '',
  ].join('\n');
}
