import type { Decoder } from '../decode-json-lines.ts';
import type { AwsService } from './aws-service.ts';
import type { RateLimits } from './rate-limits.ts';

/** A service of AWS that is served locally. Its folder has one in `local-service.ts`. */
export interface LocalAwsService<Property extends string, Store extends LocalStore, Options> {
  /** Its name among the local services and their options. */
  readonly property: Property;
  /** The operation that carries records. */
  readonly operation: string;
  create(options: Options | undefined, parts: LocalAwsServiceParts): CreatedAwsService<Store>;
}

export interface LocalAwsServiceParts {
  readonly decode: Decoder | undefined;
  readonly rates: RateLimits;
  readonly region: string;
  /** The address of the services, known once they run. */
  readonly url: () => string;
}

/** What every store can do. */
export interface LocalStore {
  /** Forgets what arrived before this time, Unix milliseconds. */
  forgetBefore(millis: number): void;
}

export interface CreatedAwsService<Store> {
  /** What arrived, for tests to look at. */
  readonly store: Store;
  readonly service: AwsService;
}

export type StoreOf<Service> =
  Service extends LocalAwsService<string, infer Store extends LocalStore, infer _Options>
    ? Store
    : never;
export type OptionsOf<Service> =
  Service extends LocalAwsService<string, infer _Store extends LocalStore, infer Options>
    ? Options
    : never;
