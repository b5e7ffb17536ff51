import type { DestinationCommands } from '../../../cli/destination-commands.ts';
import { createAwsDoctor } from '../../../cli/doctor/aws/create-aws-doctor.ts';
import { cloudWatchLogsDemo } from './cloudwatch-logs-demo.ts';
import { cloudWatchLogsForDoctor } from './cloudwatch-logs-for-doctor.ts';
import { cloudWatchLogsPermissions } from './cloudwatch-logs-permissions.ts';

export const commands: DestinationCommands = {
  doctor: createAwsDoctor(cloudWatchLogsForDoctor),
  iam: { permissionsOf: cloudWatchLogsPermissions },
  demo: cloudWatchLogsDemo,
};
