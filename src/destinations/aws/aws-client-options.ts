/**
 * How requests reach AWS: a ready client, or the configuration of one that the exporter makes, uses with a
 * single attempt a request, and closes. Never both.
 */
export type AwsClientOptions<Client, Config> =
  | {
      /**
       * A ready client. It stays yours: the exporter never closes it. Its own retries come on top of the
       * exporter's, so give it `maxAttempts: 1`. Its middleware finds what is sent in the body of the request: a
       * command's input names the target and has no entries, and what is changed in it does not go out.
       */
      readonly client: Client;
      readonly clientConfig?: never;
    }
  | {
      readonly client?: never;
      /**
       * Configuration of the exporter's own client: `region`, `credentials`, `profile`, `endpoint` …
       * @defaultValue what the AWS SDK finds in environment and profile
       */
      readonly clientConfig?: Config;
    };
