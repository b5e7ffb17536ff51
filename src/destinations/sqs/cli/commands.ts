import type { DestinationCommands } from '../../../cli/destination-commands.ts';
import { createAwsDoctor } from '../../../cli/doctor/aws/create-aws-doctor.ts';
import { sqsDemo } from './sqs-demo.ts';
import { sqsForDoctor } from './sqs-for-doctor.ts';
import { placeOfQueue, sqsPermissions } from './sqs-permissions.ts';

export const commands: DestinationCommands = {
  doctor: createAwsDoctor(sqsForDoctor),
  iam: { permissionsOf: sqsPermissions, usesKey: true, placeOf: placeOfQueue },
  demo: sqsDemo,
};
