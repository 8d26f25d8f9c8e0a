import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** How a shell hides a secret before it reaches the disk. */
export interface Sealing {
  /** Distinguishes its files from those of other ways, which it cannot read. */
  readonly extension: string;
  /** How the secrets are kept, for a person, such as "in files that only your user can read". */
  readonly told: string;
  readonly seal: (secret: string) => Promise<string>;
  /** Undefined for what was sealed by somebody else. */
  readonly unseal: (sealed: string) => Promise<string | undefined>;
}

/** The keys of providers: outside the library's database, and never in a log. */
export interface Secrets {
  /** Where they are kept and how well, a sentence for a person. */
  told(): Promise<string>;
  /** Undefined where this process has no such secret or cannot read it. */
  read(id: string): Promise<string | undefined>;
  save(id: string, secret: string): Promise<void>;
  forget(id: string): Promise<void>;
}

/** For shells without a keychain: as it is, in a file that nobody else may read, and that says so. */
export const unsealed: Sealing = {
  extension: 'json',
  told: 'in files that only your user can read; they are not encrypted',
  seal: (secret) => Promise.resolve(secret),
  unseal: (sealed) => Promise.resolve(sealed),
};

const SecretFile = z.object({ note: z.string(), secret: z.string() });

/** Keeps each secret in a file of its own, readable by its owner only. The sealing is asked for when it is needed first. */
export function secretFolder(folder: string, sealingOf: () => Promise<Sealing>): Secrets {
  let known: Promise<Sealing> | undefined;
  const sealing = (): Promise<Sealing> => (known ??= sealingOf());
  const pathOf = ({ extension }: Sealing, id: string): string => join(folder, `${id}.${extension}`);
  return {
    told: async () => `${(await sealing()).told} (${folder})`,
    async read(id) {
      const used = await sealing();
      const text = await readFile(pathOf(used, id), 'utf8').catch(() => undefined);
      if (text === undefined) return undefined;
      const parsed = SecretFile.safeParse(parseJson(text));
      return parsed.success ? used.unseal(parsed.data.secret) : undefined;
    },
    async save(id, secret) {
      const used = await sealing();
      const note = `A key of a language-model provider, kept by Soundbite: ${used.told}.`;
      const sealed = await used.seal(secret);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(pathOf(used, id), 'wx', 0o600);
      try {
        await file.writeFile(`${JSON.stringify({ note, secret: sealed })}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
    async forget(id) {
      await rm(pathOf(await sealing(), id), { force: true });
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
