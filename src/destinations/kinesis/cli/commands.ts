import type { DestinationCommands } from '../../../cli/destination-commands.ts';
import { createAwsDoctor } from '../../../cli/doctor/aws/create-aws-doctor.ts';
import { kinesisDemo } from './kinesis-demo.ts';
import { kinesisForDoctor } from './kinesis-for-doctor.ts';
import { kinesisPermissions, placeOfStream } from './kinesis-permissions.ts';

export const commands: DestinationCommands = {
  doctor: createAwsDoctor(kinesisForDoctor),
  iam: { permissionsOf: kinesisPermissions, usesKey: true, placeOf: placeOfStream },
  demo: kinesisDemo,
};
