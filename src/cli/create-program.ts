import { Command } from 'commander';
import { VERSION } from '../version.ts';
import type { CliIo } from './cli-io.ts';
import { createDecodeCommand } from './decode-command.ts';
import { createDemoCommand } from './demo-command.ts';
import { createDoctorCommand } from './doctor-command.ts';
import { createIamCommand } from './iam-command.ts';
import { createTailCommand } from './tail-command.ts';

/** The program of all commands. Each loads its code when it runs: `--help` must not load an SDK. */
export function createProgram(io: CliIo): Command {
  return new Command('collectorless')
    .description('OpenTelemetry logs without a collector: checks, permissions, reading.')
    .version(VERSION)
    .addCommand(createDoctorCommand(io))
    .addCommand(createIamCommand(io))
    .addCommand(createTailCommand(io))
    .addCommand(createDecodeCommand(io))
    .addCommand(createDemoCommand(io));
}
