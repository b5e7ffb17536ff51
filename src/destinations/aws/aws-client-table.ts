import { boolean } from '../../manifest/kinds/boolean-kind.ts';
import { httpAddress, text } from '../../manifest/kinds/text-kind.ts';
import type { CodeOnlyRow, VariableRow } from '../../manifest/option-table.ts';

interface AwsClientTable {
  readonly client: CodeOnlyRow;
  readonly clientConfig: {
    readonly someMembers: {
      readonly region: VariableRow<string>;
      readonly endpoint: VariableRow<string>;
      readonly profile: VariableRow<string>;
      readonly useFipsEndpoint: VariableRow<boolean>;
      readonly useDualstackEndpoint: VariableRow<boolean>;
    };
  };
}

/** The options of the AWS exporters; of the clients' configurations what all have in common. */
export const AWS_CLIENT_TABLE: AwsClientTable = {
  client: { codeOnly: 'is a ready client' },
  clientConfig: {
    someMembers: {
      region: { kind: text(), meaning: 'The region, in place of `AWS_REGION`.' },
      endpoint: {
        kind: httpAddress(),
        meaning: 'The address of the service, in place of `AWS_ENDPOINT_URL`.',
      },
      profile: {
        kind: text(),
        meaning: 'A profile in the files of the AWS SDK, in place of `AWS_PROFILE`.',
      },
      useFipsEndpoint: { kind: boolean(), meaning: 'Use an endpoint with FIPS.' },
      useDualstackEndpoint: { kind: boolean(), meaning: 'Use an endpoint with IPv6.' },
    },
  },
};
