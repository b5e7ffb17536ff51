/** An optional package is not installed: the message says what to install. */
export class MissingPackageError extends Error {
  override readonly name = 'MissingPackageError';
  readonly code = 'ERR_MISSING_PACKAGE';

  constructor(
    packageName: string,
    destinationName: string,
    options?: {
      readonly cause?: unknown;
      /** The option that takes what the package would have made. Default: nothing does. */
      readonly instead?: string;
    },
  ) {
    super(
      `[collectorless] [${destinationName}] Cannot import \`${packageName}\`. ` +
        `Install it: npm install ${packageName}${options?.instead === undefined ? '' : `, or pass a ready \`${options.instead}\``}`,
      options,
    );
  }
}
