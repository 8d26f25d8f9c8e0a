import { link, rm, writeFile } from 'node:fs/promises';
import { AppError } from '../../domain/errors.ts';

/** Writes a file that was not there, whole or not at all. Throws OUTPUT_NOT_WRITABLE. */
export async function writeNew(path: string, text: string): Promise<void> {
  const partial = `${path}.partial`;
  try {
    await writeFile(partial, text);
    // Unlike a rename this never replaces a file.
    await link(partial, path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new AppError(
      'OUTPUT_NOT_WRITABLE',
      code === 'EEXIST' ? `${path} is there already` : `${path}: ${code}`,
      { cause: error },
    );
  } finally {
    await rm(partial, { force: true });
  }
}
