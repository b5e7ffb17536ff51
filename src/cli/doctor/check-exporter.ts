import { addressVariableFor, regionVariableFor } from '../settings/deciding-variables.ts';
import { createAwsChecks } from './aws/aws-checks.ts';
import type { Check, Finding, Subject } from './check.ts';
import { failed, skipped } from './check.ts';
import { createConfigurationCheck } from './configuration-check.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import type { Diagnosis, Facts } from './diagnosis/diagnosis.ts';
import type { ExporterReport, Step } from './doctor-report.ts';
import { failureOf } from './failure-of.ts';
import { createHttpChecks } from './http/http-checks.ts';
import { createPackagesCheck } from './packages-check.ts';
import { createZeroMqChecks } from './zeromq/zeromq-checks.ts';

/** Looks at one exporter, from its configuration to a test record that is delivered. Never rejects. */
export async function checkExporter(
  subject: Subject,
  onStep: (step: Step) => void,
): Promise<ExporterReport> {
  const { environment, name, timeoutMillis } = subject;
  const steps: Step[] = [];
  let facts: Facts = {
    timeoutMillis,
    addressVariable: addressVariableFor(name, environment),
    regionVariable: regionVariableFor(name, environment),
  };
  let diagnosis: Diagnosis | undefined;
  for (const check of checksOf(subject)) {
    const finding = await find(check, facts, diagnosis !== undefined);
    facts = { ...facts, ...finding.facts };
    if (finding.failure !== undefined) diagnosis ??= diagnose(name, finding.failure, facts);
    for (const step of stepsOf(check, finding)) {
      steps.push(step);
      onStep(step);
    }
  }
  return { name, steps, ...diagnosis };
}

function checksOf(subject: Subject): readonly Check[] {
  const first = [createConfigurationCheck(subject), createPackagesCheck(subject)];
  switch (subject.name) {
    case 'http':
      return [...first, ...createHttpChecks(subject)];
    case 'zeromq':
      return [...first, ...createZeroMqChecks(subject)];
    default:
      return [...first, ...createAwsChecks(subject, subject.name)];
  }
}

async function find(check: Check, facts: Facts, hasFailed: boolean): Promise<Finding> {
  if (hasFailed && check.runsAfterFailure !== true) return skipped('after what failed before');
  try {
    return await check.run(facts);
  } catch (thrown) {
    return failed(failureOf(thrown));
  }
}

function stepsOf({ step }: Check, { detail, status, warnings = [] }: Finding): readonly Step[] {
  return [
    { step, status, detail },
    ...warnings.map((warning): Step => ({ step, status: 'warning', detail: warning })),
  ];
}
