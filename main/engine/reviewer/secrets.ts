import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How a shell hides a secret before it reaches the disk. */
export interface Sealing {
  /** Distinguishes its files from those of other ways, which it cannot read. */
  readonly extension: string;
  /** Where the secrets are, for a person, such as "in the keychain of this system". */
  readonly told: string;
  readonly seal: (secret: string) => string;
  /** Undefined for what was sealed by somebody else. */
  readonly unseal: (sealed: string) => string | undefined;
}

/** The keys of providers: outside the library's database, and never in a log. */
export interface Secrets {
  /** Where they are kept and how well, a sentence for a person. */
  readonly told: string;
  /** Undefined where this process has no such secret or cannot read it. */
  read(id: string): Promise<string | undefined>;
  save(id: string, secret: string): Promise<void>;
  forget(id: string): Promise<void>;
}

/** For shells without a keychain: as it is, in a file that nobody else may read, and that says so. */
export const unsealed: Sealing = {
  extension: 'json',
  told: 'in files that only your user can read; they are not encrypted',
  seal: (secret) => secret,
  unseal: (sealed) => sealed,
};

const SecretFile = z.object({ note: z.string(), secret: z.string() });

/** Keeps each secret in a file of its own, readable by its owner only. */
export function secretFolder(folder: string, sealing: Sealing): Secrets {
  const pathOf = (id: string): string => join(folder, `${id}.${sealing.extension}`);
  return {
    told: `${sealing.told} (${folder})`,
    async read(id) {
      const text = await readFile(pathOf(id), 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      const parsed = SecretFile.safeParse(parseJson(text));
      return parsed.success ? sealing.unseal(parsed.data.secret) : undefined;
    },
    async save(id, secret) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const note = `A key of a language-model provider, kept by Soundbite ${sealing.told}.`;
      const file = await open(pathOf(id), 'wx', 0o600);
      try {
        await file.writeFile(`${JSON.stringify({ note, secret: sealing.seal(secret) })}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async forget(id) {
      await rm(pathOf(id), { force: true });
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // A file that was cut off holds no secret.
    return undefined;
  }
}
