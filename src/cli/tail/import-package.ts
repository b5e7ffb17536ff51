import { UserError } from '../user-error.ts';

/** Loads an optional package. @throws UserError that says how to install it. */
export async function importPackage<Module>(
  packageName: string,
  command: string,
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new UserError(`${command} needs ${packageName}: npm install ${packageName}`, { cause });
  }
}
