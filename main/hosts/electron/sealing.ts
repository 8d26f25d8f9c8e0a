import { safeStorage } from 'electron';
import { unsealed, type Sealing } from '../../engine/reviewer/secrets.ts';

/**
 * Secrets sealed by the system's keychain. Where there is none (a Linux desktop without a keyring), they are kept as on the
 * command line, and said to be.
 */
export async function systemSealing(): Promise<Sealing> {
  const hasKeyring = process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
  if (!hasKeyring || !(await safeStorage.isAsyncEncryptionAvailable())) return unsealed;
  return {
    extension: 'sealed',
    told: "sealed with the key of this system's keychain; other shells of Soundbite cannot read them",
    seal: async (secret) => (await safeStorage.encryptStringAsync(secret)).toString('base64'),
    async unseal(sealed) {
      try {
        return (await safeStorage.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
      } catch {
        // Sealed by another user or before the keychain was made anew: it cannot be read any more.
        return undefined;
      }
    },
  };
}
