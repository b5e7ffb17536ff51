import type { DestinationCommands } from '../../../cli/destination-commands.ts';
import { createAwsDoctor } from '../../../cli/doctor/aws/create-aws-doctor.ts';
import { firehoseDemo } from './firehose-demo.ts';
import { firehoseForDoctor } from './firehose-for-doctor.ts';
import { firehosePermissions } from './firehose-permissions.ts';

export const commands: DestinationCommands = {
  doctor: createAwsDoctor(firehoseForDoctor),
  iam: { permissionsOf: firehosePermissions },
  demo: firehoseDemo,
};
