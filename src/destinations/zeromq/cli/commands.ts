import type { DestinationCommands } from '../../../cli/destination-commands.ts';
import { variableOf } from '../../../cli/settings/variable-of.ts';
import { createZeroMqChecks } from './zeromq-checks.ts';
import { zeroMqDemo } from './zeromq-demo.ts';
import { zeromqRule } from './zeromq-rule.ts';

export const commands: DestinationCommands = {
  doctor: {
    name: 'zeromq',
    createChecks: createZeroMqChecks,
    rules: [zeromqRule],
    targetOption: 'endpoint',
    addressVariable: () => variableOf('zeromq', 'endpoint'),
  },
  demo: zeroMqDemo,
};
