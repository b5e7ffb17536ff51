import { LOAD_COMMANDS } from '../destinations.ts';
import type { Check, Finding, Subject } from './check.ts';
import { failed, skipped } from './check.ts';
import { createConfigurationCheck } from './configuration-check.ts';
import type { DestinationDoctor } from './destination-doctor.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import type { Diagnosis, Facts } from './diagnosis/diagnosis.ts';
import type { ExporterReport, Step } from './doctor-report.ts';
import { failureOf } from './failure-of.ts';
import { createPackagesCheck } from './packages-check.ts';

/** Looks at one exporter, from its configuration to a test record that is delivered. Never rejects. */
export async function checkExporter(
  subject: Subject,
  onStep: (step: Step) => void,
): Promise<ExporterReport> {
  const { environment, name, timeoutMillis } = subject;
  const { doctor } = await LOAD_COMMANDS[name]();
  const steps: Step[] = [];
  let facts: Facts = {
    timeoutMillis,
    addressVariable: doctor.addressVariable(environment),
    regionVariable: doctor.regionVariable?.(environment),
  };
  let diagnosis: Diagnosis | undefined;
  for (const check of checksOf(subject, doctor)) {
    const finding = await find(check, facts, diagnosis !== undefined);
    facts = { ...facts, ...finding.facts };
    if (finding.failure !== undefined) diagnosis ??= diagnose(doctor, finding.failure, facts);
    for (const step of stepsOf(check, finding)) {
      steps.push(step);
      onStep(step);
    }
  }
  return { name, steps, ...diagnosis };
}

function checksOf(subject: Subject, doctor: DestinationDoctor): readonly Check[] {
  return [
    createConfigurationCheck(subject, doctor),
    createPackagesCheck(subject),
    ...doctor.createChecks(subject),
  ];
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
