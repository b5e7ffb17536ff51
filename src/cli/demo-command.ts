import { Command } from 'commander';
import type { CliIo } from './cli-io.ts';
import type { DemoOptions } from './demo/run-demo.ts';

const HELP = `
Starts local services that refuse what the real ones refuse, sends log records through the exporter of every
destination whose package is installed, and shows a stored record of each and a table. Needs no account and no
network. Ends with 1 when a record did not arrive.

Example:
  $ npx collectorless demo
`;

export function createDemoCommand(io: CliIo): Command {
  return new Command('demo')
    .description('ship log records to all destinations on local services')
    .option('--json', 'one JSON document')
    .addHelpText('after', HELP)
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('./demo/run-demo.ts');
      await runDemo(options, io);
    });
}
