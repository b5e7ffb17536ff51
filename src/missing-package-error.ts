/** An optional package is not installed: the message says what to install. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
  readonly code = 'ERR_MISSING_PACKAGE';

  constructor(
    packageName: string,
    destinationName: string,
    options?: {
      readonly cause?: unknown;
      /** The option that takes what the package would have made. Default `client`. */
      readonly instead?: string;
    },
  ) {
    super(
      `[collectorless] [${destinationName}] Cannot import \`${packageName}\`. ` +
        `Install it (npm install ${packageName}) or pass a ready \`${options?.instead ?? 'client'}\`.`,
      options,
    );
  }
}
