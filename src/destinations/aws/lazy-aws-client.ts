import { InvalidOptionError } from '../../invalid-option-error.ts';
import { isObject } from '../../is-object.ts';
import { MissingPackageError } from '../../missing-package-error.ts';
import { objectProperty } from '../../object-property.ts';
import type { Target } from '../../route/target.ts';
import { VERSION } from '../../version.ts';
import { importSoon } from '../import-soon.ts';
import type { AwsClientOptions } from './aws-client-options.ts';
import { cloudRegionOf, knowsRegion } from './cloud-region.ts';
import { type AskIdentity, identityOf } from './identity-of.ts';
import { keepSigner } from './keep-signer.ts';
import { Sha256 } from './sha256.ts';
import { createUnrefAgents, type UnrefAgents } from './unref-agent.ts';

/** What the exporters set on clients of their own; the user's configuration wins. */
export interface OwnClientDefaults {
  readonly maxAttempts: number;
  readonly customUserAgent: [string, string][];
  readonly requestHandler: UnrefAgents & {
    readonly socketTimeout: number;
    readonly socketAcquisitionWarningTimeout: number;
  };
  readonly sha256: typeof Sha256;
}

export interface LazyAwsClientParts<Sdk, Client, Config> {
  readonly options: AwsClientOptions<Client, Config>;
  readonly destinationName: string;
  readonly packageName: string;
  /** Imports the SDK: never in the constructor, so that instrumentations can be in place. */
  readonly load: () => Promise<Sdk>;
  readonly create: (sdk: Sdk, defaults: OwnClientDefaults, config: Config | undefined) => Client;
}

/** A client that is ready. */
export interface ReadyAwsClient<Sdk, Client> {
  readonly sdk: Sdk;
  readonly client: Client;
  /** True when it is our own and sends by itself: nobody else sees its requests and answers. */
  readonly isPrivate: boolean;
  /** There when calls of it may be repeated with other bodies. */
  readonly askIdentity: AskIdentity | undefined;
}

/** The SDK module, imported in the background, and a client, made when the first request needs it. */
export class LazyAwsClient<Sdk, Client extends { destroy(): void }, Config> {
  readonly #parts: LazyAwsClientParts<Sdk, Client, Config>;
  #ready: Promise<ReadyAwsClient<Sdk, Client>> | undefined;
  #own: Client | undefined;

  /** @throws InvalidOptionError when both a client and a configuration are given. */
  constructor(parts: LazyAwsClientParts<Sdk, Client, Config>) {
    const { client, clientConfig } = parts.options;
    if (client !== undefined && clientConfig !== undefined) {
      throw new InvalidOptionError(
        'Expected either `client` or `clientConfig`, got both: a ready client is used as it is',
      );
    }
    if (client !== undefined && !isClient(client)) {
      throw new InvalidOptionError(
        `Expected \`client\` to be a client of \`${parts.packageName}\`, got \`${typeof client}\``,
      );
    }
    if (clientConfig !== undefined && !isObject(clientConfig)) {
      throw new InvalidOptionError(
        'Expected `clientConfig` to be an object such as `{ region }`, ' +
          `got \`${clientConfig === null ? 'null' : typeof clientConfig}\``,
      );
    }
    this.#parts = parts;
    importSoon(parts.load);
  }

  /** The region as far as it is known without the SDK: names of streams and queues are looked up in it. */
  get region(): string {
    const { client, clientConfig } = this.#parts.options;
    if (client !== undefined) return '';
    if (isObject(clientConfig) && 'region' in clientConfig) {
      if (typeof clientConfig.region === 'string') return clientConfig.region;
    }
    return process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? '';
  }

  /** It makes its own connections, of which we do not know how many there may be. */
  get hasOwnConnections(): boolean {
    const { client, clientConfig } = this.#parts.options;
    return client !== undefined || objectProperty(clientConfig, 'requestHandler') !== undefined;
  }

  /** @param resource Names the region where nothing else does. */
  get(resource?: Target['resource']): Promise<ReadyAwsClient<Sdk, Client>> {
    this.#ready ??= this.#make(resource);
    return this.#ready;
  }

  /** Closes the client if it is our own. */
  close(): void {
    this.#own?.destroy();
    this.#own = undefined;
  }

  async #make(resource: Target['resource']): Promise<ReadyAwsClient<Sdk, Client>> {
    const { create, destinationName, load, options, packageName } = this.#parts;
    try {
      const sdk = await importSdk(load, packageName, destinationName);
      if (options.client !== undefined) {
        return { sdk, client: options.client, isPrivate: false, askIdentity: undefined };
      }
      // One retry layer only: the exporter's. The SDK's would multiply attempts and spend the deadline.
      const defaults: OwnClientDefaults = {
        maxAttempts: 1,
        customUserAgent: [['collectorless', VERSION]],
        requestHandler: {
          ...createUnrefAgents(),
          // Their timers keep the process; an attempt has a time limit of its own.
          socketTimeout: 0,
          socketAcquisitionWarningTimeout: 0,
        },
        sha256: Sha256,
      };
      const given = withoutUndefined(options.clientConfig);
      const found = create(sdk, defaults, given);
      // A function that is given may fail once: what it would have said holds all the same.
      const isGiven = this.region !== '' || objectProperty(given, 'region') !== undefined;
      const isLost = !isGiven && !(await knowsRegion(found));
      const region = isLost ? cloudRegionOf(resource) : undefined;
      const config = region === undefined ? given : ({ ...given, region } as Config);
      const client = region === undefined ? found : create(sdk, defaults, config);
      // The next resource may name one.
      if (isLost && region === undefined) this.#ready = undefined;
      this.#own = client;
      const isPrivate = !seesRequests(config);
      const askIdentity = isPrivate ? await identityOf(client, config) : undefined;
      if (askIdentity !== undefined) keepSigner(objectProperty(client, 'config'));
      return { sdk, client, isPrivate, askIdentity };
    } catch (error) {
      this.#ready = undefined;
      throw error;
    }
  }
}

function isClient(client: unknown): boolean {
  return isObject(client) && typeof Reflect.get(client, 'send') === 'function';
}

/** May replace what sends or signs, or add to it. */
const SEEING_OPTIONS = ['extensions', 'signer', 'httpAuthSchemes'];

/** True for a way of sending that is the user's; options for the SDK's own are none. */
function seesRequests(config: unknown): boolean {
  const handler = objectProperty(config, 'requestHandler');
  if (typeof objectProperty(handler, 'handle') === 'function') return true;
  return SEEING_OPTIONS.some((name) => objectProperty(config, name) !== undefined);
}

/** A member that is there but `undefined` leaves the default as it is. */
function withoutUndefined<Config>(config: Config | undefined): Config | undefined {
  if (!isObject(config)) return config;
  const given = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Config;
}

async function importSdk<Sdk>(
  load: () => Promise<Sdk>,
  packageName: string,
  destinationName: string,
): Promise<Sdk> {
  try {
    return await load();
  } catch (cause) {
    throw new MissingPackageError(packageName, destinationName, { cause });
  }
}
